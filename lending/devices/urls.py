"""Address of the label on a device."""

from django.urls import path

from lending.devices import views

# A QR code in capitals is smaller, so the label has the address in capitals.
urlpatterns = [
    path("t/<str:number>/", views.label_page, name="found"),
    path("T/<str:number>/", views.label_page),
]
