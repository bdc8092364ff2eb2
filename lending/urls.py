"""Public addresses of donating and of what is printed on labels and attests."""

from django.urls import path
from django.views.generic import RedirectView

from lending.devices import views
from lending.donations.views import attest_check, batch, follow, offer

app_name = "lending"

# A QR code in capitals is smaller, so some of these addresses are also typed in capitals.
urlpatterns = [
    path("schenken/aanmelden/", offer.register, name="register"),
    path("schenken/aanmelden/lijst/", batch.register_list, name="register_list"),
    path("schenken/aanmelden/lijst/voorbeeld.csv", batch.example, name="example_list"),
    path("schenken/volgen/<str:secret>/", follow.follow, name="follow"),
    path("schenken/volgen/<str:secret>/attest.pdf", follow.attest, name="attest_pdf"),
    path("attest/", attest_check.check, name="attest_check"),
    path("ATTEST/", RedirectView.as_view(pattern_name="lending:attest_check", permanent=True)),
    path("t/<str:number>/", views.found, name="found"),
    path("T/<str:number>/", views.found),
]
