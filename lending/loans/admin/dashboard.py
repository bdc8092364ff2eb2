"""Dashboard panels: the work of today, shortcuts, and loans per week."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from lending.core.admin.viewsets import has_model_permission
from lending.core.states import State
from lending.devices.models import Device
from lending.donations.models import Donation
from lending.loans.models import Loan

WEEKS = 8


@dataclass(frozen=True)
class Task:
    """A number on the dashboard, with a link to the listing behind it."""

    label: str
    icon: str
    count: int
    url: str
    urgent: bool = False


class LendingTodayPanel(Component):
    """Numbers of today, each with a link; zeros stay visible."""

    order = 10
    template_name = "lending/loans/admin/panel_today.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {"tasks": [*self.lending(user), *self.workshop(user), *self.donations(user)]}

    def lending(self, user):
        if not has_model_permission(user, "view", Loan):
            return []
        loans = Loan.objects.visible_to(user)
        url = reverse("loan:index")
        due_soon = loans.open().filter(due_on__range=this_week()).count()
        return [
            Task(_("Overdue"), "warning", loans.overdue().count(), f"{url}?quick=overdue", True),
            Task(_("Due within a week"), "calendar", due_soon, f"{url}?quick=due"),
        ]

    def workshop(self, user):
        if not has_model_permission(user, "view", Device):
            return []
        devices = Device.objects.visible_to(user)
        url = reverse("device:index")
        counts = devices.filter(
            state__in=[State.ERASING, State.RETURNED, State.SET_ASIDE, State.AVAILABLE]
        )
        numbers = dict(counts.order_by().values_list("state").annotate(Count("pk")))
        to_erase = numbers.get(State.ERASING, 0) + numbers.get(State.RETURNED, 0)
        reserved, available = numbers.get(State.SET_ASIDE, 0), numbers.get(State.AVAILABLE, 0)
        return [
            Task(_("To be erased"), "rotate", to_erase, f"{url}?quick=to_erase"),
            Task(_("To be collected"), "thumbtack", reserved, f"{url}?quick=to_collect"),
            Task(_("Available"), "success", available, f"{url}?quick=available"),
        ]

    def donations(self, user):
        if not has_model_permission(user, "view", Donation):
            return []
        count = Donation.objects.visible_to(user).open().count()
        url = f"{reverse('donation:index')}?quick=open"
        return [Task(_("Donations to receive"), "download", count, url)]


def this_week():
    today = timezone.localdate()
    return today, today + timedelta(days=7)


class ShortcutsPanel(Component):
    """Links to the screens that the user may use."""

    order = 5
    template_name = "lending/loans/admin/panel_shortcuts.html"
    shortcuts = [
        (Device, "lend", _("Desk: scan, lend, take back"), "desk", "desk:index"),
        (Donation, "receive", _("Receive a donation"), "barcode", "reception:index"),
        (Device, "process", _("Workbench"), "cogs", "workbench:index"),
        (Device, "process", _("Record erasure logs"), "upload", "erasure_logs:index"),
        (Device, "view", _("All devices"), "desktop", "device:index"),
    ]

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            "shortcuts": [
                {"label": label, "icon": icon, "url": reverse(name)}
                for model, permission, label, icon, name in self.shortcuts
                if has_model_permission(user, permission, model)
            ]
        }


class FlowPanel(Component):
    """Loans and returns per week, as a bar chart and as a table."""

    order = 20
    template_name = "lending/loans/admin/panel_flow.html"

    def get_context_data(self, parent_context):
        loans = Loan.objects.visible_to(parent_context["request"].user)
        monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        weeks = [monday - timedelta(weeks=number) for number in range(WEEKS - 1, -1, -1)]
        lent = self.per_week(loans, "lent_at", weeks[0])
        returned = self.per_week(loans, "returned_at", weeks[0])
        highest = max([*lent.values(), *returned.values(), 1])
        return {
            "rows": [
                bar_row(week, index, lent.get(week, 0), returned.get(week, 0), highest)
                for index, week in enumerate(weeks)
            ]
        }

    def per_week(self, loans, field, since):
        start = timezone.make_aware(datetime.combine(since, time.min))
        counts = (
            loans.filter(**{f"{field}__gte": start})
            .order_by()
            .annotate(week=TruncWeek(field))
            .values("week")
            .annotate(count=Count("pk"))
        )
        return {row["week"].date(): row["count"] for row in counts}


def bar_row(week, index, lent, returned, highest):
    """Return the numbers of a week and the rectangles of its bars in an SVG of 600 x 150."""
    lent_height, returned_height = round(100 * lent / highest), round(100 * returned / highest)
    return {
        "week": date_format(week, "j b"),
        "lent": lent,
        "returned": returned,
        "x": 10 + index * 74,
        "lent_height": lent_height,
        "lent_y": 120 - lent_height,
        "returned_height": returned_height,
        "returned_y": 120 - returned_height,
    }


def add_panels(request, panels):
    user = request.user
    if (
        has_model_permission(user, "view", Device)
        or has_model_permission(user, "lend", Device)
        or has_model_permission(user, "receive", Donation)
    ):
        panels += [ShortcutsPanel(), LendingTodayPanel()]
    if has_model_permission(user, "view", Loan):
        panels.append(FlowPanel())
