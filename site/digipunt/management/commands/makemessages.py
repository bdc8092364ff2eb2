"""Django's command, without fuzzy matches: no translation is guessed from a similar one."""

from django.core.management.commands.makemessages import Command as DjangoCommand


class Command(DjangoCommand):
    msgmerge_options = [*DjangoCommand.msgmerge_options, "--no-fuzzy-matching"]
