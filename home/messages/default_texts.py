"""The Dutch texts with placeholders that coordinators start from."""

from django.template.loader import get_template

from home.messages.rendering import TextTemplate


def default_text(message_type):
    """Return the files below `nl/` in the template folder of the message type."""
    folder = f"{message_type.templates}/nl"
    return TextTemplate(
        subject=_source(f"{folder}/subject.txt"),
        body=_source(f"{folder}/body.txt"),
        call=_source(f"{folder}/call.txt"),
    )


def _source(name):
    return get_template(name).template.source.strip()
