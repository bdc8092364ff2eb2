"""URLs of the help request form and of the secret page to follow one."""

from django.urls import path

from locations.helpdesk.views import help_requests

urlpatterns = [
    path("hulp-vragen/", help_requests.ask, name="ask_help"),
    path("hulp-vragen/volgen/<str:secret>/", help_requests.follow, name="help_request"),
    path(
        "hulp-vragen/volgen/<str:secret>/afspraak.ics",
        help_requests.appointment,
        name="help_appointment",
    ),
]
