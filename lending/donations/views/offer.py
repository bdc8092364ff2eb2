"""Form with which a donor registers devices, line by line."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.core import throttle
from lending.core.errors import LendingError
from lending.devices.models import DeviceType
from lending.donations.assessment import PICK_UP_FROM
from lending.donations.operations import donations
from lending.donations.views.donor_form import DonorForm
from lending.donations.views.form_problems import list_problems
from lending.donations.views.line_form import LineFormSet

# Per IP address: a volunteer at a digipunt registers devices for many people.
MAX_PER_HOUR = 30
TRAIL = [(pgettext_lazy("site menu", "Give"), "/schenken/")]


@never_cache
@require_http_methods(["GET", "POST"])
def register_devices(request):
    """Show the form, or register the donation and redirect to its page."""
    types = {type.code: type for type in DeviceType.objects.all()}
    if request.method == "GET":
        return render_form(request, DonorForm(), LineFormSet(types=types.values()))
    if "add" in request.POST or "remove" in request.POST:
        return change_lines(request, types)
    donor = DonorForm(request.POST)
    lines = LineFormSet(request.POST, types=types.values())
    if all([lines.is_valid(), donor.is_valid()]) and allow_registration(request, donor):
        rows = [line.line_fields(types) for line in lines.welcome]
        if donation := register_from_form(donor, rows):
            return redirect("lending:follow", donation.secret)
    return render_form(request, donor, lines)


def change_lines(request, types):
    """Render the form with a line added or removed, without validation; the input is kept."""
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
    return render_form(
        request,
        DonorForm(initial=donor.as_typed()),
        lines,
        cut=donor.had_national_number or lines.had_national_number,
    )


def allow_registration(request, form):
    """Return whether this visitor may register another donation now, or add a form error."""
    if throttle.allow(request, "donation", limit=MAX_PER_HOUR, seconds=3600):
        return True
    form.add_error(
        None,
        _(
            "Too many donations were registered from here. Wait an hour, or call us "
            "and we will do it for you."
        ),
    )
    return False


def register_from_form(form, rows):
    """Return the donation, or add a form error and return None."""
    try:
        return donations.register_donation(
            donor=form.donor_fields(),
            lines=rows,
            collection_point=form.chosen_collection_point(),
            declarations=form.declarations(),
            message=form.cleaned_data["message"],
            request_key=form.cleaned_data["request_key"],
        )
    except LendingError as error:
        form.add_error(None, str(error))
        return None


def render_form(request, donor, lines, *, cut=False):
    """Render the page; `cut` is whether a national register number was removed from it."""
    return render(
        request,
        "lending/donations/register.html",
        {
            "form": donor,
            "lines": lines,
            "problems": list_problems(lines, donor),
            "cut": cut,
            "pick_up_from": PICK_UP_FROM,
            "trail": TRAIL,
            "crumb": _("Register"),
        },
    )
