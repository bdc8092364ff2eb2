"""Database triggers that protect opening hours, whatever code writes to the tables.

* Ranges of adjusted days of one location, one of its services, or one partnership never overlap.
  Both ends of a range are included.
* A version of the hours never changes, except that its user can be cleared.
"""

from home.core.triggers import register_triggers

# A check constraint makes sure that a range has either a location or a partnership.
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

TRIGGERS = {
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
}
OVERLAP_TRIGGERS = ("adjusted_days_enter_apart", "adjusted_days_stay_apart")

register_triggers("locations", TRIGGERS)
