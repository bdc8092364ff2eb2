"""The public registration form of a run."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from home.core import throttle
from home.pages.site_layout import get_site_roots, page_url
from locations.core.models import DigibankSettings
from locations.workshops.errors import AlreadyRegistered, RegistrationClosed, RunFull, WorkshopError
from locations.workshops.formats import day_and_hours, moment_in_sentence
from locations.workshops.listing.rows import moved_label, run_status
from locations.workshops.models import WorkshopRun
from locations.workshops.models.run import LIST_FIELDS
from locations.workshops.operations.registrations import create_registration, registration_refusal
from locations.workshops.views.registration_form import RegistrationForm

MAX_PER_HOUR = 40  # a helper may register many people from one IP address
RUN_FIELDS = (*LIST_FIELDS, *(f"location__{name}" for name in ("street", "number", "postcode")))
PRIVATE = ("name", "phone", "email", "remark")


@sensitive_post_parameters(*PRIVATE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, run):
    """Show the form; POST registers the person, or puts them on the waiting list."""
    run, now = _published_run(run), timezone.now()
    if error := registration_refusal(run, now):
        return _closed(request, run, error, now)
    if request.method != "POST":
        form = RegistrationForm(initial={"waits": not run.free_seats})
        return _show_form(request, form, run, now)
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return _show_form(request, form, run, now)
    if not throttle.allow(request, "register", limit=MAX_PER_HOUR, seconds=3600):
        form.add_error(
            None,
            _(
                "There were many registrations from your network. Wait an hour "
                "and try again, or call us."
            ),
        )
        return _show_form(request, form, run, now, status=429)
    try:
        registration = create_registration(
            run, form.applicant(), form.registration_origin(), wait=form.cleaned_data["waits"]
        )
    except RegistrationClosed as error:
        return _closed(request, _published_run(run.pk), error, now)
    except RunFull:
        form.offer_waiting_list()
        form.add_error(
            None,
            _(
                "Somebody else just took the last seat. You can join the waiting "
                "list: press the button again."
            ),
        )
        run.taken = run.capacity  # the page shows the run as it is now
        return _show_form(request, form, run, now)
    except WorkshopError as error:
        sentences = [str(error)]
        if isinstance(error, AlreadyRegistered):
            sentences.append(_("Lost your link? Call us."))
        form.add_error(None, " ".join(sentences))
        return _show_form(request, form, run, now)
    return redirect("locations:registration", registration.secret)


def _published_run(pk):
    """Return a run that visitors can see, with everything the page shows; or raise Http404."""
    runs = WorkshopRun.objects.published().with_seat_counts().select_related("page", "location")
    run = runs.only(*RUN_FIELDS).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def _show_form(request, form, run, now, status=200):
    return _render(
        request,
        "locations/workshops/registration/form.html",
        run,
        now,
        {
            "form": form,
            "waits": bool(form["waits"].value()) and form["waits"].value() != "False",
            "digibank_settings": DigibankSettings.load(),
            "lessons": [day_and_hours(session) for session in run.sessions.all()],
            "state": run_status(run, now),
        },
        status,
    )


def _closed(request, run, error, now):
    """Explain why nobody can register, and what to do instead."""
    context = {"why": str(error), "state": run_status(run, now)}
    return _render(request, "locations/workshops/registration/closed.html", run, now, context)


def _render(request, template, run, now, context, status=200):
    url = page_url(run.page.url_path, get_site_roots())
    context |= {
        "run": run,
        "workshop_url": url,
        "when": moment_in_sentence(run.starts_at),
        "moved": moved_label(run, now),
        "trail": [(run.page.title, url)],
        "crumb": pgettext("workshop", "Register"),
    }
    return render(request, template, context, status=status)
