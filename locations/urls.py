"""The addresses of places that are no pages: partnerships, the year, and hours for machines."""

from django.urls import include, path

from locations.directory.views import feeds, partnerships, year_overview

app_name = "locations"
urlpatterns = [
    path("", include("locations.brochures.urls")),
    path("", include("locations.helpdesk.urls")),
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
    path("", include("locations.workshops.urls")),
]
