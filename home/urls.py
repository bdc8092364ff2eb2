"""URLs of the app home that are not pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("home.newsletter.urls")),
    path("", include("home.pages.urls")),
]
