"""What the site itself adds to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from home.models import Message

# First, before anything asks for it.
register_permission_policy(Message)


@hooks.register("register_log_actions")
def message_actions(actions):
    actions.register_action("home.call", _("Call"), _("Someone was called"))
    actions.register_action(
        "home.retry_message", _("Send again"), _("A message that failed was sent again")
    )
    actions.register_action(
        "home.settle_message", _("Said in another way"), _("A message was said in another way")
    )
