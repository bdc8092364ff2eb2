"""URL of a brochure on paper; the brochure itself is a page."""

from django.urls import path

from locations.brochures.views import brochure_document

urlpatterns = [
    path("<path:where>brochure-<slug:paper>.pdf", brochure_document, name="brochure_pdf"),
]
