"""Registration of a list of devices: upload, correct, confirm.

Nothing is stored between the steps: the signed list is a hidden field of the page. It contains
devices, never people.
"""

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from home.core import throttle
from lending.devices.models import DeviceType
from lending.donations.assessment import PICK_UP_FROM
from lending.donations.imports.batch import COLUMN_LABELS, validate_sheet
from lending.donations.imports.sheet import (
    COLUMNS,
    EXAMPLE_HEADINGS,
    InvalidSheet,
    Line,
    Sheet,
    read_sheet,
)
from lending.donations.models import Donor
from lending.donations.views.donor_form import DonorForm
from lending.donations.views.form_problems import FormProblem, list_problems
from lending.donations.views.offer import TRAIL, allow_registration, register_from_form

DONOR_KINDS = [Donor.Kind.COMPANY, Donor.Kind.ORGANISATION]
SHEET_SALT = "lending.list"
SHEET_MAX_AGE = 3 * 24 * 3600  # seconds, for which a page with a list may stay open
MAX_SIGNED_LENGTH = 2_000_000  # of the signed list, within the limit of a request
LISTS_PER_HOUR = 60
MAX_ERROR_LINES, MAX_SHOWN_LINES = 40, 100  # lines on the page


@never_cache
@require_http_methods(["GET", "POST"])
def register_list(request):
    """Show the step that the list is in, or register its donation."""
    if request.method == "GET":
        return render_upload(request)
    types = {type.code: type for type in DeviceType.objects.all()}
    try:
        sheet = read_posted_sheet(request)
        batch = validate_sheet(
            sheet,
            types=[(type.code, type.name) for type in types.values()],
            this_year=timezone.localdate().year,
        )
        sheet = redact_sheet(sheet, batch)
        signed_sheet = sign_sheet(sheet)
    except InvalidSheet as error:
        return render_upload(request, str(error))
    context = {
        "sheet": sheet,
        "batch": batch,
        "signed_sheet": signed_sheet,
        "types": types.values(),
    }
    if not batch.is_valid:
        return render_errors(request, context)
    return confirm_list(request, context, types)


def read_posted_sheet(request):
    """Return the uploaded list, or that of the page with its corrections; raise InvalidSheet."""
    if "sheet" not in request.POST:
        if not throttle.allow(request, "donation-list", limit=LISTS_PER_HOUR, seconds=3600):
            raise InvalidSheet(_("Too many lists were sent from here. Wait an hour."))
        file = request.FILES.get("list")
        if file is None:
            raise InvalidSheet(_("Choose the file with your list."))
        return read_sheet(file)
    try:
        lines, unused = signing.loads(request.POST["sheet"], salt=SHEET_SALT, max_age=SHEET_MAX_AGE)
    except signing.BadSignature as error:
        raise InvalidSheet(_("This page was open for too long. Choose your list again.")) from error
    sheet = Sheet(
        [Line(number, tuple(cells), bool(more)) for number, more, *cells in lines], unused
    )
    return sheet.with_corrections(parse_corrections(request.POST))


def parse_corrections(data):
    """Return {line: {column: text}} from the posted fields, such as `cell-9-type`."""
    corrections = {}
    for name, text in data.items():
        start, _dash, rest = name.partition("-")
        number, _dash, column = rest.partition("-")
        if start == "cell" and number.isdecimal() and column in COLUMNS:
            corrections.setdefault(int(number), {})[column] = text
    return corrections


def sign_sheet(sheet):
    """Return the list as signed text; raise InvalidSheet if it is too long."""
    lines = [[line.number, int(line.surplus), *line.cells] for line in sheet.lines]
    text = signing.dumps([lines, sheet.unused], salt=SHEET_SALT, compress=True)
    if len(text) > MAX_SIGNED_LENGTH:
        raise InvalidSheet(_("There is too much text in this list. Split it into several lists."))
    return text


def redact_sheet(sheet, batch):
    """Return the sheet without the national register numbers in its invalid lines."""
    redacted = {invalid.line.number: invalid.line for invalid in batch.invalid_lines}
    return Sheet([redacted.get(line.number, line) for line in sheet.lines], sheet.unused)


def render_upload(request, error=""):
    """Render the first step."""
    context = {"error": error, "columns": EXAMPLE_HEADINGS.split(";")}
    return render_page(request, "lending/donations/batch_choose.html", context)


def render_errors(request, context):
    """Render the invalid lines, to be corrected."""
    batch = context["batch"]
    shown = batch.invalid_lines[:MAX_ERROR_LINES]
    return render_page(
        request,
        "lending/donations/batch_wrong.html",
        context
        | {
            "invalid_lines": [error_row(invalid, context["types"]) for invalid in shown],
            "more_invalid": len(batch.invalid_lines) - len(shown),
            "valid_devices": batch.devices[:MAX_SHOWN_LINES],
            "more_valid": len(batch.devices[MAX_SHOWN_LINES:]),
            "labels": COLUMN_LABELS.values(),
            "problems": [
                FormProblem(
                    _("Line %(line)d, %(column)s: %(text)s")
                    % {"line": error.line, "column": str(error.label).lower(), "text": error.text}
                    if error.column
                    else _("Line %(line)d: %(text)s") % {"line": error.line, "text": error.text},
                    f"cell-{error.line}-{error.column or 'type'}",
                )
                for invalid in shown
                for error in invalid.errors
            ],
        },
    )


def error_row(invalid, types):
    """Return the cells of an invalid line, with their errors and whether they can be corrected."""
    texts = {error.column: error.text for error in invalid.errors}
    return {
        "number": invalid.line.number,
        "text": texts.get("", ""),
        "cells": [
            {
                "id": f"cell-{invalid.line.number}-{column}",
                "column": column,
                "label": COLUMN_LABELS[column],
                "value": invalid.line[column],
                "error": texts.get(column, ""),
                "is_open": column in texts or invalid.line.surplus,
                "options": types if column == "type" else (),
            }
            for column in COLUMNS
        ],
    }


def confirm_list(request, context, types):
    """Show the valid list with the form about the donor, or register the donation."""
    is_posted = "register" in request.POST
    form = DonorForm(request.POST if is_posted else None, kinds=DONOR_KINDS)
    batch = context["batch"]
    if is_posted and form.is_valid() and allow_registration(request, form):
        year = timezone.localdate().year
        lines = [line_fields(device, types, year) for device in batch.devices]
        if donation := register_from_form(form, lines):
            return redirect("lending:follow", donation.secret)
    counts = [(types[code].name, count) for code, count in batch.per_type()]
    return render_page(
        request,
        "lending/donations/batch_confirm.html",
        context
        | {
            "form": form,
            "problems": list_problems(None, form),
            "counts": counts,
            "points": range(len(batch)) if len(batch) <= 60 else (),
            "pick_up": len(batch) >= PICK_UP_FROM,
            "valid_devices": batch.devices[:MAX_SHOWN_LINES],
            "more_valid": len(batch.devices[MAX_SHOWN_LINES:]),
            "labels": COLUMN_LABELS.values(),
        },
    )


def line_fields(device, types, year):
    """Return the fields of a DonationLine."""
    return {
        "type": types[device.type],
        "brand": device.brand,
        "model_name": device.model,
        "serial": device.serial,
        "age": device.age(year),
        "works": device.works,
        "charger": device.charger,
    }


def render_page(request, template, context):
    """Render a step with what all steps need."""
    common = {"trail": TRAIL, "crumb": _("Register a list"), "pick_up_from": PICK_UP_FROM}
    return render(request, template, context | common)


@require_safe
def example_list(request):
    """Return an example list as a CSV file that a Belgian spreadsheet opens."""
    lines = [
        EXAMPLE_HEADINGS,
        "laptop;Lenovo;ThinkPad T480;DEMO-0001;2018;ja;werkt",
        "tablet;Samsung;Galaxy Tab A8;;2021;nee;onbekend",
    ]
    response = HttpResponse(
        "\ufeff" + "\r\n".join(lines) + "\r\n", content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="lijst-toestellen.csv"'
    return response
