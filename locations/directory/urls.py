"""URLs of the directory that are not pages: partnerships, the year overview and feeds."""

from django.urls import path

from locations.directory.views import feeds, partnerships, year_overview

urlpatterns = [
    path("digipunten/samenwerking/", partnerships.find_partnership, name="partnerships"),
    path("digipunten/samenwerking/<slug:slug>/", partnerships.show_partnership, name="partnership"),
    path("digipunten/jaaroverzicht/", year_overview.show_overview, name="overview"),
    path("digipunten/jaaroverzicht.pdf", year_overview.download_overview, name="overview_pdf"),
    path("digipunten.json", feeds.locations_jsonld_feed, name="all_jsonld"),
    path("digipunten.uitdatabank.json", feeds.locations_uitdatabank_feed, name="all_uitdatabank"),
    path("digipunten.geojson", feeds.locations_geojson_feed, name="all_geojson"),
    path("digipunten.ics", feeds.locations_ics_feed, name="all_ics"),
    path("digipunten/<slug:name>.json", feeds.location_jsonld_feed, name="jsonld"),
    path(
        "digipunten/<slug:name>.uitdatabank.json",
        feeds.location_uitdatabank_feed,
        name="uitdatabank",
    ),
    path("digipunten/<slug:name>.geojson", feeds.location_geojson_feed, name="geojson"),
    path("digipunten/<slug:name>.ics", feeds.location_ics_feed, name="ics"),
]
