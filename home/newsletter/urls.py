"""URLs of the newsletter for visitors."""

from django.urls import path

from home.newsletter import views

urlpatterns = [
    path("nieuwsbrief/", views.subscribe, name="newsletter"),
    path("nieuwsbrief/bevestigen/<str:secret>/", views.confirm, name="newsletter_confirm"),
    path("nieuwsbrief/uitschrijven/<str:key>/", views.stop, name="newsletter_stop"),
]
