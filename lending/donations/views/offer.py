"""Registering devices that somebody gives away, line by line."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.core import throttle
from lending.core.errors import LendingError
from lending.devices.models import DeviceType
from lending.donations.acceptance import PICK_UP_FROM
from lending.donations.operations import donations
from lending.donations.views.donor_form import DonorForm
from lending.donations.views.error_summary import problems
from lending.donations.views.line_forms import LineFormSet

# Whoever helps others at a digipunt registers for many people from one address.
PER_HOUR = 30
TRAIL = [(pgettext_lazy("site menu", "Give"), "/schenken/")]


@never_cache
@require_http_methods(["GET", "POST"])
def register(request):
    types = {type.code: type for type in DeviceType.objects.all()}
    if request.method == "GET":
        return page(request, DonorForm(), LineFormSet(types=types.values()))
    if "add" in request.POST or "remove" in request.POST:
        return with_other_lines(request, types)
    donor = DonorForm(request.POST)
    lines = LineFormSet(request.POST, types=types.values())
    if all([lines.is_valid(), donor.is_valid()]) and may_register(request, donor):
        rows = [line.as_line(types) for line in lines.welcome]
        if donation := registered(donor, rows):
            return redirect("lending:follow", donation.secret)
    return page(request, donor, lines)


def with_other_lines(request, types):
    """The same page with a line more or less; nothing is judged, and all that was typed stays."""
    donor = DonorForm(request.POST)
    removed = request.POST.get("remove", "")
    lines = LineFormSet.as_typed(
        request.POST,
        types=types.values(),
        add=int("add" in request.POST),
        remove=int(removed) if removed.isdecimal() else None,
    )
    if "add" in request.POST:
        lines.forms[-1].fields["type"].widget.attrs["autofocus"] = True
    return page(
        request,
        DonorForm(initial=donor.as_typed()),
        lines,
        cut=donor.held_number or lines.held_number,
    )


def may_register(request, form):
    """Whether this visitor may register once more now; if not, the form says so."""
    if throttle.allow(request, "donation", limit=PER_HOUR, seconds=3600):
        return True
    form.add_error(
        None,
        _(
            "Many donations were registered from here in a short time. "
            "Wait an hour, or call us: we do it for you."
        ),
    )
    return False


def registered(form, rows):
    """The donation, or None when the form now says why not."""
    try:
        return donations.register_donation(
            donor=form.donor(),
            lines=rows,
            collection_point=form.place(),
            declarations=form.declarations(),
            message=form.cleaned_data["message"],
            request_key=form.cleaned_data["request_key"],
        )
    except LendingError as error:
        form.add_error(None, str(error))
        return None


def page(request, donor, lines, *, cut=False):
    return render(
        request,
        "lending/donations/register.html",
        {
            "form": donor,
            "lines": lines,
            "problems": problems(lines, donor),
            "cut": cut,
            "pick_up_from": PICK_UP_FROM,
            "trail": TRAIL,
            "crumb": _("Register"),
        },
    )
