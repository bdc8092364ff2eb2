"""Message types of the newsletter."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

register_message_type(
    "newsletter_confirm",
    _("Confirm the subscription to the newsletter"),
    about=_("Newsletter"),
    templates="home/newsletter/messages/newsletter_confirm",
    urgent=True,
    placeholders=[
        Placeholder(
            "url",
            _("secret page to confirm"),
            sample="https://digipunt.example/nieuwsbrief/bevestigen/geheim/",
            is_address=True,
        ),
        Placeholder("days", _("number of days that this page works"), sample=7),
    ],
)
register_message_type(
    "newsletter_known",
    _("Somebody who is subscribed already asks for the newsletter again"),
    about=_("Newsletter"),
    templates="home/newsletter/messages/newsletter_known",
    urgent=True,
    placeholders=[
        Placeholder(
            "url",
            _("page to unsubscribe"),
            sample="https://digipunt.example/nieuwsbrief/uitschrijven/geheim/",
            is_address=True,
        ),
    ],
)
