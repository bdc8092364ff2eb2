"""The answers to a form in the admin: one by one, and added up. Only for who may read them."""

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
from home.forms.results import results

READ = "home.view_submission"


def only_for_readers(user, forms):
    """Who may change a page may not read what people wrote to us through it."""
    return forms if user.has_perm(READ) else forms.none()


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
        mine = get_forms_for_user(self.request.user).filter(pk=self.kwargs["pk"])
        page = FormPage.objects.filter(pk__in=mine.values("pk")).first()
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
            "results": results(self.form_page, to_share=to_share),
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
