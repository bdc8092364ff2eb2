"""Who was at a lesson, noted on a phone: one tap for each person."""

from datetime import timedelta

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.core.phone import last_digits
from locations.core.formatting import format_time_range
from locations.core.time_zone import BRUSSELS
from locations.workshops.errors import WorkshopError
from locations.workshops.models import Attendance, Registration, Session, WorkshopRun
from locations.workshops.operations import attendance
from locations.workshops.run_warnings import when

BACK, AHEAD = timedelta(days=21), timedelta(days=7)
MOST = 50
ON_DASHBOARD = 6


def lessons_for(user):
    """The lessons of one's places that take place, with how many have a seat and were noted."""
    registered = Q(run__registrations__state=Registration.State.REGISTERED)
    return (
        attendance.taking_place(Session.objects.visible_to(user))
        .select_related("run__page", "run__location")
        .annotate(people=Count("run__registrations", filter=registered))
        .order_by("starts_at", "pk")
    )


def today_for(user, now):
    return lessons_for(user).filter(starts_at__date=timezone.localdate(now))


def short_name(registration):
    """Enough to find who sits there, for who may not see the list: first name and last digits."""
    first = registration.name.split()[0] if registration.name.split() else ""
    digits = last_digits(registration.phone, 3)
    return f"{first} (… {digits})" if digits else first


def is_number(typed):
    """Digits, and not more of them than a key in the database has."""
    return typed.isascii() and typed.isdecimal() and len(typed) < 19


class AttendanceListView(StaffViewMixin, TemplateView):
    """Today's lessons first, then those of which nothing is noted, then what comes."""

    template_name = "locations/workshops/admin/attendance/lessons.html"
    page_title = gettext_lazy("Who was there?")

    def get_context_data(self, **kwargs):
        now = timezone.now()
        today = timezone.localdate(now)
        rows = lessons_for(self.request.user)
        open_ones = rows.filter(attendance_at=None, starts_at__date__lt=today)
        found = {
            "today": today_for(self.request.user, now)[:MOST],
            "missing": open_ones.filter(starts_at__gt=now - BACK).order_by("-starts_at")[:MOST],
            "coming": rows.filter(starts_at__date__gt=today, starts_at__date__lte=today + AHEAD)[
                :MOST
            ],
        }
        return super().get_context_data(**kwargs) | {
            name: [{"lesson": one, "when": when(one, today)} for one in lessons]
            for name, lessons in found.items()
        }


class LessonView(StaffViewMixin, TemplateView):
    """One lesson: a line and two buttons for each person, and how many just came."""

    template_name = "locations/workshops/admin/attendance/lesson.html"
    page_title = gettext_lazy("Who was there?")

    @cached_property
    def lesson(self):
        mine = Session.objects.visible_to(self.request.user)
        rows = mine.select_related("run__page", "run__location", "attendance_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("attendance:index"), "label": _("Who was there?")},
            {"url": "", "label": self.lesson.run.page.title},
        ]

    def post(self, request, pk):
        try:
            self.do(request.POST)
        except WorkshopError as error:
            messages.error(request, str(error))
        return redirect("attendance:lesson", pk)

    def do(self, sent):
        """A tap says what is true, not what to change: twice the same is once."""
        user = self.request.user
        if "walk_ins" in sent:
            number = sent["walk_ins"]
            number = int(number) if is_number(number) else -1
            attendance.count_walk_ins(self.lesson, number, user=user)
            return
        key, _colon, answer = sent.get("was_there", "").partition(":")
        shown = Q(run=self.lesson.run_id) | Q(attendances__session=self.lesson)
        people = Registration.objects.filter(shown).distinct()
        registration = get_object_or_404(people, pk=key if is_number(key) else 0)
        if answer in ("yes", "no"):
            attendance.note(self.lesson, registration, answer == "yes", user=user)

    def get_context_data(self, **kwargs):
        lesson, now = self.lesson, timezone.now()
        people = self.people()
        return super().get_context_data(**kwargs) | {
            "lesson": lesson,
            "run": lesson.run,
            "when": when(lesson, timezone.localdate(now)),
            "people": people,
            "present": sum(one.was_there is True for one in people),
            "open": sum(one.was_there is None for one in people),
            "may_be_noted": attendance.may_be_noted(lesson, now) and attendance.takes_place(lesson),
            "may_see_people": self.request.user.has_perm("locations.register_workshoprun"),
        }

    def people(self):
        """Who has a seat, by name; and who was noted before losing it."""
        answers = dict(
            Attendance.objects.filter(session=self.lesson).values_list("registration", "was_there")
        )
        rows = Registration.objects.filter(
            Q(run=self.lesson.run_id, state=Registration.State.REGISTERED) | Q(pk__in=answers)
        )
        full = self.request.user.has_perm("locations.register_workshoprun")
        found = sorted(rows, key=lambda one: one.name.casefold())
        for one in found:
            one.was_there = answers.get(one.pk)
            one.shown = one.name if full else short_name(one)
        return found


class LessonsPanel(Component):
    """On the dashboard: today's lessons of one's places, each a tap away from who was there."""

    order = 13
    template_name = "locations/workshops/admin/attendance/panel.html"

    def get_context_data(self, parent_context):
        now = timezone.now()
        found = today_for(parent_context["request"].user, now)[:ON_DASHBOARD]
        return {
            "lessons": [
                {
                    "lesson": one,
                    "hours": format_time_range(
                        one.starts_at.astimezone(BRUSSELS), one.ends_at.astimezone(BRUSSELS)
                    ),
                }
                for one in found
            ]
        }


def add_panel(request, panels):
    if request.user.has_perm("locations.attend_workshoprun"):
        panels.append(LessonsPanel())


class AttendanceViewSet(ScreenViewSet):
    model = WorkshopRun
    permission_required = "attend"
    name = "attendance"
    url_prefix = "aanwezigheid"
    icon = "check"
    menu_label = gettext_lazy("Who was there?")

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(AttendanceListView), name="index"),
            path("<int:pk>/", self.construct_view(LessonView), name="lesson"),
        ]
