"""What the database itself refuses about places, also to whoever goes round our code.

* On no day do two ranges of other hours count for the same place, the same service of it, or the
  same partnership: nobody could say which of them wins. Both ends of a range count.
* A version of the hours never changes. Only who made it may be forgotten.
* Nobody has a seat above the capacity of a workshop, and the capacity stays above every seat.
* Nobody gets a seat before who waits longer; turns are given out in order.
* Whoever was at a lesson was registered for its workshop.

Taken away before `migrate` and installed after it, because SQLite rebuilds tables.
"""

from home import triggers

# A range has a place or a partnership, never both (a CHECK), and often no service.
OVERLAPS = """
    EXISTS (
        SELECT 1 FROM locations_adjusteddays o
        WHERE o.id <> NEW.id
        AND (o.location_id = NEW.location_id OR o.partnership_id = NEW.partnership_id)
        AND COALESCE(o.service_id, 0) = COALESCE(NEW.service_id, 0)
        AND o.first_day <= NEW.last_day AND NEW.first_day <= o.last_day
    )
"""
LOCK_OWNER = """
    PERFORM 1 FROM locations_location WHERE id = NEW.location_id FOR NO KEY UPDATE;
    PERFORM 1 FROM locations_partnership WHERE id = NEW.partnership_id FOR NO KEY UPDATE;
"""
VERSION_CHANGES = """
    OLD.id <> NEW.id
    OR COALESCE(OLD.location_id, 0) <> COALESCE(NEW.location_id, 0)
    OR COALESCE(OLD.partnership_id, 0) <> COALESCE(NEW.partnership_id, 0)
    OR OLD.recorded_at <> NEW.recorded_at
    OR CAST(OLD.data AS TEXT) <> CAST(NEW.data AS TEXT)
    OR (NEW.user_id IS NOT NULL AND (OLD.user_id IS NULL OR OLD.user_id <> NEW.user_id))
"""

LOCK_RUN = "PERFORM 1 FROM locations_workshoprun WHERE id = NEW.run_id FOR NO KEY UPDATE;"
NO_SUCH_SEAT = """
    NEW.seat > (SELECT capacity FROM locations_workshoprun WHERE id = NEW.run_id)
"""
SOMEBODY_WAITS = """
    NEW.seat IS NOT NULL AND EXISTS (
        SELECT 1 FROM locations_registration o
        WHERE o.run_id = NEW.run_id AND o.id <> NEW.id AND o.position IS NOT NULL
    )
"""
SOMEBODY_WAITS_LONGER = """
    NEW.seat IS NOT NULL AND (OLD.seat IS NULL OR OLD.run_id <> NEW.run_id) AND EXISTS (
        SELECT 1 FROM locations_registration o
        WHERE o.run_id = NEW.run_id AND o.id <> NEW.id AND o.position IS NOT NULL
        AND (OLD.position IS NULL OR OLD.run_id <> NEW.run_id OR o.position < OLD.position)
    )
"""
BEFORE_ANOTHER = """
    NEW.position IS NOT NULL AND EXISTS (
        SELECT 1 FROM locations_registration o
        WHERE o.run_id = NEW.run_id AND o.id <> NEW.id AND o.position > NEW.position
    )
"""
TURN_BEFORE_ANOTHER = f"""
    (OLD.position IS NULL OR OLD.position <> NEW.position OR OLD.run_id <> NEW.run_id)
    AND {BEFORE_ANOTHER}
"""
SEATS_ABOVE = """
    NEW.capacity < OLD.capacity AND EXISTS (
        SELECT 1 FROM locations_registration WHERE run_id = NEW.id AND seat > NEW.capacity
    )
"""
OF_ANOTHER_RUN = """
    (SELECT run_id FROM locations_registration WHERE id = NEW.registration_id)
    <> (SELECT run_id FROM locations_session WHERE id = NEW.session_id)
"""

# As home.triggers says it.
RULES = {
    "adjusted_days_enter_apart": (
        "locations_adjusteddays",
        "AFTER INSERT",
        OVERLAPS,
        "adjusted_days_overlap",
        LOCK_OWNER,
    ),
    "adjusted_days_stay_apart": (
        "locations_adjusteddays",
        "AFTER UPDATE",
        OVERLAPS,
        "adjusted_days_overlap",
        LOCK_OWNER,
    ),
    "hours_version_never_changes": (
        "locations_hoursversion",
        "BEFORE UPDATE",
        VERSION_CHANGES,
        "hours_version_never_changes",
    ),
    **{
        f"registration_{name}_on_{when.lower()}": (
            "locations_registration",
            f"AFTER {when}",
            condition,
            f"registration_{name}",
            LOCK_RUN,
        )
        for name, when, condition in [
            ("within_capacity", "INSERT", NO_SUCH_SEAT),
            ("within_capacity", "UPDATE", NO_SUCH_SEAT),
            ("in_turn", "INSERT", SOMEBODY_WAITS),
            ("in_turn", "UPDATE", SOMEBODY_WAITS_LONGER),
            ("at_the_end_of_the_line", "INSERT", BEFORE_ANOTHER),
            ("at_the_end_of_the_line", "UPDATE", TURN_BEFORE_ANOTHER),
        ]
    },
    "workshop_run_keeps_its_seats": (
        "locations_workshoprun",
        "AFTER UPDATE",
        SEATS_ABOVE,
        "workshop_run_keeps_its_seats",
    ),
    "attendance_of_its_run_on_insert": (
        "locations_attendance",
        "AFTER INSERT",
        OF_ANOTHER_RUN,
        "attendance_of_its_run",
    ),
    "attendance_of_its_run_on_update": (
        "locations_attendance",
        "AFTER UPDATE",
        OF_ANOTHER_RUN,
        "attendance_of_its_run",
    ),
}


def before_migrate(sender, using, plan=(), **kwargs):
    """Receiver of pre_migrate."""
    triggers.remove_before_migrate(RULES, using, plan)


def after_migrate(sender, using, plan=(), **kwargs):
    """Receiver of post_migrate for the app of the places."""
    triggers.install_after_migrate(RULES, using, "locations_attendance")
