"""Anonymous visits to a digipunt."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from locations.core.models.topic import Audience, Topic
from locations.places.models.location import Location


class Visit(models.Model):
    """A visit with a question; a hash of the visitor's card counts each visitor once."""

    class Outcome(models.TextChoices):
        HELPED = "helped", _("helped")
        REFERRED = "referred", _("referred")
        OPEN = "open", _("the question is still open")

    location = models.ForeignKey(
        Location, models.PROTECT, related_name="visits", verbose_name=_("place")
    )
    visited_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(480)]
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="visits", verbose_name=_("topics")
    )
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("target group"),
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.HELPED)
    # A keyed hash of the code on the card, never the code itself: see locations.core.person_hashes.
    person = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    request_key = models.UUIDField(null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("logged"), default=timezone.now, editable=False)

    scope = Scope(locations=("location",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-visited_at", "-pk"]
        indexes = [models.Index(fields=["location", "visited_at"], name="visit_of_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=480), name="visit_takes_minutes"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def about(self):
        """The names of the topics; prefetch them for a list."""
        return ", ".join(topic.name for topic in self.topics.all())
