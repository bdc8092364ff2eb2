"""Icons and style sheet of the admin screens."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("register_icons")
def register_icons(icons):
    """Add the icons of the lending service."""
    return [
        *icons,
        *(f"lending/core/icons/{name}.svg" for name in ("barcode", "desk", "phone", "undo")),
    ]


@hooks.register("insert_global_admin_css")
def staff_css():
    """Load the style sheet of the staff screens on every admin page."""
    address = static("digipunt/staff/css/staff.css")
    return format_html('<link rel="stylesheet" href="{}">', address)
