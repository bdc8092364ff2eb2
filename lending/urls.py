"""Public addresses of donating and of what is printed on labels and attests."""

from django.urls import path
from django.views.generic import RedirectView

from lending.views import attests, batches, donations, following, found

app_name = "lending"

# A QR code in capitals is smaller, so some of these addresses are also typed in capitals.
urlpatterns = [
    path("schenken/aanmelden/", donations.register, name="register"),
    path("schenken/aanmelden/lijst/", batches.register_list, name="register_list"),
    path("schenken/aanmelden/lijst/voorbeeld.csv", batches.example, name="example_list"),
    path("schenken/volgen/<str:secret>/", following.follow, name="follow"),
    path("schenken/volgen/<str:secret>/attest.pdf", following.attest, name="attest_pdf"),
    path("attest/", attests.check, name="attest_check"),
    path("ATTEST/", RedirectView.as_view(pattern_name="lending:attest_check", permanent=True)),
    path("t/<str:number>/", found.found, name="found"),
    path("T/<str:number>/", found.found),
]
