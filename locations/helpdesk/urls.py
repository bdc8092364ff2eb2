"""URLs of the help request form and of the secret page to follow one."""

from django.urls import path

from locations.helpdesk.views.help_requests import (
    follow_help_request,
    help_appointment,
    submit_help_request,
)

urlpatterns = [
    path("hulp-vragen/", submit_help_request, name="ask_help"),
    path("hulp-vragen/volgen/<str:secret>/", follow_help_request, name="help_request"),
    path(
        "hulp-vragen/volgen/<str:secret>/afspraak.ics",
        help_appointment,
        name="help_appointment",
    ),
]
