"""Registration by people who cannot see participants: volunteers on the phone, and referrers.

They see only the registrations that they made themselves.
"""

from django import forms
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from locations.places.access import locations_for
from locations.places.models import Partner
from locations.workshops.admin.participants import (
    TONES,
    PhoneRegistrationForm,
    outcome_sentence,
    run_choice,
)
from locations.workshops.applicants import Origin
from locations.workshops.errors import ConsentMissing, ContactMissing, WorkshopError
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations.registrations import create_registration, registration_refusal

MAX_ROWS = 100


def is_colleague(user):
    """Return whether the user works at a location with visitors; a referrer does not."""
    return user.has_perm("locations.attend_workshoprun")


class ReferralForm(PhoneRegistrationForm):
    """The person and the run; a referrer also gives an organisation and confirms consent."""

    field_order = ["run", "name", "phone", "email", "remark", "partner", "consent"]

    run = forms.ChoiceField(label=gettext_lazy("For which workshop?"))
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Your organisation"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose…"),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("My client agrees that I pass on this name and number"),
        error_messages={
            "required": gettext_lazy("Ask your client first, and tick that the answer is yes.")
        },
    )

    def __init__(self, *args, runs, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.runs = {str(run.pk): run for run in runs}
        choices = [(key, run_choice(run)) for key, run in self.runs.items()]
        self.fields["run"].choices = [("", gettext_lazy("Choose…")), *choices]
        if is_colleague(user):
            del self.fields["partner"], self.fields["consent"]
            return
        partnerships = locations_for(user).values("partnership")
        partners = Partner.objects.filter(partnerships__in=partnerships).distinct()
        self.fields["partner"].queryset = partners

    def clean_run(self):
        """Return the chosen run."""
        return self.runs[self.cleaned_data["run"]]


class ReferralsView(StaffViewMixin, FormView):
    """A short form, and below it the user's own registrations with their state."""

    template_name = "locations/workshops/admin/referrals/referrals.html"
    form_class = ReferralForm

    @cached_property
    def is_colleague(self):
        """Whether the user works at a location with visitors."""
        return is_colleague(self.request.user)

    @property
    def page_title(self):
        """Return the title for a colleague or a referrer."""
        return _("Register somebody") if self.is_colleague else _("Register a client")

    @property
    def source(self):
        """Return the source of the registrations of this user."""
        return Registration.Source.STAFF if self.is_colleague else Registration.Source.REFERRER

    def get_form_kwargs(self):
        """Add the runs to choose from, and the user."""
        return super().get_form_kwargs() | {"runs": self.runs(), "user": self.request.user}

    def get_initial(self):
        """Return the run in the URL, and the organisation of the last registration."""
        last = self.own_registrations().exclude(partner=None).order_by("-pk").first()
        run = self.request.GET.get("workshop", "")[:20]
        return super().get_initial() | {"partner": last and last.partner_id, "run": run}

    def runs(self):
        """Return the runs that this user can register people for."""
        now = timezone.now()
        upcoming = (
            WorkshopRun.objects.visible_to(self.request.user)
            .published()
            .upcoming(now)
            .with_seat_counts()
            .select_related("page", "location")[:MAX_ROWS]
        )
        staff = self.is_colleague
        return [run for run in upcoming if not registration_refusal(run, now, staff=staff)]

    def own_registrations(self):
        """Return the registrations that this user made."""
        return Registration.objects.filter(registered_by=self.request.user, source=self.source)

    def form_valid(self, form):
        """Register the person."""
        data = form.cleaned_data
        origin = Origin(
            self.source,
            user=self.request.user,
            partner=data.get("partner"),
            consent=data.get("consent", False),
            request_key=data["request_key"],
        )
        try:
            registration = create_registration(data["run"], form.applicant(), origin)
        except WorkshopError as error:
            fields = {ContactMissing: "phone", ConsentMissing: "consent"}
            form.add_error(fields.get(type(error)), str(error))
            return self.form_invalid(form)
        messages.success(self.request, outcome_sentence(registration))
        return redirect("referrals:index")

    def get_context_data(self, **kwargs):
        """Add the user's own registrations."""
        rows = (
            self.own_registrations()
            .select_related("run__page", "run__location")
            .order_by("-pk")[:MAX_ROWS]
        )
        for row in rows:
            row.tone = TONES[row.state]
        context = {"rows": rows, "is_colleague": self.is_colleague}
        return super().get_context_data(**kwargs) | context


class ReferralViewSet(ScreenViewSet):
    """The screen to register people without seeing the participants."""

    model = Registration
    permission_required = "add"
    name = "referrals"
    url_prefix = "doorverwijzen"
    icon = "user"
    menu_label = gettext_lazy("Register somebody")

    @cached_property
    def menu_item_class(self):
        """The class of the menu item, which depends on permissions."""

        class ReferralMenuItem(MenuItem):
            """A menu item for users who cannot see participants."""

            def is_shown(self, request):
                user = request.user
                return user.has_perm("locations.add_registration") and not user.has_perm(
                    "locations.register_workshoprun"
                )

        return ReferralMenuItem

    def get_urlpatterns(self):
        """Return the URL of the screen."""
        return [path("", self.construct_view(ReferralsView), name="index")]
