"""Registering for who may not see lists of people: a volunteer on the phone, or a referrer.

One sees what became of those whom one registered, and of nobody else.
"""

from functools import partial

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
from locations.workshops.admin.participants import TONES, PhoneInForm, named, said
from locations.workshops.errors import ConsentMissing, NobodyToReach, WorkshopError
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations

MOST = 100


def is_colleague(user):
    """Who works in the place with visitors; a referrer does not."""
    return user.has_perm("locations.attend_workshoprun")


class ReferralForm(PhoneInForm):
    """The person whom it is about has to know; on the phone with a colleague, that is so."""

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
        choices = [(key, named(run)) for key, run in self.runs.items()]
        self.fields["run"].choices = [("", gettext_lazy("Choose…")), *choices]
        if is_colleague(user):
            del self.fields["partner"], self.fields["consent"]
            return
        mine = locations_for(user).values("partnership")
        self.fields["partner"].queryset = Partner.objects.filter(partnerships__in=mine).distinct()

    def clean_run(self):
        return self.runs[self.cleaned_data["run"]]


class ReferralsView(StaffViewMixin, FormView):
    """A short form, and below it one's own registrations with one word on each."""

    template_name = "locations/workshops/admin/referrals/referrals.html"
    form_class = ReferralForm

    @cached_property
    def is_colleague(self):
        return is_colleague(self.request.user)

    @property
    def page_title(self):
        return _("Register somebody") if self.is_colleague else _("Register a client")

    @property
    def source(self):
        return Registration.Source.STAFF if self.is_colleague else Registration.Source.REFERRER

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"runs": self.runs(), "user": self.request.user}

    def get_initial(self):
        """The workshop that one comes from, and the organisation of last time."""
        last = self.mine().exclude(partner=None).order_by("-pk").first()
        run = self.request.GET.get("workshop", "")[:20]
        return super().get_initial() | {"partner": last and last.partner_id, "run": run}

    def runs(self):
        now = timezone.now()
        coming = (
            WorkshopRun.objects.visible_to(self.request.user)
            .published()
            .coming(now)
            .with_seats()
            .select_related("page", "location")[:MOST]
        )
        refusal = partial(registrations.refusal, now=now, staff=self.is_colleague)
        return [run for run in coming if not refusal(run)]

    def mine(self):
        return Registration.objects.filter(registered_by=self.request.user, source=self.source)

    def form_valid(self, form):
        asked = form.cleaned_data
        run = asked.pop("run")
        try:
            registration = registrations.register(
                run, **asked, source=self.source, user=self.request.user
            )
        except WorkshopError as error:
            fields = {NobodyToReach: "phone", ConsentMissing: "consent"}
            form.add_error(fields.get(type(error)), str(error))
            return self.form_invalid(form)
        messages.success(self.request, said(registration))
        return redirect("referrals:index")

    def get_context_data(self, **kwargs):
        rows = self.mine().select_related("run__page", "run__location").order_by("-pk")[:MOST]
        for row in rows:
            row.tone = TONES[row.state]
        more = {"rows": rows, "is_colleague": self.is_colleague}
        return super().get_context_data(**kwargs) | more


class ReferralViewSet(ScreenViewSet):
    model = Registration
    permission_required = "add"
    name = "referrals"
    url_prefix = "doorverwijzen"
    icon = "user"
    menu_label = gettext_lazy("Register somebody")

    @cached_property
    def menu_item_class(self):
        class ReferralMenuItem(MenuItem):
            """For who sees no lists of people: others register people in these."""

            def is_shown(self, request):
                user = request.user
                return user.has_perm("locations.add_registration") and not user.has_perm(
                    "locations.register_workshoprun"
                )

        return ReferralMenuItem

    def get_urlpatterns(self):
        return [path("", self.construct_view(ReferralsView), name="index")]
