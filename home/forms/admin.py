"""The answers to forms in the admin: a list of submissions, and their results."""

from django.http import Http404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.contrib.forms.utils import get_forms_for_user
from wagtail.contrib.forms.views import SubmissionsListView

from home.core.admin.base import SafeExportMixin, ScreenViewSet, StaffViewMixin
from home.forms.models import FormPage, Submission
from home.forms.results import get_results

VIEW_PERMISSION = "home.view_submission"


def filter_readable_forms(user, forms):
    """Return the forms whose answers this user may read; editing the page is not enough."""
    return forms if user.has_perm(VIEW_PERMISSION) else forms.none()


class AnswersListView(SafeExportMixin, SubmissionsListView):
    page_title = gettext_lazy("Answers")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for row in context.get("data_rows", ()):
            row["fields"] = ["" if cell is None else cell for cell in row["fields"]]
        return context

    @cached_property
    def header_buttons(self):
        url = reverse("form_results:results", args=[self.form_page.pk])
        return [HeaderButton(_("Results"), url=url, icon_name="order")]


class ResultsView(StaffViewMixin, TemplateView):
    template_name = "home/forms/admin/form_results.html"
    page_title = gettext_lazy("Results")

    @cached_property
    def form_page(self):
        forms = get_forms_for_user(self.request.user).filter(pk=self.kwargs["pk"])
        page = FormPage.objects.filter(pk__in=forms.values("pk")).first()
        if page is None:
            raise Http404
        return page

    def get_page_subtitle(self):
        return self.form_page.title

    def get_breadcrumbs_items(self):
        answers = reverse("wagtailforms:list_submissions", args=[self.form_page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailforms:index"), "label": _("Forms")},
            {"url": answers, "label": self.form_page.title},
            {"url": "", "label": _("Results")},
        ]

    def get_context_data(self, **kwargs):
        to_share = "delen" in self.request.GET
        return super().get_context_data(**kwargs) | {
            "form_page": self.form_page,
            "results": get_results(self.form_page, to_share=to_share),
            "to_share": to_share,
        }


class ResultsViewSet(ScreenViewSet):
    model = Submission
    permission_required = "view"
    name = "form_results"
    url_prefix = "formulieren"
    icon = "form"

    def get_urlpatterns(self):
        return [path("<int:pk>/", self.construct_view(ResultsView), name="results")]
