"""Registrations of the newsletter in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from home.newsletter.admin.subscribers import NewsletterGroup
from home.newsletter.operations.newsletters import SEND_ACTION

hooks.register("register_admin_viewset", NewsletterGroup)


@hooks.register("register_log_actions")
def register_newsletter_actions(actions):
    actions.register_action(
        SEND_ACTION, _("Send the newsletter"), _("The newsletter was sent to all subscribers")
    )
