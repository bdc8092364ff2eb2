"""URLs of the locations app, in the order in which they are resolved."""

from django.urls import include, path

app_name = "locations"
urlpatterns = [
    path("", include("locations.brochures.urls")),
    path("", include("locations.helpdesk.urls")),
    path("", include("locations.directory.urls")),
    path("", include("locations.workshops.urls")),
]
