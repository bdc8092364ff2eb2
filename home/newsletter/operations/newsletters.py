"""A newsletter goes out: into the outbox, a piece at a time, to everybody once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.core.batch import process_each
from home.messages.models import Message
from home.newsletter.mail import letter
from home.newsletter.models import Newsletter, Subscriber
from home.newsletter.operations.subscribers import stop_url

KIND = "newsletter"
SEND = "home.send_newsletter"
State = Newsletter.State
PIECE = 100  # messages in one go
MOST_WAITING = 200  # in the outbox, so that what somebody waits for is not behind thousands


class NewsletterError(Exception):
    """Why it can not be done, as a sentence for the person who wants it."""


class NobodySubscribed(NewsletterError):
    def __init__(self):
        super().__init__(_("Nobody is subscribed yet. So there is nobody to send it to."))


class OnItsWay(NewsletterError):
    def __init__(self, newsletter):
        super().__init__(
            _("“%(subject)s” is on its way already. Nobody gets it twice.")
            % {"subject": newsletter.subject}
        )


class NoAddress(NewsletterError):
    def __init__(self):
        super().__init__(_("Your account has no e-mail address. Fill it in, and try again."))


@transaction.atomic
def send(newsletter, *, user=None, now=None):
    """Send to everybody who is subscribed at this moment; a worker does the rest."""
    now = now or timezone.now()
    newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if not newsletter.is_draft:
        raise OnItsWay(newsletter)
    recipients = Subscriber.objects.confirmed().filter(confirmed_at__lte=now).count()
    if not recipients:
        raise NobodySubscribed
    newsletter.become(State.SENDING)
    newsletter.started_at, newsletter.recipients = now, recipients
    newsletter.save()
    log(newsletter, SEND, user=user, data={"recipients": recipients})
    return newsletter


@transaction.atomic
def rewrite(newsletter):
    """Save other words, as long as nobody has begun to send the old ones."""
    drafts = Newsletter.objects.select_for_update().filter(state=State.DRAFT)
    if not drafts.filter(pk=newsletter.pk).exists():
        raise OnItsWay(newsletter)
    newsletter.save(update_fields=["subject", "body"])
    return newsletter


def send_test(newsletter, *, user, now=None):
    """One to who writes it, to see it as others will."""
    if not user.email:
        raise NoAddress
    now = now or timezone.now()
    one = Subscriber(email=user.email, key=Subscriber.key_of(user.email))
    key = f"newsletter_test:{newsletter.pk}:{user.pk}:{now.timestamp():.0f}"
    mail = letter(newsletter)
    row = _message(mail, one, key=key, about=f"newsletter:{newsletter.pk}", now=now)
    row.subject = _("Test: %(subject)s") % {"subject": mail.subject}
    row.kind = f"{KIND}_test"
    Message.objects.bulk_create([row], ignore_conflicts=True)


def write_piece(newsletter, now=None, *, piece=PIECE):
    """Put the next messages in the outbox; how many there were, 0 when all are in it.

    Where it stopped is written with them: a worker that dies or works twice loses and doubles none.
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
            .order_by("pk")[:piece]
        )
        if readers:
            mail = letter(newsletter)
            Message.objects.bulk_create(
                [
                    _message(mail, one, key=f"{newsletter.key}{one.pk}", about=one.about, now=now)
                    for one in readers
                ],
                ignore_conflicts=True,
            )
            newsletter.last_subscriber = readers[-1].pk
            newsletter.written += len(readers)
            newsletter.recipients = max(newsletter.recipients, newsletter.written)
        else:
            newsletter.become(State.SENT)
            newsletter.sent_at = now
        newsletter.save()
    return len(readers)


def _message(mail, reader, *, key, about, now):
    url = stop_url(reader.key)
    text, html = mail.to(url)
    return Message(
        pk=Message.id_for(key),
        channel=Message.Channel.MAIL,
        kind=KIND,
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


def go_on(now=None):
    """Go on with what is being sent, as far as the outbox can have more; how many were written."""
    now = now or timezone.now()
    going = Newsletter.objects.filter(state=State.SENDING).order_by("started_at", "pk")
    return sum(process_each(going, lambda newsletter: _fill_up(newsletter, now)))


def _fill_up(newsletter, now):
    """Write until enough waits in the outbox; how many that took."""
    written = 0
    waiting = Message.objects.due(now).filter(kind=KIND).count()
    while waiting + written < MOST_WAITING:
        added = write_piece(newsletter, now, piece=PIECE)
        if not added:
            break
        written += added
    return written
