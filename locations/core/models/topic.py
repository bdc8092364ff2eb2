"""Topics and target groups: choice lists for workshops, visits and help requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField


class ChoiceQuerySet(ScopedQuerySet):
    """Choices, filtered by whether they are still offered."""

    def offered(self):
        return self.filter(is_offered=True)


class Choice(models.Model):
    """A choice in a list that coordinators maintain; used choices stay but need not be offered."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = FreeCharField(_("name"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(_("can be chosen"), default=True)

    scope = Scope(everyone=True)
    objects = ChoiceQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Topic(Choice):
    """A subject of a workshop, a visit or a help request."""

    class Meta(Choice.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Audience(Choice):
    """A group of people that a workshop is for or a visit reached, never one person."""

    class Meta(Choice.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
