"""Load the demo data: locations, pages, people and devices, once."""

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
from digipunt.demo import locations as demo_locations
from lending.devices.models import Device
from locations.directory.models import LocationIndexPage
from locations.opening_hours.operations import history
from locations.workshops.models import WorkshopIndexPage


class Command(BaseCommand):
    help = "Fill the site with demo data; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--devices", type=int, default=0, help="minimum number of devices")
        parser.add_argument("--loans", type=int, default=0, help="number of past loans")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="date to which the demo data is moved"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there are devices"
        )

    def handle(self, *, devices, loans, today, if_empty, **options):
        if if_empty and Device.objects.exists():
            self.stdout.write("The demo data exists already.")
            return
        today = today or timezone.localdate()
        with translation.override("nl"):
            self.load(today, devices, loans)

    def load(self, today, devices, loans):
        with transaction.atomic():
            self.report("locations")
            locations = demo_locations.load(today)
            self.report("pages")
            home = website.load_home()
            models = catalogue.load_models()
            demo_locations.load_pages(home, today)
            history.record_unreported_changes()
            lending = catalogue.load_pages(home)
            story = website.load_stories(home, today)
            website.load_site_layout(website.load_content(home) | forms.load(home))
            website.finish_home(
                home,
                lending,
                LocationIndexPage.objects.child_of(home).get(),
                WorkshopIndexPage.objects.child_of(home).get(),
                story.get_children().live().first().specific,
            )
            self.report("people")
            policies = people.load_policies(locations)
            people.load_borrowers(locations)
            accounts.load(locations)
            self.report("visits")
            reach.load(today)
            help_requests.load(today, locations)
            shared = {
                "locations": locations,
                "models": models,
                "policies": policies,
                "borrowers": stock.borrowers_by_location(),
                "today": today,
            }
            self.report("devices")
            stock.load_small(**shared)
            people.load_donations(locations, models)
        missing = devices - Device.objects.count()
        if missing > 0:
            self.load_large(missing, loans, shared)
        self.stdout.write(f"The demo has {Device.objects.count()} devices.")
        self.stdout.write(f"Accounts: {accounts.accounts_file()}")

    def load_large(self, missing, loans, shared):
        """Load in chunks, so that an interrupted run continues where it stopped."""
        people.load_many_borrowers(Device.objects.count() // 2 + missing // 2, shared["locations"])
        shared = shared | {"borrowers": stock.borrowers_by_location()}
        locations = shared["locations"].items()
        codes = [code for code, location in locations if location.is_lending_point]
        plans = stock_plan.large(missing, loans, list(shared["models"]), codes)
        total = missing
        stock.Stock(**shared).write(
            plans, report=lambda done: self.report(f"devices {done} of {total}")
        )

    def report(self, step):
        self.stdout.write(f"demo: {step}")
        self.stdout.flush()
