"""Django's own, but a translation is never guessed after another that looks like it."""

from django.core.management.commands.makemessages import Command as DjangoCommand


class Command(DjangoCommand):
    msgmerge_options = [*DjangoCommand.msgmerge_options, "--no-fuzzy-matching"]
