"""Panels of our own in the editor of a page."""

from wagtail.contrib.forms.panels import FormSubmissionsPanel


class AnswersPanel(FormSubmissionsPanel):
    """How many answers there are, for who may read them."""

    class BoundPanel(FormSubmissionsPanel.BoundPanel):
        def is_shown(self):
            return self.request.user.has_perm("home.view_submission") and super().is_shown()
