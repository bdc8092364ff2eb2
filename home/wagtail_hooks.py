"""What the site itself adds to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from home.forms.admin import ResultsViewSet, only_for_readers
from home.newsletter.admin.subscribers import NewsletterGroup
from home.newsletter.operations import newsletters
from home.pages.admin import AroundViewSetGroup

GUIDE = {"target": "_blank", "rel": "noreferrer"}

register_snippet(AroundViewSetGroup)
hooks.register("register_admin_viewset", NewsletterGroup)
hooks.register("register_admin_viewset", ResultsViewSet)
hooks.register("filter_form_submissions_for_user", only_for_readers)


@hooks.register("register_log_actions")
def message_actions(actions):
    actions.register_action(
        newsletters.SEND, _("Send the newsletter"), _("The newsletter was sent to all subscribers")
    )
    actions.register_action("home.call", _("Call"), _("Someone was called"))
    actions.register_action(
        "home.retry_message", _("Send again"), _("A message that failed was sent again")
    )
    actions.register_action("home.post_letter", _("Posted"), _("A letter was printed and posted"))
    actions.register_action(
        "home.write_text", _("Other words"), _("The words of a message were changed")
    )
    actions.register_action(
        "home.restore_text", _("Words of the site"), _("The words of the site were put back")
    )
    actions.register_action(
        "home.settle_message", _("Said in another way"), _("A message was said in another way")
    )


@hooks.register("construct_help_menu")
def no_news_of_the_house(request, items):
    """What is new in the software is for who keeps it; the guide stays, without a counter."""
    items[:] = [
        MenuItem(item.label, item.url, name=item.name, icon_name=item.icon_name, attrs=GUIDE)
        if item.name == "editor-guide"
        else item
        for item in items
        if not item.name.startswith("whats-new")
    ]
