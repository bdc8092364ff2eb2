"""A company gives a list of devices: read it, mend it, and only then register it.

Nothing is kept between the steps: the list travels with the page, signed, so that there is nothing
to clean up and nothing to steal. It holds devices, never people.
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
from lending.donations.acceptance import PICK_UP_FROM
from lending.donations.imports.batch import LABELS, check
from lending.donations.imports.sheet import COLUMNS, EXAMPLE, Line, ListRefused, Sheet, read
from lending.donations.models import Donor
from lending.donations.views.donor_form import DonorForm
from lending.donations.views.error_summary import Problem, problems
from lending.donations.views.offer import TRAIL, may_register, registered

DONOR_KINDS = [Donor.Kind.COMPANY, Donor.Kind.ORGANISATION]
SHEET_SALT = "lending.list"
SHEET_MAX_AGE = 3 * 24 * 3600  # seconds that a page with a list may stay open
MAX_SIGNED_LENGTH = 2_000_000  # of the signed list, within what a request may hold
LISTS_PER_HOUR = 60
MAX_ERROR_LINES, MAX_SHOWN_LINES = 40, 100  # lines on the page


@never_cache
@require_http_methods(["GET", "POST"])
def register_list(request):
    if request.method == "GET":
        return render_upload(request)
    types = {type.code: type for type in DeviceType.objects.all()}
    try:
        sheet = read_posted_sheet(request)
        batch = check(
            sheet,
            types=[(type.code, type.name) for type in types.values()],
            this_year=timezone.localdate().year,
        )
        sheet = redact_sheet(sheet, batch)
        carried = sign_sheet(sheet)
    except ListRefused as error:
        return render_upload(request, str(error))
    context = {"sheet": sheet, "batch": batch, "carried": carried, "types": types.values()}
    if not batch.is_clean:
        return render_errors(request, context)
    return confirm_list(request, context, types)


def read_posted_sheet(request):
    """The list that comes with this request: a new file, or the one that went with the page."""
    if "sheet" not in request.POST:
        if not throttle.allow(request, "donation-list", limit=LISTS_PER_HOUR, seconds=3600):
            raise ListRefused(_("Many lists came from here in a short time. Wait an hour."))
        file = request.FILES.get("list")
        if file is None:
            raise ListRefused(_("Choose the file with your list."))
        return read(file)
    try:
        lines, unused = signing.loads(request.POST["sheet"], salt=SHEET_SALT, max_age=SHEET_MAX_AGE)
    except signing.BadSignature as error:
        raise ListRefused(
            _("This page stood open for too long. Choose your list again.")
        ) from error
    sheet = Sheet(
        [Line(number, tuple(cells), bool(more)) for number, more, *cells in lines], unused
    )
    return sheet.mended(parse_corrections(request.POST))


def parse_corrections(data):
    """`{line: {column: text}}` out of the fields `cell-9-type`."""
    found = {}
    for name, text in data.items():
        start, _dash, rest = name.partition("-")
        number, _dash, column = rest.partition("-")
        if start == "cell" and number.isdecimal() and column in COLUMNS:
            found.setdefault(int(number), {})[column] = text
    return found


def sign_sheet(sheet):
    """The list as text for a hidden field."""
    lines = [[line.number, int(line.surplus), *line.cells] for line in sheet.lines]
    text = signing.dumps([lines, sheet.unused], salt=SHEET_SALT, compress=True)
    if len(text) > MAX_SIGNED_LENGTH:
        raise ListRefused(_("There is too much text in this list. Make several lists of it."))
    return text


def redact_sheet(sheet, batch):
    """The sheet with the wrong lines as they are shown again: without what we may not keep."""
    shown = {wrong.line.number: wrong.line for wrong in batch.wrong}
    return Sheet([shown.get(line.number, line) for line in sheet.lines], sheet.unused)


def render_upload(request, error=""):
    context = {"error": error, "columns": EXAMPLE.split(";")}
    return render_page(request, "lending/donations/batch_choose.html", context)


def render_errors(request, context):
    batch = context["batch"]
    shown = batch.wrong[:MAX_ERROR_LINES]
    return render_page(
        request,
        "lending/donations/batch_wrong.html",
        context
        | {
            "wrong": [error_row(wrong, context["types"]) for wrong in shown],
            "more_wrong": len(batch.wrong) - len(shown),
            "right": batch.rows[:MAX_SHOWN_LINES],
            "more_right": len(batch.rows[MAX_SHOWN_LINES:]),
            "labels": LABELS.values(),
            "problems": [
                Problem(
                    _("Line %(line)d, %(column)s: %(text)s")
                    % {"line": error.line, "column": str(error.label).lower(), "text": error.text}
                    if error.column
                    else _("Line %(line)d: %(text)s") % {"line": error.line, "text": error.text},
                    f"cell-{error.line}-{error.column or 'type'}",
                )
                for wrong in shown
                for error in wrong.errors
            ],
        },
    )


def error_row(wrong, types):
    """The cells of a wrong line: which of them can be mended here, and what is wrong with them."""
    texts = {error.column: error.text for error in wrong.errors}
    return {
        "number": wrong.line.number,
        "text": texts.get("", ""),
        "cells": [
            {
                "id": f"cell-{wrong.line.number}-{column}",
                "column": column,
                "label": LABELS[column],
                "value": wrong.line[column],
                "error": texts.get(column, ""),
                "is_open": column in texts or wrong.line.surplus,
                "options": types if column == "type" else (),
            }
            for column in COLUMNS
        ],
    }


def confirm_list(request, context, types):
    """All lines are right: ask who gives them, and register."""
    sent = "register" in request.POST
    form = DonorForm(request.POST if sent else None, kinds=DONOR_KINDS)
    batch = context["batch"]
    if sent and form.is_valid() and may_register(request, form):
        year = timezone.localdate().year
        lines = [line_fields(row, types, year) for row in batch.rows]
        if donation := registered(form, lines):
            return redirect("lending:follow", donation.secret)
    counted = [(types[code].name, count) for code, count in batch.per_type()]
    return render_page(
        request,
        "lending/donations/batch_confirm.html",
        context
        | {
            "form": form,
            "problems": problems(None, form),
            "counted": counted,
            "points": range(len(batch)) if len(batch) <= 60 else (),
            "pick_up": len(batch) >= PICK_UP_FROM,
            "right": batch.rows[:MAX_SHOWN_LINES],
            "more_right": len(batch.rows[MAX_SHOWN_LINES:]),
            "labels": LABELS.values(),
        },
    )


def line_fields(row, types, year):
    return {
        "type": types[row.type],
        "brand": row.brand,
        "model_name": row.model,
        "serial": row.serial,
        "age": row.age(year),
        "works": row.works,
        "charger": row.charger,
    }


def render_page(request, template, context):
    common = {"trail": TRAIL, "crumb": _("Register a list"), "pick_up_from": PICK_UP_FROM}
    return render(request, template, context | common)


@require_safe
def example_list(request):
    """An empty list to fill in, as a Belgian spreadsheet opens it."""
    lines = [
        EXAMPLE,
        "laptop;Lenovo;ThinkPad T480;DEMO-0001;2018;ja;werkt",
        "tablet;Samsung;Galaxy Tab A8;;2021;nee;onbekend",
    ]
    response = HttpResponse(
        "\ufeff" + "\r\n".join(lines) + "\r\n", content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="lijst-toestellen.csv"'
    return response
