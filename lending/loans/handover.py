"""What staff complete at the desk before a device leaves."""

from django.utils.translation import gettext_lazy as _

HANDOVER_POINTS = {
    "terms": _("Conditions are fulfilled"),
    "identity": _("Identity card seen"),
    "explained": _("Device explained"),
    "signed": _("Agreement signed"),
    "accessories": _("Accessories counted"),
    "number": _("Inventory number is the scanned one"),
    "due": _("Due date told"),
    "files": _("Told what happens with their files"),
    "help": _("Told where to get help"),
}
"""Code that the form posts and the agreement stores, and label."""
