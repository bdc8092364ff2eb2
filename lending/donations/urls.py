"""Public addresses of donations and attests."""

from django.urls import path
from django.views.generic import RedirectView

from lending.donations.views import attest_check, batch, offer, status

# A QR code in capitals is smaller, so the attest has the address of the check in capitals.
urlpatterns = [
    path("schenken/aanmelden/", offer.register_devices, name="register"),
    path("schenken/aanmelden/lijst/", batch.register_list, name="register_list"),
    path("schenken/aanmelden/lijst/voorbeeld.csv", batch.example_list, name="example_list"),
    path("schenken/volgen/<str:secret>/", status.donation_status, name="follow"),
    path("schenken/volgen/<str:secret>/attest.pdf", status.download_attest, name="attest_pdf"),
    path("attest/", attest_check.check_attest, name="attest_check"),
    path("ATTEST/", RedirectView.as_view(pattern_name="lending:attest_check", permanent=True)),
]
