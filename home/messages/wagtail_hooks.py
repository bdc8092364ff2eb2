"""Registrations of messages in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from home.messages.admin import health
from home.messages.admin.calls import CallViewSet
from home.messages.admin.letters import LetterViewSet
from home.messages.admin.messages import MessageViewSet
from home.messages.admin.texts import MessageTextViewSet


class MessageGroup(ViewSetGroup):
    """The menu of messages."""

    menu_label = _("Messages")
    menu_icon = "mail"
    menu_order = 160
    items = (CallViewSet, LetterViewSet, MessageViewSet, MessageTextViewSet)


hooks.register("register_admin_viewset", MessageGroup)
hooks.register("construct_homepage_panels", health.add_outbox_panel)


@hooks.register("register_log_actions")
def register_message_actions(actions):
    """Describe the log actions of messages."""
    actions.register_action("home.call", _("Call"), _("Someone was called"))
    actions.register_action(
        "home.retry_message", _("Send again"), _("A message that failed was sent again")
    )
    actions.register_action("home.post_letter", _("Posted"), _("A letter was printed and posted"))
    actions.register_action(
        "home.write_text", _("Change a message text"), _("The text of a message was changed")
    )
    actions.register_action(
        "home.restore_text",
        _("Restore a message text"),
        _("The default text of a message was restored"),
    )
    actions.register_action(
        "home.settle_message",
        _("Deliver in another way"),
        _("A message was delivered in another way"),
    )
