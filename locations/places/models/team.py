"""The team of a location, shown only with consent."""

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
        """Return members who consented to be on the public page, in the order of the team."""
        return self.filter(consent_on__isnull=False)


class TeamMember(Orderable):
    """A person who works at a location; hidden from visitors without a date of consent."""

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
        _("consented to be shown on"),
        null=True,
        blank=True,
        help_text=_("If empty, this person does not appear on public pages."),
    )

    scope = Scope(locations=("location",))
    objects = TeamMemberQuerySet.as_manager()
    add_to_reference_index = False

    class Meta(Orderable.Meta):
        verbose_name = _("team member")
        verbose_name_plural = _("team members")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
