"""Database triggers about devices, storage media and erasures.

They span several tables, so that a CHECK constraint cannot express them:

* a device in one of SANITIZED_STATES has no fitted medium that may still hold data;
* an erasure never changes, and none that a device depends on is deleted.
"""

from home.core.triggers import changed, register_triggers
from lending.core.states import SANITIZED_STATES

STATES = ", ".join(f"'{state.value}'" for state in SANITIZED_STATES)

# True for a fitted medium `m` that may still hold data from before `since`.
UNSANITIZED_MEDIUM = """
    m.removed_at IS NULL
    AND NOT (m.unused_reason <> '' AND m.fitted_at >= {since})
    AND NOT EXISTS (
        SELECT 1 FROM lending_erasure e
        WHERE e.medium_id = m.id AND e.result = 'passed' AND e.finished_at >= {since}
        AND NOT EXISTS (
            SELECT 1 FROM lending_erasure f
            WHERE f.medium_id = m.id AND f.result <> 'passed' AND f.finished_at >= e.finished_at
        )
    )
"""


def holds_data(device):
    """Return SQL that is true when a row of lending_device may hold data; `device` is its alias."""
    unsanitized = UNSANITIZED_MEDIUM.format(since=f"{device}.last_outside_at")
    return f"""(
        {device}.has_storage
        AND (
            EXISTS (SELECT 1 FROM lending_storagemedium m
                    WHERE m.device_id = {device}.id AND {unsanitized})
            OR NOT EXISTS (SELECT 1 FROM lending_storagemedium m
                           WHERE m.device_id = {device}.id AND m.removed_at IS NULL)
        )
    )"""


IN_SANITIZED_STATE = (
    "EXISTS (SELECT 1 FROM lending_device d "
    f"WHERE d.id = {{device}} AND d.state IN ({STATES}) AND {holds_data('d')})"
)

TRIGGERS = {
    "device_insert_is_sanitized": (
        "lending_device",
        "AFTER INSERT",
        f"NEW.state IN ({STATES}) AND {holds_data('NEW')}",
        "device_still_holds_data",
    ),
    "device_update_is_sanitized": (
        "lending_device",
        "AFTER UPDATE",
        f"NEW.state IN ({STATES}) AND {holds_data('NEW')}",
        "device_still_holds_data",
    ),
    "medium_insert_is_sanitized": (
        "lending_storagemedium",
        "AFTER INSERT",
        IN_SANITIZED_STATE.format(device="NEW.device_id"),
        "device_still_holds_data",
    ),
    "medium_update_is_sanitized": (
        "lending_storagemedium",
        "AFTER UPDATE",
        IN_SANITIZED_STATE.format(device="NEW.device_id"),
        "device_still_holds_data",
    ),
    "failed_erasure_is_refused": (
        "lending_erasure",
        "AFTER INSERT",
        "NEW.result <> 'passed' AND "
        + IN_SANITIZED_STATE.format(
            device="(SELECT device_id FROM lending_storagemedium WHERE id = NEW.medium_id)"
        ),
        "device_still_holds_data",
    ),
    "needed_erasure_is_kept": (
        "lending_erasure",
        "AFTER DELETE",
        IN_SANITIZED_STATE.format(
            device="(SELECT device_id FROM lending_storagemedium WHERE id = OLD.medium_id)"
        ),
        "device_still_holds_data",
    ),
    "erasure_never_changes": (
        "lending_erasure",
        "BEFORE UPDATE",
        changed("medium_id", "result", "level", "method", "method_detail", "tool")
        + " OR "
        + changed("verification", "finished_at", "recorded_at"),
        "erasure_never_changes",
    ),
}

register_triggers("lending", TRIGGERS)
