"""Borrowers in the admin: listing, inspect view and form."""

from django import forms
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from home.core.admin.base import Button, ScopedCreateView, ScopedInspectView
from lending.core.admin.columns import WIDE
from lending.core.admin.viewsets import OperationFormMixin, QuickListView, StaffModelViewSet
from lending.loans.admin.filters import BorrowerFilterSet
from lending.loans.models import Borrower
from lending.loans.operations import borrowers
from lending.loans.operations.loans import find_refusal


class BorrowerForm(forms.ModelForm):
    """Form with a name, and a phone number or an e-mail address; nothing else is required."""

    class Meta:
        model = Borrower
        fields = ["name", "phone", "email", "postcode", "location"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        }

    def clean_postcode(self):
        postcode = self.cleaned_data["postcode"].strip()
        if postcode and not (len(postcode) == 4 and postcode.isdecimal()):
            raise forms.ValidationError(_("A postcode has four digits."))
        return postcode

    def clean(self):
        data = super().clean()
        can_be_reached = data.get("phone") or data.get("email")
        if not can_be_reached and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Give a phone number or an e-mail address. One is enough."))
        return data


class BorrowerCreateView(OperationFormMixin, ScopedCreateView):
    def operate(self, data, *, user):
        fields = ("name", "phone", "email", "postcode", "location", "language")
        return borrowers.create_borrower(**{name: data[name] for name in fields}, user=user)

    def get_success_message(self, instance):
        return _("The borrower is added, with card %(card)s.") % {"card": instance.card}

    def get_success_url(self):
        return reverse("borrower:inspect", args=[self.object.pk])

    def get_success_buttons(self):
        return []


class BorrowerIndexView(QuickListView):
    default_ordering = "name"

    def get_base_queryset(self):
        rows = super().get_base_queryset().select_related("location")
        return rows.annotate(on_loan=Count("loans", filter=Q(loans__returned_at=None)))

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=gettext_lazy("Name"),
                get_url=lambda borrower: reverse("borrower:inspect", args=[borrower.pk]),
                sort_key="name",
            ),
            Column("card", label=gettext_lazy("Card"), sort_key="card"),
            Column("phone", label=gettext_lazy("Phone"), classname=WIDE),
            Column("email", label=gettext_lazy("E-mail"), classname=WIDE),
            Column("location", label=gettext_lazy("Place"), sort_key="location__name"),
            Column("on_loan", label=gettext_lazy("Has now"), sort_key="on_loan"),
        ]


class BorrowerInspectView(ScopedInspectView):
    page_title = gettext_lazy("Borrower")

    def get_object(self, queryset=None):
        rows = Borrower.objects.visible_to(self.request.user).select_related("location")
        return get_object_or_404(rows, pk=self.pk)

    def get_fields_context(self):
        return []

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.request.user.has_perm("lending.lend_device"):
            url = f"{reverse('desk:index')}?borrower={self.object.card}"
            buttons = [Button(_("To the desk"), url=url, icon_name="desk", priority=5), *buttons]
        return buttons

    def get_context_data(self, **kwargs):
        loans = self.object.loans.visible_to(self.request.user).select_related("device__model")
        return super().get_context_data(**kwargs) | {
            "borrower": self.object,
            "loans": loans[:100],
            "refused": find_refusal(self.object),
        }


class BorrowerViewSet(StaffModelViewSet):
    model = Borrower
    icon = "user"
    menu_label = gettext_lazy("Borrowers")
    url_prefix = "leners"
    form_fields = ["name", "phone", "email", "postcode", "language", "location", "notes"]
    index_view_class = BorrowerIndexView
    add_view_class = BorrowerCreateView
    inspect_view_class = BorrowerInspectView
    inspect_template_name = "lending/loans/admin/borrower_inspect.html"
    filterset_class = BorrowerFilterSet
    search_fields = ["name", "card", "phone", "email"]
    list_export = ["card", "name", "phone", "email", "postcode", "location", "on_loan"]
    export_headings = {"on_loan": gettext_lazy("devices now")}
    export_filename = "leners"

    def get_form_class(self, for_update=False):
        class Meta(BorrowerForm.Meta):
            fields = self.form_fields

        return type("StaffBorrowerForm", (BorrowerForm,), {"Meta": Meta})
