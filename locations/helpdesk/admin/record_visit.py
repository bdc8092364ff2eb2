"""Admin screen to record a visit, made for a phone."""

import uuid
from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, View
from wagtail.admin import messages

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.core.phone import PhoneField
from home.core.public_forms import PublicForm
from locations.core.models import Audience, Topic
from locations.helpdesk.errors import HelpdeskError
from locations.helpdesk.models import Visit
from locations.helpdesk.operations import visits
from locations.places.access import locations_for
from locations.places.models import Location

MINUTES = (5, 15, 30, 60)
OTHER = "other"
MIN_CARD_LENGTH = 4
Outcome = Visit.Outcome


def digipunten_for(user):
    """Return the digipunten for which a user works."""
    return locations_for(user).digipunten().order_by("name")


class VisitForm(PublicForm):
    """A visit, and the question that it may leave open."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Place"), queryset=Location.objects.none(), empty_label=None
    )
    minutes = forms.ChoiceField(
        label=gettext_lazy("How many minutes?"),
        choices=[
            *((str(minutes), str(minutes)) for minutes in MINUTES),
            (OTHER, pgettext_lazy("minutes", "Other")),
        ],
        widget=forms.RadioSelect,
        initial="15",
    )
    other_minutes = forms.IntegerField(
        label=gettext_lazy("Number of minutes"),
        min_value=1,
        max_value=480,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Fill in how many minutes it took.")},
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("What was it about?"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        initial=Outcome.HELPED,
    )
    question = forms.CharField(
        label=gettext_lazy("Which question is still open?"),
        help_text=gettext_lazy("It goes on the list of your team."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write down the question that is still open.")},
    )
    name = forms.CharField(label=gettext_lazy("Name, to call back"), max_length=80, required=False)
    phone = PhoneField(label=gettext_lazy("Telephone, to call back"), required=False)
    audience = forms.ModelChoiceField(
        label=gettext_lazy("Target group"),
        queryset=Audience.objects.none(),
        required=False,
        empty_label=gettext_lazy("I do not know"),
    )
    card = forms.CharField(
        label=gettext_lazy("Card code"),
        help_text=gettext_lazy(
            "A code that the visitor chose, and no name. We do not keep it: we only see that the "
            "same card was here before."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.locations = list(digipunten_for(user))
        field = self.fields["location"]
        field.queryset = digipunten_for(user)
        field.choices = [(location.pk, location.name) for location in self.locations]
        self.fields["topics"].queryset = Topic.objects.offered()
        self.fields["audience"].queryset = Audience.objects.offered()
        self.fields["request_key"].initial = uuid.uuid4
        if self.is_bound:
            self.fields["question"].required = self.data.get("outcome") == Outcome.OPEN
            self.fields["other_minutes"].required = self.data.get("minutes") == OTHER

    def clean_request_key(self):
        return self.cleaned_data["request_key"] or uuid.uuid4()

    def clean_card(self):
        code = self.cleaned_data["card"]
        if code and sum(letter.isalnum() for letter in code) < MIN_CARD_LENGTH:
            text = _("A card code has %(count)s letters or figures at least, or leave it empty.")
            raise ValidationError(text % {"count": MIN_CARD_LENGTH})
        return code

    def visit_fields(self):
        """Return the arguments of `record_visit`."""
        data = self.cleaned_data
        names = ["request_key", "topics", "outcome", "audience", "card"]
        if data["outcome"] == Outcome.OPEN:
            names += ["question", "name", "phone"]
        minutes = data["other_minutes"] if data["minutes"] == OTHER else int(data["minutes"])
        return {name: data[name] for name in names} | {"minutes": minutes}


def start_of_day(now):
    """Return the moment at which the day of `now` started."""
    return timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))


@method_decorator(sensitive_post_parameters("card", "question", "name", "phone"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class RecordVisitView(StaffViewMixin, FormView):
    """Form that records a visit and is empty again for the next."""

    template_name = "locations/helpdesk/admin/record_visit.html"
    page_title = gettext_lazy("Note a visit")
    form_class = VisitForm
    success_url = reverse_lazy("record_visit:index")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    @cached_property
    def last_visit(self):
        return visits.last_visit_today(self.request.user)

    def get_initial(self):
        own_visits = Visit.objects.filter(logged_by=self.request.user).visible_to(self.request.user)
        locations = own_visits.order_by("-created_at", "-pk").values_list("location", flat=True)
        location = locations.first()
        return {"location": location} if location else {}

    def form_valid(self, form):
        location = form.cleaned_data["location"]
        try:
            visits.record_visit(location, user=self.request.user, **form.visit_fields())
        except HelpdeskError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        today = start_of_day(timezone.now())
        count = Visit.objects.filter(location=location, visited_at__gte=today).count()
        message = ngettext(
            "Noted. %(count)s visit today in %(place)s.",
            "Noted. %(count)s visits today in %(place)s.",
            count,
        )
        messages.success(self.request, message % {"count": count, "place": location.name})
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        has_optional_errors = form.is_bound and bool({"audience", "card"} & {*form.errors})
        return context | {"last_visit": self.last_visit, "is_expanded": has_optional_errors}


class UndoVisitView(StaffViewMixin, View):
    """Delete the visit that the user recorded last."""

    http_method_names = ["post"]

    def post(self, request, pk):
        visit = get_object_or_404(Visit.objects.visible_to(request.user), pk=pk)
        try:
            visits.undo_visit(visit, user=request.user)
        except HelpdeskError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("That visit is taken back."))
        return redirect("record_visit:index")


class RecordVisitViewSet(ScreenViewSet):
    """URLs and menu item of the screen to record a visit."""

    model = Visit
    permission_required = "add"
    name = "record_visit"
    url_prefix = "bezoek-noteren"
    icon = "plus-inverse"
    menu_label = gettext_lazy("Note a visit")

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(RecordVisitView), name="index"),
            path("<int:pk>/terugnemen/", self.construct_view(UndoVisitView), name="undo"),
        ]
