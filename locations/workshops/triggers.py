"""Database triggers that protect workshop registrations, whatever code writes to the tables.

* No seat number exceeds the capacity of the run, and the capacity stays above every seat.
* Nobody is seated before somebody with a lower waiting-list position; positions are given out in
  ascending order.
* An attendance belongs to a session and a registration of the same run.
"""

from home.core.triggers import register_triggers

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

TRIGGERS = {
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
    "workshop_run_capacity_covers_seats": (
        "locations_workshoprun",
        "AFTER UPDATE",
        SEATS_ABOVE,
        "workshop_run_capacity_covers_seats",
    ),
    "attendance_within_run_on_insert": (
        "locations_attendance",
        "AFTER INSERT",
        OF_ANOTHER_RUN,
        "attendance_within_run",
    ),
    "attendance_within_run_on_update": (
        "locations_attendance",
        "AFTER UPDATE",
        OF_ANOTHER_RUN,
        "attendance_within_run",
    ),
}

register_triggers("locations", TRIGGERS)
