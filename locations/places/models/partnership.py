"""Partnerships, municipalities, postcodes and partners."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField
from home.pages.models.image import CustomImage


class Municipality(models.Model):
    """A municipality of Flanders or Brussels, identified by its NIS code (Statbel)."""

    nis = models.CharField(
        _("NIS code"), max_length=5, unique=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    name = models.CharField(_("name"), max_length=60)
    normalized_name = models.CharField(max_length=60, db_index=True, editable=False)

    scope = Scope(everyone=True)
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Postcode(models.Model):
    """A postcode with its main locality, and a point from which distances are measured."""

    code = models.CharField(_("postcode"), max_length=4, unique=True)
    locality = models.CharField(_("place"), max_length=60)
    normalized_name = models.CharField(max_length=60, db_index=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="postcodes", verbose_name=_("municipality")
    )
    lat = models.FloatField(_("latitude"))
    lon = models.FloatField(_("longitude"))

    scope = Scope(everyone=True)
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["code"]

    def __str__(self):
        return f"{self.locality} ({self.code})"


class Partnership(models.Model):
    """A digibank: municipalities that run digipunten together."""

    name = FreeCharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("name in addresses"), unique=True)
    municipalities = models.ManyToManyField(
        Municipality,
        related_name="partnerships",
        blank=True,
        verbose_name=_("municipalities"),
    )
    since = models.PositiveSmallIntegerField(_("since the year"), null=True, blank=True)
    introduction = FreeTextField(
        _("introduction"),
        blank=True,
        max_length=600,
        help_text=_("Introduce yourselves to visitors."),
    )
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)

    scope = Scope(partnerships=("pk",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__gte=1990, since__lte=2100),
                name="partnership_since_a_year",
            )
        ]

    def __str__(self):
        return self.name


class Partner(ClusterableModel):
    """An organisation that supports one or more partnerships."""

    name = FreeCharField(_("name"), max_length=80, unique=True)
    partnerships = models.ManyToManyField(
        Partnership, related_name="partners", verbose_name=_("partnerships")
    )
    website = models.URLField(_("website"), blank=True)
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    logo = models.ForeignKey(
        CustomImage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )

    scope = Scope(partnerships=("partnerships",))
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PartnerRole(models.Model):
    """A role in which a partner supports the digipunten."""

    class Role(models.TextChoices):
        REFURBISHER = "refurbisher", _("refurbishes devices")
        LOGISTICS = "logistics", _("transports devices")
        TRAINING = "training", _("teaches courses")
        REFERRER = "referrer", _("refers people")
        HOST = "host", _("provides a room")
        SPONSOR = "sponsor", _("sponsors")

    partner = ParentalKey(Partner, related_name="roles")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    contribution = FreeCharField(_("contribution"), max_length=120, blank=True)

    scope = Scope(locations=("partner__partnerships__locations",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("role of a partner")
        verbose_name_plural = _("roles of partners")
        constraints = [
            models.UniqueConstraint(fields=["partner", "role"], name="one_row_per_partner_and_role")
        ]

    def __str__(self):
        return self.get_role_display()
