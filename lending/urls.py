"""Public addresses of the app, gathered from its subjects."""

from django.urls import include, path

app_name = "lending"

urlpatterns = [
    path("", include("lending.donations.urls")),
    path("", include("lending.devices.urls")),
]
