"""Images with a required alternative text and a credit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from home.core.personal_data import FreeCharField


class CustomImage(AbstractImage):
    alt = FreeCharField(
        _("alternative text"),
        max_length=250,
        help_text=_("What the image shows, for people who cannot see it. One sentence."),
    )
    credit = FreeCharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Who made it? Shown under the image."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="image_says_what_is_to_be_seen")
        ]

    @property
    def default_alt_text(self):
        return self.alt


class Rendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        unique_together = (("image", "filter_spec", "focal_point_key"),)
