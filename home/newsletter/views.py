"""Views to subscribe to the newsletter, confirm, and unsubscribe."""

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

PER_HOUR = 30  # a helper may subscribe a whole class from one IP address
SENT = "verstuurd"


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
def subscribe_page(request):
    """Ask for an address and send it a request to confirm."""
    if SENT in request.GET and request.method != "POST":
        return _render(request, "check_mail", _("Check your mail now"))
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if throttle.allow(request, "newsletter", limit=PER_HOUR, seconds=3600):
            subscribers.request_subscription(
                form.cleaned_data["email"], language=get_language() or "nl"
            )
            return redirect(f"{reverse('newsletter')}?{SENT}")
        form.add_error(
            None, _("Many addresses were sent from this network. Wait an hour and try again.")
        )
        status = 429
    content_page = get_content_page(request)
    title = content_page.title if content_page else _("News of your digipunt")
    return _render(request, "subscribe", title, status=status, form=form, page=content_page)


def get_content_page(request):
    """Return the content page at this URL, whose text surrounds the form, or None."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    slug = request.path.strip("/").rpartition("/")[2]
    return ContentPage.objects.child_of(site.root_page).live().filter(slug=slug).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def confirm_page(request, secret):
    """Ask for confirmation on GET, because mail scanners open links; confirm on POST."""
    try:
        subscriber = subscribers.get_subscriber_by_link(secret)
    except ExpiredLink:
        return _render(request, "expired_link", _("This link is too old"), status=410)
    except InvalidLink:
        return _render(request, "invalid_link", _("This link does not work"), status=404)
    if subscriber is None:
        return _render(request, "used_link", _("This link has already been used"), status=410)
    if request.method == "POST":
        subscribers.confirm_subscription(subscriber)
        return redirect("newsletter_confirm", secret)
    if subscriber.is_confirmed:
        return _render(request, "subscribed", _("You are subscribed"))
    return _render(request, "confirm", _("One more click"), key=subscriber.key)


@csrf_exempt  # mail programs send the one-click POST of RFC 8058 without our cookie
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def unsubscribe_page(request, key):
    """Ask for confirmation on GET, and unsubscribe on POST."""
    key = key.lower()
    if not Subscriber.is_valid_key(key):
        return _render(request, "invalid_link", _("This link does not work"), status=404)
    if request.method == "POST":
        subscribers.unsubscribe(key)
        return _render(request, "unsubscribed", _("You will get no more mails"))
    return _render(request, "unsubscribe", _("Do you want to stop?"), key=key)


def _render(request, state, title, *, status=200, **context):
    context |= {
        "title": title,
        "days": CONFIRM_WITHIN.days,
        "trail": [],
        "crumb": _("Newsletter"),
    }
    return render(request, f"home/newsletter/{state}.html", context, status=status)
