"""Workshops in the Wagtail admin: screens, panels and log actions."""

from wagtail import hooks

from locations.workshops.admin.attendance import add_sessions_panel
from locations.workshops.admin.log_actions import register_log_actions
from locations.workshops.admin.menu import WorkshopGroup

hooks.register("register_admin_viewset", WorkshopGroup)
hooks.register("construct_homepage_panels", add_sessions_panel)
hooks.register("register_log_actions", register_log_actions)
