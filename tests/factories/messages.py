"""Messages in the outbox, without rendering their texts."""

from datetime import UTC, datetime

from home.messages.models import Message

DUE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # long ago, whatever the clock says


def message(key="test:1", *, due_at=DUE, **fields):
    """A mail that waits since DUE; a phone number instead of an address makes it a call."""
    fields.setdefault("address", "" if fields.get("phone") else "lotte@example.org")
    fields.setdefault("channel", "phone" if fields.get("phone") else "mail")
    waiting = fields.get("state", "waiting") == "waiting"
    return Message.objects.create(
        key=key,
        kind=fields.pop("kind", "loan_returned"),
        recipient_name=fields.pop("recipient_name", "Lotte Demo"),
        subject=fields.pop("subject", "Je laptop is terug"),
        text=fields.pop("text", "Dank je wel.\n"),
        html=fields.pop("html", "<p>Dank je wel.</p>"),
        due_at=due_at,
        next_attempt_at=fields.pop("next_attempt_at", due_at if waiting else None),
        **fields,
    )
