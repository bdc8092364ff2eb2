"""What the site itself adds to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from home.core.autodiscover import autodiscover_subjects
from home.forms.admin import ResultsViewSet, only_for_readers
from home.newsletter.admin.subscribers import NewsletterGroup
from home.newsletter.operations import newsletters
from home.pages.admin import AroundViewSetGroup

GUIDE = {"target": "_blank", "rel": "noreferrer"}

autodiscover_subjects("wagtail_hooks", app="home")
register_snippet(AroundViewSetGroup)
hooks.register("register_admin_viewset", NewsletterGroup)
hooks.register("register_admin_viewset", ResultsViewSet)
hooks.register("filter_form_submissions_for_user", only_for_readers)


@hooks.register("register_log_actions")
def newsletter_actions(actions):
    actions.register_action(
        newsletters.SEND, _("Send the newsletter"), _("The newsletter was sent to all subscribers")
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
