"""The addresses of home that are no pages."""

from django.urls import path
from django.views.decorators.cache import cache_control
from wagtail.contrib.sitemaps.views import sitemap

from home.views.site_files import robots

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", cache_control(public=True, max_age=3600)(sitemap), name="sitemap"),
]
