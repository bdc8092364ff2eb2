"""Message types of forms."""

from django.utils.translation import gettext_lazy as _

from home.messages.registry import Placeholder, register_message_type

register_message_type(
    "form_received",
    _("A form was filled in, to the person responsible"),
    about=_("Forms"),
    templates="home/forms/messages/form_received",
    placeholders=[
        Placeholder("form", _("title of the page"), sample="Word vrijwilliger"),
        Placeholder(
            "url",
            _("page with the answers"),
            sample="https://digipunt.example/beheer/formulieren/1/",
            is_address=True,
        ),
    ],
)
