"""What the site itself says to people: the kinds of its messages.

A newsletter is none of these: its words are its own.
"""

from django.utils.translation import gettext_lazy as _

from home.message_kinds import Placeholder, kind

kind(
    "newsletter_confirm",
    _("Does somebody want the newsletter?"),
    about=_("Newsletter"),
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
kind(
    "newsletter_known",
    _("Somebody who has the newsletter asks for it again"),
    about=_("Newsletter"),
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
kind(
    "form_received",
    _("A form was filled in, to who watches over it"),
    about=_("Forms"),
    placeholders=[
        Placeholder("form", _("title of the page"), sample="Word vrijwilliger"),
        Placeholder(
            "url",
            _("where the answers are read"),
            sample="https://digipunt.example/beheer/formulieren/1/",
            is_address=True,
        ),
    ],
)
