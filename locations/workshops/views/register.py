"""Registering for a workshop on a date: no account, a telephone number is enough."""

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
from locations.workshops.listing.rows import moved_of, state_of
from locations.workshops.models import WorkshopRun
from locations.workshops.models.run import SHOWN_IN_LISTS
from locations.workshops.operations import registrations
from locations.workshops.operations.notifications import lesson, moment
from locations.workshops.views.registration_form import RegistrationForm

PER_HOUR = 40  # a digihelper may do it for many from one address
SHOWN = (*SHOWN_IN_LISTS, *(f"location__{name}" for name in ("street", "number", "postcode")))
PRIVATE = ("name", "phone", "email", "remark")


@sensitive_post_parameters(*PRIVATE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request, run):
    run, now = run_of(run), timezone.now()
    if refused := registrations.refusal(run, now):
        return closed(request, run, refused, now)
    if request.method != "POST":
        form = RegistrationForm(initial={"waits": not run.free})
        return show(request, form, run, now)
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return show(request, form, run, now)
    if not throttle.allow(request, "register", limit=PER_HOUR, seconds=3600):
        form.add_error(
            None, _("Many registrations came from here. Wait an hour and try again, or call us.")
        )
        return show(request, form, run, now, status=429)
    try:
        registration = registrations.register(run, **form.facts())
    except RegistrationClosed as refused:
        return closed(request, run_of(run.pk), refused, now)
    except RunFull:
        form.now_waits()
        form.add_error(
            None,
            _(
                "Somebody else just took the last place. You can stand on the waiting list: "
                "press the button again."
            ),
        )
        run.taken = run.capacity  # the page is about what is so by now
        return show(request, form, run, now)
    except WorkshopError as refused:
        said = [str(refused)]
        if isinstance(refused, AlreadyRegistered):
            said.append(_("Did you lose the link? Call us."))
        form.add_error(None, " ".join(said))
        return show(request, form, run, now)
    return redirect("locations:registration", registration.secret)


def run_of(pk):
    """A run that visitors may read about, with what the page shows; or 404."""
    found = WorkshopRun.objects.published().with_seats().select_related("page", "location")
    run = found.only(*SHOWN).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def show(request, form, run, now, status=200):
    return page(
        request,
        "locations/workshops/registration/form.html",
        run,
        now,
        {
            "form": form,
            "waits": bool(form["waits"].value()) and form["waits"].value() != "False",
            "practice": DigibankSettings.load(),
            "lessons": [lesson(one) for one in run.sessions.all()],
            "state": state_of(run, now),
        },
        status,
    )


def closed(request, run, refused, now):
    """Nobody can register: why, and what then. What was typed is of no use any more."""
    context = {"why": str(refused), "state": state_of(run, now)}
    return page(request, "locations/workshops/registration/closed.html", run, now, context)


def page(request, template, run, now, context, status=200):
    url = page_url(run.page.url_path, get_site_roots())
    context |= {
        "run": run,
        "workshop_url": url,
        "when": moment(run.starts_at),
        "moved": moved_of(run, now),
        "trail": [(run.page.title, url)],
        "crumb": pgettext("workshop", "Register"),
    }
    return render(request, template, context, status=status)
