"""URLs of the newsletter for visitors."""

from django.urls import path

from home.newsletter import views

urlpatterns = [
    path("nieuwsbrief/", views.subscribe_page, name="newsletter"),
    path("nieuwsbrief/bevestigen/<str:secret>/", views.confirm_page, name="newsletter_confirm"),
    path("nieuwsbrief/uitschrijven/<str:key>/", views.unsubscribe_page, name="newsletter_stop"),
]
