"""Admin screens of brochures: print them, store an edition, print an old edition again."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from home.documents.rendering import DocumentError
from locations.brochures.documents import FORMATS, brochure_pdf
from locations.brochures.models import BrochureEdition, BrochurePage
from locations.brochures.operations import make_edition
from locations.brochures.views import brochure_response
from locations.places.access import locations_for

LATEST_FIRST = ("-year", "title", "pk")
FORMAT_NAMES = {
    "a4": gettext_lazy("A4"),
    "a5": gettext_lazy("A5"),
    "boekje": gettext_lazy("Booklet"),
}


def brochures_for(user):
    """Return the brochures, drafts too, of the partnerships for which a user works."""
    partnerships = locations_for(user).order_by().values("partnership")
    return BrochurePage.objects.filter(partnership__in=partnerships).select_related("partnership")


class BrochuresView(StaffViewMixin, TemplateView):
    """List of brochures and their editions."""

    template_name = "locations/brochures/admin/brochures.html"
    page_title = gettext_lazy("Brochures")

    def get_context_data(self, **kwargs):
        editions = BrochureEdition.objects.defer("data").select_related("made_by")
        brochures = brochures_for(self.request.user).order_by(*LATEST_FIRST)
        return super().get_context_data(**kwargs) | {
            "brochures": brochures.prefetch_related(Prefetch("editions", editions)),
            "papers": FORMAT_NAMES.items(),
            "may_make": self.user_has_permission("add"),
        }


class MakeEditionView(StaffViewMixin, View):
    """Store the present content of a brochure as its next edition."""

    http_method_names = ["post"]

    def post(self, request, pk):
        page = get_object_or_404(brochures_for(request.user), pk=pk)
        edition = make_edition(page, url=page.get_full_url(request), user=request.user)
        message = _("Edition %(number)s of %(brochure)s is kept. It can be printed at any time.")
        messages.success(request, message % {"number": edition.number, "brochure": page.title})
        return redirect("brochures:index")


class EditionView(StaffViewMixin, View):
    """PDF of an edition, with the content of when it was stored."""

    def get(self, request, pk, paper):
        if paper not in FORMATS:
            raise Http404
        editions = BrochureEdition.objects.visible_to(request.user).select_related("page")
        edition = get_object_or_404(editions, pk=pk)
        try:
            pdf = brochure_pdf(edition.data, paper, timestamp=edition.made_at)
        except DocumentError as error:
            messages.error(request, str(error))
            return redirect("brochures:index")
        return brochure_response(pdf, f"{edition.page.slug}-{edition.number}-{paper}")


class BrochuresViewSet(ScreenViewSet):
    """URLs and menu item of the screens of brochures."""

    model = BrochureEdition
    permission_required = "view"
    name = "brochures"
    url_prefix = "brochures"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Brochures")

    def get_urlpatterns(self):
        make = self.construct_view(MakeEditionView, permission_required="add")
        return [
            path("", self.construct_view(BrochuresView), name="index"),
            path("<int:pk>/uitgave/", make, name="make"),
            path(
                "uitgaven/<int:pk>/<slug:paper>.pdf", self.construct_view(EditionView), name="paper"
            ),
        ]
