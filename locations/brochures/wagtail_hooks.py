"""Log actions of brochures; their screens are in the menu of the locations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from locations.brochures import operations


@hooks.register("register_log_actions")
def register_brochure_log_actions(actions):
    actions.register_action(operations.MAKE_EDITION, _("Keep an edition"), _("An edition was kept"))
