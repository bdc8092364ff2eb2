"""Panels in the editor of a form page."""

from wagtail.contrib.forms.panels import FormSubmissionsPanel


class AnswersPanel(FormSubmissionsPanel):
    """The number of submissions, for users with permission to read them."""

    class BoundPanel(FormSubmissionsPanel.BoundPanel):
        def is_shown(self):
            return self.request.user.has_perm("home.view_submission") and super().is_shown()
