"""Operations on newsletters: send to all subscribers once, in batches, through the outbox."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.core.batch import process_each
from home.messages.models import Message
from home.newsletter.mail import render_newsletter
from home.newsletter.models import Newsletter, Subscriber
from home.newsletter.operations.subscribers import get_unsubscribe_url

MESSAGE_TYPE = "newsletter"
SEND_ACTION = "home.send_newsletter"
State = Newsletter.State
BATCH_SIZE = 100  # messages per transaction
MAX_WAITING = (
    200  # in the outbox, so that urgent messages do not wait behind thousands of newsletters
)


class NewsletterError(Exception):
    """A reason why an operation is refused, as a sentence for the user."""


class NoSubscribers(NewsletterError):
    def __init__(self):
        super().__init__(_("Nobody is subscribed yet. So there is nobody to send it to."))


class AlreadySent(NewsletterError):
    def __init__(self, newsletter):
        super().__init__(
            _("“%(subject)s” is on its way already. Nobody gets it twice.")
            % {"subject": newsletter.subject}
        )


class NoEmailAddress(NewsletterError):
    def __init__(self):
        super().__init__(_("Your account has no e-mail address. Fill it in, and try again."))


@transaction.atomic
def send(newsletter, *, user=None, now=None):
    """Start sending to everybody who is subscribed now; a worker does the rest.

    Raise AlreadySent or NoSubscribers.
    """
    now = now or timezone.now()
    newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if not newsletter.is_draft:
        raise AlreadySent(newsletter)
    recipients = Subscriber.objects.confirmed().filter(confirmed_at__lte=now).count()
    if not recipients:
        raise NoSubscribers
    newsletter.transition_to(State.SENDING)
    newsletter.started_at, newsletter.recipients = now, recipients
    newsletter.save()
    log(newsletter, SEND_ACTION, user=user, data={"recipients": recipients})
    return newsletter


@transaction.atomic
def update_draft(newsletter):
    """Save a draft; raise AlreadySent if sending has begun meanwhile."""
    drafts = Newsletter.objects.select_for_update().filter(state=State.DRAFT)
    if not drafts.filter(pk=newsletter.pk).exists():
        raise AlreadySent(newsletter)
    newsletter.save(update_fields=["subject", "body"])
    return newsletter


def send_test(newsletter, *, user, now=None):
    """Queue the newsletter to the user alone; raise NoEmailAddress without an address."""
    if not user.email:
        raise NoEmailAddress
    now = now or timezone.now()
    reader = Subscriber(email=user.email, key=Subscriber.make_key(user.email))
    key = f"newsletter_test:{newsletter.pk}:{user.pk}:{now.timestamp():.0f}"
    mail = render_newsletter(newsletter)
    row = _make_message(mail, reader, key=key, about=f"newsletter:{newsletter.pk}", now=now)
    row.subject = _("Test: %(subject)s") % {"subject": mail.subject}
    row.kind = f"{MESSAGE_TYPE}_test"
    Message.objects.bulk_create([row], ignore_conflicts=True)


def queue_batch(newsletter, now=None, *, batch_size=BATCH_SIZE):
    """Queue the next messages; return their number, 0 when all are queued.

    The last subscriber is stored in the same transaction, so that a worker that dies or runs twice
    neither skips nor repeats anyone.
    """
    now = now or timezone.now()
    with transaction.atomic():
        newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if newsletter.state != State.SENDING:
            return 0
        readers = list(
            Subscriber.objects.select_for_update()
            .confirmed()
            .filter(pk__gt=newsletter.last_subscriber, confirmed_at__lte=newsletter.started_at)
            .order_by("pk")[:batch_size]
        )
        if readers:
            mail = render_newsletter(newsletter)
            Message.objects.bulk_create(
                [
                    _make_message(
                        mail,
                        reader,
                        key=f"{newsletter.key}{reader.pk}",
                        about=reader.about,
                        now=now,
                    )
                    for reader in readers
                ],
                ignore_conflicts=True,
            )
            newsletter.last_subscriber = readers[-1].pk
            newsletter.written += len(readers)
            newsletter.recipients = max(newsletter.recipients, newsletter.written)
        else:
            newsletter.transition_to(State.SENT)
            newsletter.sent_at = now
        newsletter.save()
    return len(readers)


def _make_message(mail, reader, *, key, about, now):
    url = get_unsubscribe_url(reader.key)
    text, html = mail.for_reader(url)
    return Message(
        pk=Message.id_for(key),
        channel=Message.Channel.MAIL,
        kind=MESSAGE_TYPE,
        address=reader.email,
        language=reader.language,
        subject=mail.subject,
        text=text,
        html=html,
        about=about,
        key=key,
        unsubscribe_url=url,
        due_at=now,
        next_attempt_at=now,
    )


def continue_sending(now=None):
    """Queue more of the newsletters being sent, up to MAX_WAITING; return the number queued."""
    now = now or timezone.now()
    sending = Newsletter.objects.filter(state=State.SENDING).order_by("started_at", "pk")
    return sum(process_each(sending, lambda newsletter: _fill_outbox(newsletter, now)))


def _fill_outbox(newsletter, now):
    """Queue batches until enough messages wait in the outbox; return the number queued."""
    queued = 0
    waiting = Message.objects.due(now).filter(kind=MESSAGE_TYPE).count()
    while waiting + queued < MAX_WAITING:
        added = queue_batch(newsletter, now, batch_size=BATCH_SIZE)
        if not added:
            break
        queued += added
    return queued
