"""Message types of the newsletter."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

register_message_type(
    "newsletter_confirm",
    _("Does somebody want the newsletter?"),
    about=_("Newsletter"),
    templates="home/newsletter/messages/newsletter_confirm",
    urgent=True,
    placeholders=[
        Placeholder(
            "url",
            _("secret page to say yes"),
            sample="https://digipunt.example/nieuwsbrief/bevestigen/geheim/",
            is_address=True,
        ),
        Placeholder("days", _("how many days that page works"), sample=7),
    ],
)
register_message_type(
    "newsletter_known",
    _("Somebody who has the newsletter asks for it again"),
    about=_("Newsletter"),
    templates="home/newsletter/messages/newsletter_known",
    urgent=True,
    placeholders=[
        Placeholder(
            "url",
            _("page to stop"),
            sample="https://digipunt.example/nieuwsbrief/uitschrijven/geheim/",
            is_address=True,
        ),
    ],
)
