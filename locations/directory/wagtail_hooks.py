"""The directory in the Wagtail admin: the coverage report."""

from wagtail import hooks

from locations.directory.admin.coverage import CoverageViewSet

hooks.register("register_admin_viewset", CoverageViewSet)
