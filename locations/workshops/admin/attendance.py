"""Attendance at sessions, recorded on a phone with one tap for each person."""

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
from locations.workshops.errors import WorkshopError
from locations.workshops.formats import day_and_hours, session_hours
from locations.workshops.models import Attendance, Registration, Session, WorkshopRun
from locations.workshops.operations import attendance

LOOK_BACK, LOOK_AHEAD = timedelta(days=21), timedelta(days=7)
MAX_SESSIONS = 50
MAX_ON_DASHBOARD = 6


def sessions_for(user):
    """Return the sessions at the user's locations that take place, with the number of `people`."""
    registered = Q(run__registrations__state=Registration.State.REGISTERED)
    return (
        attendance.taking_place(Session.objects.visible_to(user))
        .select_related("run__page", "run__location")
        .annotate(people=Count("run__registrations", filter=registered))
        .order_by("starts_at", "pk")
    )


def todays_sessions(user, now):
    """Return the sessions of today at the user's locations."""
    return sessions_for(user).filter(starts_at__date=timezone.localdate(now))


def short_name(registration):
    """Return the first name and last digits of the phone, for users who cannot see participants."""
    first = registration.name.split()[0] if registration.name.split() else ""
    digits = last_digits(registration.phone, 3)
    return f"{first} (… {digits})" if digits else first


def is_small_number(text):
    """Return whether a text is a number that fits in a database key."""
    return text.isascii() and text.isdecimal() and len(text) < 19


class AttendanceListView(StaffViewMixin, TemplateView):
    """The sessions of today, then those without recorded attendance, then those to come."""

    template_name = "locations/workshops/admin/attendance/lessons.html"
    page_title = gettext_lazy("Who was there?")

    def get_context_data(self, **kwargs):
        """Add the three groups of sessions."""
        now = timezone.now()
        today = timezone.localdate(now)
        sessions = sessions_for(self.request.user)
        missing = sessions.filter(
            attendance_at=None, starts_at__date__lt=today, starts_at__gt=now - LOOK_BACK
        )
        coming = sessions.filter(starts_at__date__gt=today, starts_at__date__lte=today + LOOK_AHEAD)
        groups = {
            "today": todays_sessions(self.request.user, now),
            "missing": missing.order_by("-starts_at"),
            "coming": coming,
        }
        return super().get_context_data(**kwargs) | {
            name: [
                {"lesson": session, "when": day_and_hours(session, today)}
                for session in group[:MAX_SESSIONS]
            ]
            for name, group in groups.items()
        }


class SessionAttendanceView(StaffViewMixin, TemplateView):
    """One session: two buttons for each person, and the number of walk-ins."""

    template_name = "locations/workshops/admin/attendance/lesson.html"
    page_title = gettext_lazy("Who was there?")

    @cached_property
    def session(self):
        """The session in the URL."""
        sessions = Session.objects.visible_to(self.request.user)
        rows = sessions.select_related("run__page", "run__location", "attendance_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        """Return the path from the list of sessions to this screen."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("attendance:index"), "label": _("Who was there?")},
            {"url": "", "label": self.session.run.page.title},
        ]

    def post(self, request, pk):
        """Record what the pressed button says."""
        try:
            self._record(request.POST)
        except WorkshopError as error:
            messages.error(request, str(error))
        return redirect("attendance:session", pk)

    def _record(self, data):
        """Record walk-ins or one attendance; a button sends the value, so that twice is once."""
        user = self.request.user
        if "walk_ins" in data:
            number = data["walk_ins"]
            number = int(number) if is_small_number(number) else -1
            attendance.count_walk_ins(self.session, number, user=user)
            return
        key, _colon, answer = data.get("was_there", "").partition(":")
        shown = Q(run=self.session.run_id) | Q(attendances__session=self.session)
        registrations = Registration.objects.filter(shown).distinct()
        key = key if is_small_number(key) else 0
        registration = get_object_or_404(registrations, pk=key)
        if answer in ("yes", "no"):
            attendance.record_attendance(self.session, registration, answer == "yes", user=user)

    def get_context_data(self, **kwargs):
        """Add the people with their attendance."""
        session, now = self.session, timezone.now()
        people = self.people()
        may_be_noted = attendance.is_recordable(session, now) and attendance.takes_place(session)
        return super().get_context_data(**kwargs) | {
            "lesson": session,
            "run": session.run,
            "when": day_and_hours(session, timezone.localdate(now)),
            "people": people,
            "present": sum(person.was_there is True for person in people),
            "open": sum(person.was_there is None for person in people),
            "may_be_noted": may_be_noted,
            "may_see_people": self.request.user.has_perm("locations.register_workshoprun"),
        }

    def people(self):
        """Return everybody with a seat or with recorded attendance, by name."""
        answers = dict(
            Attendance.objects.filter(session=self.session).values_list("registration", "attended")
        )
        rows = Registration.objects.filter(
            Q(run=self.session.run_id, state=Registration.State.REGISTERED) | Q(pk__in=answers)
        )
        is_full = self.request.user.has_perm("locations.register_workshoprun")
        people = sorted(rows, key=lambda row: row.name.casefold())
        for person in people:
            person.was_there = answers.get(person.pk)
            person.shown = person.name if is_full else short_name(person)
        return people


class TodaysSessionsPanel(Component):
    """The sessions of today on the dashboard, with links to record attendance."""

    order = 13
    template_name = "locations/workshops/admin/attendance/panel.html"

    def get_context_data(self, parent_context):
        """Return the sessions with their hours."""
        user = parent_context["request"].user
        sessions = todays_sessions(user, timezone.now())[:MAX_ON_DASHBOARD]
        return {
            "lessons": [
                {"lesson": session, "hours": session_hours(session)} for session in sessions
            ]
        }


def add_sessions_panel(request, panels):
    """Add the sessions of today for users who record attendance."""
    if request.user.has_perm("locations.attend_workshoprun"):
        panels.append(TodaysSessionsPanel())


class AttendanceViewSet(ScreenViewSet):
    """The screens to record attendance."""

    model = WorkshopRun
    permission_required = "attend"
    name = "attendance"
    url_prefix = "aanwezigheid"
    icon = "check"
    menu_label = gettext_lazy("Who was there?")

    def get_urlpatterns(self):
        """Return the URLs of the list and of one session."""
        return [
            path("", self.construct_view(AttendanceListView), name="index"),
            path("<int:pk>/", self.construct_view(SessionAttendanceView), name="session"),
        ]
