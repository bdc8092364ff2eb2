"""The addresses of places that are no pages: partnerships, the year, and hours for machines."""

from django.urls import include, path

from locations.directory.views import feeds, partnerships, year_overview
from locations.workshops.views import certificate, own_registration, register
from locations.workshops.views import feeds as workshop_feeds

app_name = "locations"
urlpatterns = [
    path("", include("locations.brochures.urls")),
    path("", include("locations.helpdesk.urls")),
    path("workshops/inschrijven/<int:run>/", register.register, name="register"),
    path("workshops/plaats/<str:secret>/", own_registration.show, name="my_place"),
    path("workshops/plaats/<str:secret>/afmelden/", own_registration.cancel, name="cancel_place"),
    path(
        "workshops/plaats/<str:secret>/agenda.ics", own_registration.calendar, name="place_calendar"
    ),
    path("workshops/plaats/<str:secret>/attest.pdf", certificate.document, name="certificate"),
    path("digipunten/samenwerking/", partnerships.which, name="partnerships"),
    path("digipunten/samenwerking/<slug:slug>/", partnerships.partnership, name="partnership"),
    path("digipunten/jaaroverzicht/", year_overview.page, name="overview"),
    path("digipunten/jaaroverzicht.pdf", year_overview.document, name="overview_pdf"),
    path("digipunten.json", feeds.all_jsonld, name="all_jsonld"),
    path("digipunten.uitdatabank.json", feeds.all_uitdatabank, name="all_uitdatabank"),
    path("digipunten.geojson", feeds.all_geojson, name="all_geojson"),
    path("digipunten.ics", feeds.all_ics, name="all_ics"),
    path("digipunten/<slug:name>.json", feeds.jsonld, name="jsonld"),
    path("digipunten/<slug:name>.uitdatabank.json", feeds.place_uitdatabank, name="uitdatabank"),
    path("digipunten/<slug:name>.geojson", feeds.place_geojson, name="geojson"),
    path("digipunten/<slug:name>.ics", feeds.ics, name="ics"),
    path("workshops.ics", workshop_feeds.all_ics, name="workshops_ics"),
    path("workshops.json", workshop_feeds.all_jsonld, name="workshops_jsonld"),
    path(
        "workshops.uitdatabank.json", workshop_feeds.all_uitdatabank, name="workshops_uitdatabank"
    ),
    path("workshops/<slug:name>.ics", workshop_feeds.ics, name="workshop_ics"),
    path("workshops/<slug:name>.json", workshop_feeds.jsonld, name="workshop_jsonld"),
    path(
        "workshops/<slug:name>.uitdatabank.json",
        workshop_feeds.uitdatabank,
        name="workshop_uitdatabank",
    ),
    path("workshops/op/<slug:name>.ics", workshop_feeds.ics_of_place, name="place_workshops_ics"),
]
