"""Quiet hours: no calls and no mail, except urgent mail."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from hypothesis import given
from hypothesis import strategies as st

from home.messages.delivery import Mailer
from home.messages.models import Message, MessageSettings
from home.messages.quiet_hours import QuietHours
from home.messages.registry import registered
from tests.factories.messages import message

BRUSSELS = ZoneInfo("Europe/Brussels")
NIGHT = QuietHours(time(21), time(8))


def local(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-01-05T20:59:59", False),
        ("2026-01-05T21:00", True),
        ("2026-01-05T23:59:59", True),
        ("2026-01-06T00:00", True),
        ("2026-01-06T07:59:59", True),
        ("2026-01-06T08:00", False),
        ("2026-01-06T12:00", False),
    ],
)
def test_quiet_hours_include_their_start_and_exclude_their_end(moment, quiet):
    assert NIGHT.include(local(moment)) is quiet


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("12:59", False), ("13:00", True), ("13:59", True), ("14:00", False), ("00:00", False)],
)
def test_quiet_hours_can_lie_within_one_day(moment, quiet):
    hours = QuietHours(time(13), time(14))
    assert hours.include(local(f"2026-01-05T{moment}")) is quiet


@pytest.mark.parametrize("moment", ["00:00", "08:00", "07:59", "21:00"])
def test_equal_times_are_never_quiet(moment):
    hours = QuietHours(time(8), time(8))
    assert not hours.include(local(f"2026-01-05T{moment}"))


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        # On 29 March 2026 the clock skips from 02:00 to 03:00.
        ("2026-03-28T19:59:59", False),
        ("2026-03-28T20:00", True),
        ("2026-03-29T00:59:59", True),
        ("2026-03-29T01:00", True),
        ("2026-03-29T05:59:59", True),
        ("2026-03-29T06:00", False),
        # On 25 October 2026 the clock goes back from 03:00 to 02:00.
        ("2026-10-24T18:59:59", False),
        ("2026-10-24T19:00", True),
        ("2026-10-25T00:30", True),
        ("2026-10-25T01:30", True),
        ("2026-10-25T06:59:59", True),
        ("2026-10-25T07:00", False),
    ],
)
def test_local_time_counts_when_the_clock_changes(moment, quiet):
    assert NIGHT.include(utc(moment)) is quiet


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        # 02:30 does not exist on 29 March; 03:00 is after it.
        ("2026-03-29T00:59:59", True),
        ("2026-03-29T01:00", False),
        # 02:30 occurs twice on 25 October; the half hour before the second one is quiet again.
        ("2026-10-25T00:29:59", True),
        ("2026-10-25T00:30", False),
        ("2026-10-25T01:00", True),
        ("2026-10-25T01:30", False),
    ],
)
def test_quiet_hours_can_end_in_an_hour_that_is_skipped_or_repeated(moment, quiet):
    assert QuietHours(time(21), time(2, 30)).include(utc(moment)) is quiet


@given(now=st.datetimes(timezones=st.just(UTC)), start=st.times(), end=st.times())
def test_swapped_times_are_the_complement(now, start, end):
    quiet, other = QuietHours(start, end).include(now), QuietHours(end, start).include(now)
    assert quiet is not other or (start == end and not quiet)


EVENING, NIGHT_TIME, MORNING = (
    local(f"2026-01-0{text}") for text in ("5T20:59:59", "5T21:00", "6T08:00")
)
QUIET, URGENT = "loan_returned", "donation_registered"


@pytest.fixture
def night(db):
    return MessageSettings.objects.create()


def due(moment, channel):
    rows = Message.objects.to_deliver(moment) if channel == "mail" else None
    return (Message.objects.to_call(moment) if rows is None else rows).exists()


@pytest.mark.parametrize(
    ("kind", "channel", "at_night"),
    [
        (QUIET, "mail", False),
        (URGENT, "mail", True),
        (QUIET, "phone", False),
        (URGENT, "phone", False),
        (URGENT, "text", False),
    ],
    ids=["mail waits", "urgent mail goes", "no call", "no urgent call either", "no text message"],
)
def test_only_urgent_mail_is_sent_in_quiet_hours(night, kind, channel, at_night):
    assert registered[kind].urgent is (kind == URGENT)
    phone = "" if channel == "mail" else "0470 00 00 00"
    message(kind=kind, channel=channel, phone=phone)
    assert due(EVENING, channel)
    assert due(NIGHT_TIME, channel) is at_night
    assert due(MORNING, channel)


def test_mailer_sends_after_the_quiet_hours(night):
    late, urgent = message("test:1", kind=QUIET), message("test:2", kind=URGENT)
    mailer = Mailer()
    assert mailer.send_due(NIGHT_TIME)["sent"] == 1
    assert Message.objects.get(pk=urgent.pk).state == "sent"
    assert mailer.send_due(MORNING)["sent"] == 1
    assert Message.objects.get(pk=late.pk).attempts == 1
    assert len(outbox.outbox) == 2


def test_quiet_hours_follow_the_settings(night):
    message(kind=QUIET)
    night.quiet_from = time(22)
    night.save()
    assert due(NIGHT_TIME, "mail")


@pytest.mark.django_db
def test_quiet_hours_have_a_default(settings):
    message(kind=QUIET)
    settings.QUIET_HOURS = (time(21), time(8))
    assert not due(NIGHT_TIME, "mail")
    settings.QUIET_HOURS = (time(0), time(0))
    assert due(NIGHT_TIME, "mail")
