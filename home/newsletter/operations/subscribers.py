"""Operations on subscribers: request, confirm and end a subscription."""

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
REQUEST_INTERVAL = timedelta(minutes=15)  # so that nobody can fill the mailbox of someone else


def get_unsubscribe_url(key):
    """Return the URL to unsubscribe with one click, which never expires."""
    return links.site_url(reverse("newsletter_stop", args=[key]))


def get_confirm_url(subscriber):
    """Return the URL to confirm a subscription, valid for CONFIRM_WITHIN."""
    secret = links.sign_value(PURPOSE, subscriber.key)
    return links.site_url(reverse("newsletter_confirm", args=[secret]))


@transaction.atomic
def request_subscription(email, *, language, now=None):
    """Ask the owner of this address to confirm the subscription.

    A visitor cannot find out whether an address is subscribed: one mail is sent in either case.
    """
    now = now or timezone.now()
    mailbox, _at, domain = email.strip().rpartition("@")
    email = f"{mailbox}@{domain.lower()}"
    subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
        email__iexact=email,
        defaults={
            "email": email,
            "key": Subscriber.make_key(email),
            "language": language,
            "asked_at": now,
        },
    )
    if subscriber.is_confirmed:
        _notify_already_subscribed(subscriber, now)
        return
    if not is_new:
        if now - subscriber.asked_at < REQUEST_INTERVAL:
            return
        subscriber.asked_at, subscriber.language = now, language
        subscriber.save(update_fields=["asked_at", "language"])
    _queue(
        "newsletter_confirm",
        subscriber,
        key=f"newsletter_confirm:{subscriber.pk}:{now.timestamp():.0f}",
        context={"url": get_confirm_url(subscriber), "days": CONFIRM_WITHIN.days},
        now=now,
    )


def _notify_already_subscribed(subscriber, now):
    _queue(
        "newsletter_known",
        subscriber,
        key=f"newsletter_known:{subscriber.pk}:{timezone.localdate(now)}",
        context={"url": get_unsubscribe_url(subscriber.key)},
        now=now,
    )


def _queue(message_type, subscriber, *, key, context, now):
    queue_message(
        message_type,
        to=Recipient(email=subscriber.email, language=subscriber.language),
        context=context,
        key=key,
        about=subscriber.about,
        due_at=now,
        unsubscribe_url=get_unsubscribe_url(subscriber.key),
    )


def get_subscriber_by_link(secret):
    """Return the subscriber of a confirmation link, or None if it was removed.

    Raise ExpiredLink or InvalidLink.
    """
    key = links.unsign_value(PURPOSE, secret, max_age=CONFIRM_WITHIN)
    return Subscriber.objects.filter(key=key).first()


def confirm_subscription(subscriber, now=None):
    """Confirm a subscription; a second time changes nothing."""
    now = max(now or timezone.now(), subscriber.asked_at)
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=now)


@transaction.atomic
def unsubscribe(key):
    """Delete the address and its messages; return False if it did not exist."""
    subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
    if subscriber is None:
        return False
    _delete([subscriber])
    return True


@transaction.atomic
def delete_unconfirmed(now=None):
    """Delete addresses that were not confirmed in time; return their number, at most 500."""
    unconfirmed = list(Subscriber.objects.select_for_update().never_confirmed(now)[:500])
    _delete(unconfirmed)
    return len(unconfirmed)


def _delete(subscribers):
    """Delete subscribers with all their messages, which contain the address."""
    Message.objects.filter(about__in=[subscriber.about for subscriber in subscribers]).delete()
    Subscriber.objects.filter(pk__in=[subscriber.pk for subscriber in subscribers]).delete()
