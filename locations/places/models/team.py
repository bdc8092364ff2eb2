"""The people whom one meets at a place, as far as they agree to be shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField
from home.pages.models.image import CustomImage
from locations.places.models.location import Location


class TeamMemberQuerySet(ScopedQuerySet):
    def shown(self):
        """Who agreed to be on the public page, in the order of the team."""
        return self.filter(consent_on__isnull=False)


class TeamMember(Orderable):
    """Somebody who works at a place. Without a day of consent nobody outside sees them."""

    location = ParentalKey(Location, related_name="team")
    name = FreeCharField(_("name"), max_length=60, help_text=_("A first name is enough."))
    task = FreeCharField(_("what they do"), max_length=80, blank=True)
    image = models.ForeignKey(
        CustomImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    consent_on = models.DateField(
        _("agreed to be shown on"),
        null=True,
        blank=True,
        help_text=_("Empty: this person is on no public page."),
    )

    scope = Scope(locations=("location",))
    objects = TeamMemberQuerySet.as_manager()
    add_to_reference_index = False

    class Meta(Orderable.Meta):
        verbose_name = _("team member")
        verbose_name_plural = _("team members")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
