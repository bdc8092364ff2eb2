"""Report and dashboard panel of reach."""

from wagtail import hooks

from locations.reach.admin import ReachViewSet, add_reach_panel

hooks.register("register_admin_viewset", ReachViewSet)
hooks.register("construct_homepage_panels", add_reach_panel)
