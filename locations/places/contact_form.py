"""Contact form with a postcode."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.core.contact_form import ContactForm
from locations.places.geocoding import geocode


class PostcodeContactForm(ContactForm):
    """A contact form that geocodes its postcode.

    `origin` is the `SearchOrigin` of the postcode, or None without a valid one.
    """

    origin = None

    def clean_postcode(self):
        code = self.cleaned_data["postcode"].strip()
        self.origin = geocode(code).origin if code.isdecimal() else None
        if code and self.origin is None:
            raise ValidationError(
                _("We do not recognise this postcode. It has 4 digits, for example 9300.")
            )
        return code
