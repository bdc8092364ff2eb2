"""Database triggers that keep an issued attest as it is."""

from home.core.triggers import changed, register_triggers

register_triggers(
    "lending",
    {
        "issued_attest_never_changes": (
            "lending_attest",
            "BEFORE UPDATE",
            changed("number", "code", "donation_id", "issued_at")
            + " OR CAST(OLD.data AS TEXT) <> CAST(NEW.data AS TEXT)",
            "issued_attest_never_changes",
        ),
    },
)
