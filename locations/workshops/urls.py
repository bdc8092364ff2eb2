"""URLs of registrations and of the feeds of workshops."""

from django.urls import path

from locations.workshops.views import certificate, feeds, register, registration

urlpatterns = [
    path("workshops/inschrijven/<int:run>/", register.register, name="register"),
    path("workshops/plaats/<str:secret>/", registration.show, name="registration"),
    path(
        "workshops/plaats/<str:secret>/afmelden/",
        registration.cancel,
        name="cancel_registration",
    ),
    path(
        "workshops/plaats/<str:secret>/agenda.ics",
        registration.calendar,
        name="registration_calendar",
    ),
    path("workshops/plaats/<str:secret>/attest.pdf", certificate.document, name="certificate"),
    path("workshops.ics", feeds.all_ics, name="workshops_ics"),
    path("workshops.json", feeds.all_jsonld, name="workshops_jsonld"),
    path("workshops.uitdatabank.json", feeds.all_uitdatabank, name="workshops_uitdatabank"),
    path("workshops/<slug:name>.ics", feeds.ics, name="workshop_ics"),
    path("workshops/<slug:name>.json", feeds.jsonld, name="workshop_jsonld"),
    path("workshops/<slug:name>.uitdatabank.json", feeds.uitdatabank, name="workshop_uitdatabank"),
    path("workshops/op/<slug:name>.ics", feeds.ics_of_location, name="location_workshops_ics"),
]
