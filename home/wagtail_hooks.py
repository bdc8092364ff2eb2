"""Registrations of home in the admin: those of its subjects, and the help menu."""

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.core.autodiscover import autodiscover_subjects

GUIDE = {"target": "_blank", "rel": "noreferrer"}

autodiscover_subjects("wagtail_hooks", app="home")


@hooks.register("construct_help_menu")
def keep_only_editor_guide(request, items):
    """Remove the news of Wagtail from the help menu, and its counter from the editor guide."""
    items[:] = [
        MenuItem(item.label, item.url, name=item.name, icon_name=item.icon_name, attrs=GUIDE)
        if item.name == "editor-guide"
        else item
        for item in items
        if not item.name.startswith("whats-new")
    ]
