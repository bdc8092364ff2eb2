"""The newsletter for visitors: ask for it, say yes from the mailbox, and stop."""

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from home.core import throttle
from home.core.decorators import private_link
from home.core.public_forms import SpamProtectedForm
from home.core.signed_links import ExpiredLink, InvalidLink
from home.newsletter.models import Subscriber
from home.newsletter.models.subscriber import CONFIRM_WITHIN
from home.newsletter.operations import subscribers
from home.pages.models import ContentPage

PER_HOUR = 30  # a digihelper may do it for a whole class from one address
ASKED = "verstuurd"


class SubscribeForm(SpamProtectedForm):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We use it only for this mail."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Fill in your e-mail address."),
            "invalid": gettext_lazy(
                "This is not an e-mail address. Look at it again, for example an@mail.be."
            ),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    if ASKED in request.GET and request.method != "POST":
        return page(request, "look", _("Look in your mail now"))
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if throttle.allow(request, "newsletter", limit=PER_HOUR, seconds=3600):
            subscribers.ask(form.cleaned_data["email"], language=get_language() or "nl")
            return redirect(f"{reverse('newsletter')}?{ASKED}")
        form.add_error(None, _("Many addresses came from here. Wait an hour and try again."))
        status = 429
    words = page_of_editors(request)
    title = words.title if words else _("News of your digipunt")
    return page(request, "ask", title, status=status, form=form, page=words)


def page_of_editors(request):
    """The content page with this address, if there is one: what it says stands around the form."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    here = request.path.strip("/").rpartition("/")[2]
    return ContentPage.objects.child_of(site.root_page).live().filter(slug=here).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def confirm(request, secret):
    """GET asks once more, as programs open links too; POST does it."""
    try:
        subscriber = subscribers.of_link(secret)
    except ExpiredLink:
        return page(request, "old", _("This link is too old"), status=410)
    except InvalidLink:
        return page(request, "wrong", _("This link does not work"), status=404)
    if subscriber is None:
        return page(request, "gone", _("This link was used already"), status=410)
    if request.method == "POST":
        subscribers.confirm(subscriber)
        return redirect("newsletter_confirm", secret)
    if subscriber.is_confirmed:
        return page(request, "done", _("You are subscribed"))
    return page(request, "confirm", _("One more click"), key=subscriber.key)


@csrf_exempt  # a mail program presses the button of RFC 8058, without our cookie
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def stop(request, key):
    key = key.lower()
    if not Subscriber.is_key(key):
        return page(request, "wrong", _("This link does not work"), status=404)
    if request.method == "POST":
        subscribers.stop(key)
        return page(request, "stopped", _("You get no mails any more"))
    return page(request, "stop", _("Do you want to stop?"), key=key)


def page(request, state, title, *, status=200, **context):
    context |= {
        "title": title,
        "days": CONFIRM_WITHIN.days,
        "trail": [],
        "crumb": _("Newsletter"),
    }
    return render(request, f"home/newsletter/{state}.html", context, status=status)
