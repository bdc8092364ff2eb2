"""A form for visitors that wants to know from where they come."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.core.contact_form import ContactForm
from locations.places.geocoding import understand


class NearForm(ContactForm):
    """`here` is where the postcode is; None for who left it out, or when there is none such."""

    here = None

    def clean_postcode(self):
        code = self.cleaned_data["postcode"].strip()
        self.here = understand(code).here if code.isdecimal() else None
        if code and self.here is None:
            raise ValidationError(
                _("We do not know this postcode. It has 4 figures, for example 9300.")
            )
        return code
