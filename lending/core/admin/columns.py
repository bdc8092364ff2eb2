"""Columns of listings."""

from wagtail.admin.ui.tables import Column

WIDE = "from-tablet"
"""Class name of a column that is left out on a phone."""


class DeviceStateColumn(Column):
    """The state of a device as a badge, recognisable by its text as well as its colour."""

    cell_template_name = "lending/core/admin/includes/state_cell.html"


class DateTimeColumn(Column):
    """A date and time."""

    cell_template_name = "lending/core/admin/includes/moment_cell.html"
