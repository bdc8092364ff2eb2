"""What the database itself refuses, also to whoever goes round our code.

Three promises reach over several tables, so that a CHECK can not hold them:

* a device that is ready, available, set aside, on loan or given away has no medium with somebody's
  data on it;
* a closed loan, a signed agreement and an issued attest never change;
* an erasure never changes, and is not taken away from under a device that leans on it.
"""

from home.core.triggers import register_triggers
from lending.core.states import PROMISED_CLEAN

STATES = ", ".join(f"'{state.value}'" for state in PROMISED_CLEAN)

# True for a fitted medium m that can still hold data, given the moment its device came in.
DIRTY_MEDIUM = """
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
    """SQL that is true when this row of lending_device may hold somebody's data."""
    dirty = DIRTY_MEDIUM.format(since=f"{device}.last_outside_at")
    return f"""(
        {device}.has_storage
        AND (
            EXISTS (SELECT 1 FROM lending_storagemedium m
                    WHERE m.device_id = {device}.id AND {dirty})
            OR NOT EXISTS (SELECT 1 FROM lending_storagemedium m
                           WHERE m.device_id = {device}.id AND m.removed_at IS NULL)
        )
    )"""


def changed(*columns):
    """SQL that is true when one of these columns gets another value."""
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


PROMISED = (
    "EXISTS (SELECT 1 FROM lending_device d "
    f"WHERE d.id = {{device}} AND d.state IN ({STATES}) AND {holds_data('d')})"
)

# As home.triggers says it.
TRIGGERS = {
    "device_enters_clean": (
        "lending_device",
        "AFTER INSERT",
        f"NEW.state IN ({STATES}) AND {holds_data('NEW')}",
        "device_still_holds_data",
    ),
    "device_stays_clean": (
        "lending_device",
        "AFTER UPDATE",
        f"NEW.state IN ({STATES}) AND {holds_data('NEW')}",
        "device_still_holds_data",
    ),
    "medium_enters_clean": (
        "lending_storagemedium",
        "AFTER INSERT",
        PROMISED.format(device="NEW.device_id"),
        "device_still_holds_data",
    ),
    "medium_stays_clean": (
        "lending_storagemedium",
        "AFTER UPDATE",
        PROMISED.format(device="NEW.device_id"),
        "device_still_holds_data",
    ),
    "erasure_failed_later": (
        "lending_erasure",
        "AFTER INSERT",
        "NEW.result <> 'passed' AND "
        + PROMISED.format(
            device="(SELECT device_id FROM lending_storagemedium WHERE id = NEW.medium_id)"
        ),
        "device_still_holds_data",
    ),
    "erasure_is_kept": (
        "lending_erasure",
        "AFTER DELETE",
        PROMISED.format(
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
    "closed_loan_never_changes": (
        "lending_loan",
        "BEFORE UPDATE",
        "OLD.returned_at IS NOT NULL AND (NEW.returned_at IS NULL OR "
        + changed("device_id", "policy_id", "lent_at", "due_on", "renewals", "returned_at")
        + " OR OLD.outcome <> NEW.outcome"
        " OR (NEW.borrower_id IS NOT NULL"
        " AND (OLD.borrower_id IS NULL OR OLD.borrower_id <> NEW.borrower_id)))",
        "closed_loan_never_changes",
    ),
    "signed_agreement_never_changes": (
        "lending_agreement",
        "BEFORE UPDATE",
        changed("loan_id", "version", "language", "signed_at")
        + " OR CAST(OLD.data AS TEXT) <> CAST(NEW.data AS TEXT)",
        "signed_agreement_never_changes",
    ),
    "issued_attest_never_changes": (
        "lending_attest",
        "BEFORE UPDATE",
        changed("number", "code", "donation_id", "issued_at")
        + " OR CAST(OLD.data AS TEXT) <> CAST(NEW.data AS TEXT)",
        "issued_attest_never_changes",
    ),
}

register_triggers("lending", TRIGGERS)
