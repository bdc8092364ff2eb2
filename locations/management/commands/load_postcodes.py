"""`manage.py load_postcodes`: load the municipalities and postcodes of Flanders and Brussels."""

from django.core.management.base import BaseCommand

from locations.places import operations


class Command(BaseCommand):
    help = "Load the municipalities and postcodes of Flanders and Brussels."

    def handle(self, **options):
        self.stdout.write(f"{operations.load_postcodes()} postcodes")
