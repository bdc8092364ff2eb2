"""URLs of the site that search engines read."""

from django.urls import path
from django.views.decorators.cache import cache_control
from wagtail.contrib.sitemaps.views import sitemap

from home.pages.views import robots

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", cache_control(public=True, max_age=3600)(sitemap), name="sitemap"),
]
