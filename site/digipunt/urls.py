"""URLs of the site; Wagtail serves every path that is not listed here."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from digipunt.media import serve_image
from locations.core.admin.site_history import site_history, site_history_results
from search.views import search_page

urlpatterns = [
    path("beheer/reports/site-history/", site_history, name="site_history"),
    path("beheer/reports/site-history/results/", site_history_results, name="site_history_results"),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", serve_image, name="image"),
    path("zoeken/", search_page, name="search"),
    path("", include("lending.urls")),
    path("", include("locations.urls")),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]

handler500 = "digipunt.error_views.server_error"
