"""Database triggers that keep closed loans and signed agreements as they are."""

from home.core.triggers import changed, register_triggers

register_triggers(
    "lending",
    {
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
    },
)
