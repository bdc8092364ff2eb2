"""The addresses of home that are no pages."""

from django.urls import path
from django.views.decorators.cache import cache_control
from wagtail.contrib.sitemaps.views import sitemap

from home.newsletter import views
from home.pages.views import robots

urlpatterns = [
    path("nieuwsbrief/", views.subscribe, name="newsletter"),
    path("nieuwsbrief/bevestigen/<str:secret>/", views.confirm, name="newsletter_confirm"),
    path("nieuwsbrief/uitschrijven/<str:key>/", views.stop, name="newsletter_stop"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", cache_control(public=True, max_age=3600)(sitemap), name="sitemap"),
]
