"""One form with several submit buttons."""


class MultiActionMixin:
    """Let the button that submits a form decide which method handles the POST request.

    The buttons share the name `do`; the value of each is one of `actions`, the names of methods
    that take no arguments and return a response.
    """

    actions = ()

    def post(self, request, *args, **kwargs):
        """Call the method named by the button."""
        name = request.POST.get("do", "")
        if name not in self.actions:
            return self.unknown_action()
        return self.run_action(getattr(self, name))

    def run_action(self, action):
        """Return the response of the method; override to handle its errors."""
        return action()

    def unknown_action(self):
        """Return the response to a form that was submitted without one of the buttons."""
        raise NotImplementedError
