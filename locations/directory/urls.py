"""URLs of the directory that are not pages: partnerships, the year overview and feeds."""

from django.urls import path

from locations.directory.views import feeds, partnerships, year_overview

urlpatterns = [
    path("digipunten/samenwerking/", partnerships.find_partnership, name="partnerships"),
    path("digipunten/samenwerking/<slug:slug>/", partnerships.show_partnership, name="partnership"),
    path("digipunten/jaaroverzicht/", year_overview.show_overview, name="overview"),
    path("digipunten/jaaroverzicht.pdf", year_overview.download_overview, name="overview_pdf"),
    path("digipunten.json", feeds.all_jsonld, name="all_jsonld"),
    path("digipunten.uitdatabank.json", feeds.all_uitdatabank, name="all_uitdatabank"),
    path("digipunten.geojson", feeds.all_geojson, name="all_geojson"),
    path("digipunten.ics", feeds.all_ics, name="all_ics"),
    path("digipunten/<slug:name>.json", feeds.location_jsonld, name="jsonld"),
    path("digipunten/<slug:name>.uitdatabank.json", feeds.location_uitdatabank, name="uitdatabank"),
    path("digipunten/<slug:name>.geojson", feeds.location_geojson, name="geojson"),
    path("digipunten/<slug:name>.ics", feeds.location_ics, name="ics"),
]
