"""Search entries, removals, and the clock that hands out versions for both."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    LOCATION = "location", _("Digipunten")
    CATALOGUE = "catalogue", _("Borrowing")
    WORKSHOP = "workshop", _("Workshops")
    STORY = "story", _("Stories")
    CONTENT = "content", _("Information")


class SearchEntryQuerySet(models.QuerySet):
    def changed_between(self, after, upto):
        """Return rows with a version in (after, upto], oldest change first."""
        return self.filter(version__gt=after, version__lte=upto).order_by("version")

    def visible(self, at):
        """Return rows that a visitor may see at this moment."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at), Q(page=None) | Q(page__live=True)
        )


class SearchEntry(models.Model):
    """A searchable page. Short columns come first, so that counting does not read long texts."""

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    version = models.BigIntegerField(unique=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=255)
    city = models.CharField(max_length=255, blank=True)
    postcode = models.CharField(max_length=64, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    facets = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    wagtail_reference_index_ignore = True
    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self):
        return self.key


class SearchRemoval(models.Model):
    """The removal of an entry, so that Elasticsearch removes its document too."""

    key = models.CharField(max_length=64, unique=True)
    version = models.BigIntegerField(unique=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search removal")
        verbose_name_plural = _("search removals")

    def __str__(self):
        return self.key


class SearchClock(models.Model):
    """One row that hands out versions.

    Taking a version locks the row until the transaction ends, so that versions are committed in
    order: a reader of everything up to a committed version has missed nothing.
    """

    value = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("search clock")
        verbose_name_plural = _("search clocks")

    def __str__(self):
        return str(self.value)

    @classmethod
    def take(cls, count=1):
        """Take `count` new versions and return the last; requires a transaction."""
        if not cls.objects.filter(pk=1).update(value=F("value") + count):
            cls._start()
            cls.objects.filter(pk=1).update(value=F("value") + count)
        return cls.objects.values_list("value", flat=True).get(pk=1)

    @classmethod
    def read(cls):
        """Return the last committed version, or 0."""
        return cls.objects.filter(pk=1).values_list("value", flat=True).first() or 0

    @classmethod
    def _start(cls):
        tables = (SearchEntry, SearchRemoval)
        newest = max(
            table.objects.aggregate(newest=Max("version"))["newest"] or 0 for table in tables
        )
        cls.objects.bulk_create([cls(pk=1, value=newest)], ignore_conflicts=True)
