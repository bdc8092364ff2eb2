"""Menu group, dashboard panel and log actions of the helpdesk."""

from wagtail import hooks

from locations.helpdesk.admin.help_requests import add_panel
from locations.helpdesk.admin.menu import HelpGroup, actions_of_help

hooks.register("register_admin_viewset", HelpGroup)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("register_log_actions", actions_of_help)
