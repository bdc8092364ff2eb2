"""Menu group, dashboard panel and log actions of the helpdesk."""

from wagtail import hooks

from locations.helpdesk.admin.help_request_list import add_help_request_panel
from locations.helpdesk.admin.menu import HelpdeskGroup, register_helpdesk_log_actions

hooks.register("register_admin_viewset", HelpdeskGroup)
hooks.register("construct_homepage_panels", add_help_request_panel)
hooks.register("register_log_actions", register_helpdesk_log_actions)
