"""Fill the site with the demo: places, pages, people, devices. A second time adds nothing."""

from datetime import date

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone, translation

from digipunt.demo import (
    accounts,
    catalogue,
    forms,
    help_requests,
    people,
    reach,
    stock,
    stock_plan,
    website,
)
from digipunt.demo import locations as places_demo
from lending.devices.models import Device
from locations.directory.models import LocationIndexPage
from locations.opening_hours.operations import history
from locations.workshops.models import WorkshopIndexPage


class Command(BaseCommand):
    help = "Fill the site with demo data; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--devices", type=int, default=0, help="at least so many devices")
        parser.add_argument("--loans", type=int, default=0, help="so many past loans among them")
        parser.add_argument("--today", type=date.fromisoformat, help="the day that dates turn on")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are devices already"
        )

    def handle(self, *, devices, loans, today, if_empty, **options):
        if if_empty and Device.objects.exists():
            self.stdout.write("The demo is there already.")
            return
        today = today or timezone.localdate()
        with translation.override("nl"):
            self.load(today, devices, loans)

    def load(self, today, devices, loans):
        with transaction.atomic():
            self.say("places")
            places = places_demo.load(today)
            self.say("pages")
            home = website.load_home()
            models = catalogue.load_models()
            places_demo.load_pages(home, today)
            history.record_unreported_changes()
            lending = catalogue.load_pages(home)
            story = website.load_stories(home, today)
            website.load_around(website.load_content(home) | forms.load(home))
            website.finish_home(
                home,
                lending,
                LocationIndexPage.objects.child_of(home).get(),
                WorkshopIndexPage.objects.child_of(home).get(),
                story.get_children().live().first().specific,
            )
            self.say("people")
            policies = people.load_policies(places)
            people.load_borrowers(places)
            accounts.load(places)
            self.say("visits")
            reach.load(today)
            help_requests.load(today, places)
            around = {
                "places": places,
                "models": models,
                "policies": policies,
                "borrowers": stock.borrowers_by_place(),
                "today": today,
            }
            self.say("devices")
            stock.load_small(**around)
            people.load_donations(places, models)
        missing = devices - Device.objects.count()
        if missing > 0:
            self.load_large(missing, loans, around)
        self.stdout.write(f"The demo has {Device.objects.count()} devices.")
        self.stdout.write(f"Accounts: {accounts.accounts_file()}")

    def load_large(self, missing, loans, around):
        """In chunks, so that a run that is stopped goes on where it was."""
        people.load_many_borrowers(Device.objects.count() // 2 + missing // 2, around["places"])
        around = around | {"borrowers": stock.borrowers_by_place()}
        codes = [code for code, place in around["places"].items() if place.is_lending_point]
        plans = stock_plan.large(missing, loans, list(around["models"]), codes)
        total = missing
        stock.Stock(**around).write(
            plans, report=lambda done: self.say(f"devices {done} of {total}")
        )

    def say(self, what):
        self.stdout.write(f"demo: {what}")
        self.stdout.flush()
