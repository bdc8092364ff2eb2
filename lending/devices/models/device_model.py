"""Models of the types and models of device."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField


class DeviceType(models.Model):
    """A type of device, such as laptop, tablet or router."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = FreeCharField(_("name"), max_length=40)
    has_storage = models.BooleanField(
        _("holds data"),
        default=True,
        help_text=_("A device that holds data is erased before anybody else gets it."),
    )

    scope = Scope(everyone=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("type of device")
        verbose_name_plural = _("types of device")
        ordering = ["name"]

    def __str__(self):
        return self.name


class DeviceModel(models.Model):
    """A model as its manufacturer names it, and the catalogue page that offers it."""

    type = models.ForeignKey(
        DeviceType, models.PROTECT, related_name="models", verbose_name=_("type")
    )
    brand = FreeCharField(_("brand"), max_length=40)
    name = FreeCharField(_("model"), max_length=60)
    catalogue_page = models.ForeignKey(
        "lending.CataloguePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="device_models",
        verbose_name=_("catalogue page"),
        help_text=_("The catalogue page on which people can find it."),
    )
    windows11_ready = models.BooleanField(_("ready for Windows 11"), null=True, blank=True)

    scope = Scope(everyone=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("model")
        verbose_name_plural = _("models")
        ordering = ["brand", "name"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="one_row_per_device_model")
        ]

    def __str__(self):
        return f"{self.brand} {self.name}"
