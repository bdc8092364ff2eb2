"""Newsletter: somebody asks for it, says so once more from the mailbox itself, and stops."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from home.core import signed_links as links
from home.messages.models import Message
from home.messages.operations.queue import Recipient, queue_message
from home.newsletter.models import Subscriber
from home.newsletter.models.subscriber import CONFIRM_WITHIN

PURPOSE = "newsletter"
ASK_AGAIN = timedelta(minutes=15)  # nobody's mailbox is filled by someone else's typing


def stop_url(key):
    """Where one stops, with one click and for ever: whoever has the mail may."""
    return links.absolute_url(reverse("newsletter_stop", args=[key]))


def confirm_url(subscriber):
    secret = links.sign_value(PURPOSE, subscriber.key)
    return links.absolute_url(reverse("newsletter_confirm", args=[secret]))


@transaction.atomic
def ask(email, *, language, now=None):
    """Ask the owner of this address whether it is right; what comes back tells a visitor nothing.

    Known or not, the same one mail goes out and the same answer is given on the page.
    """
    now = now or timezone.now()
    mailbox, _at, domain = email.strip().rpartition("@")
    email = f"{mailbox}@{domain.lower()}"
    subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
        email__iexact=email,
        defaults={
            "email": email,
            "key": Subscriber.key_of(email),
            "language": language,
            "asked_at": now,
        },
    )
    if subscriber.is_confirmed:
        _say_known(subscriber, now)
        return
    if not is_new:
        if now - subscriber.asked_at < ASK_AGAIN:
            return
        subscriber.asked_at, subscriber.language = now, language
        subscriber.save(update_fields=["asked_at", "language"])
    _say(
        "newsletter_confirm",
        subscriber,
        key=f"newsletter_confirm:{subscriber.pk}:{now.timestamp():.0f}",
        context={"url": confirm_url(subscriber), "days": CONFIRM_WITHIN.days},
        now=now,
    )


def _say_known(subscriber, now):
    _say(
        "newsletter_known",
        subscriber,
        key=f"newsletter_known:{subscriber.pk}:{timezone.localdate(now)}",
        context={"url": stop_url(subscriber.key)},
        now=now,
    )


def _say(kind, subscriber, *, key, context, now):
    queue_message(
        kind,
        to=Recipient(email=subscriber.email, language=subscriber.language),
        context=context,
        key=key,
        about=subscriber.about,
        due_at=now,
        unsubscribe_url=stop_url(subscriber.key),
    )


def of_link(secret):
    """Whose link this is; None if the address is gone, OldLink or WrongLink if the link is."""
    key = links.unsign_value(PURPOSE, secret, max_age=CONFIRM_WITHIN)
    return Subscriber.objects.filter(key=key).first()


def confirm(subscriber, now=None):
    """From now on newsletters go there; a second time changes nothing."""
    now = max(now or timezone.now(), subscriber.asked_at)
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=now)


@transaction.atomic
def stop(key):
    """Remove the address, and what is in the outbox for it; False if it was not there any more."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
    if subscriber is None:
        return False
    _forget([subscriber])
    return True


@transaction.atomic
def forget_unconfirmed(now=None):
    """Remove the addresses that nobody confirmed; returns how many."""
    late = list(Subscriber.objects.select_for_update().too_late(now)[:500])
    _forget(late)
    return len(late)


def _forget(subscribers):
    """Delivered or not: a message would keep the address that we promised to remove."""
    Message.objects.filter(about__in=[one.about for one in subscribers]).delete()
    Subscriber.objects.filter(pk__in=[one.pk for one in subscribers]).delete()
