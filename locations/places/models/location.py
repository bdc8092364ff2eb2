"""Locations and the services that they offer."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.core.permissions import Scope, ScopedQuerySet
from home.core.personal_data import FreeCharField, FreeTextField
from home.core.phone import PhoneNumberField
from home.pages.site_layout import get_site_layout
from locations.places.models.partnership import Partner, Partnership


class LocationQuerySet(ScopedQuerySet):
    def public(self):
        """Return locations that visitors may see: no workshops and no warehouses."""
        return self.exclude(kind__in=Location.HIDDEN_KINDS)

    def digipunten(self):
        """Return locations where visitors can walk in with a question."""
        return self.filter(kind__in=Location.DIGIPUNT_KINDS)

    def published(self):
        """Return locations with a published page that everybody may see, with that page."""
        rows = self.public().filter(page__live=True)
        for path in get_site_layout().private_paths:
            rows = rows.exclude(page__path__startswith=path)
        return rows.select_related("page")

    def not_withdrawn(self):
        """Return public locations whose page, if any, is neither a draft nor private."""
        withdrawn = Q(page__live=False)
        for path in get_site_layout().private_paths:
            withdrawn |= Q(page__path__startswith=path)
        return self.public().exclude(withdrawn)

    def lending_points(self):
        return self.not_withdrawn().filter(is_lending_point=True)

    def collection_points(self):
        return self.not_withdrawn().filter(is_collection_point=True)


class Location(ClusterableModel):
    """A digipunt, a bus, a collection point, or a workshop or warehouse that is not public."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("fixed digipunt")
        MOBILE = "mobile", _("mobile digipunt")
        BUS = "bus", _("digibus")
        COLLECTION = "collection", _("collection point")
        WORKSHOP = "workshop", _("refurbishing workshop")
        WAREHOUSE = "warehouse", _("warehouse")

    HIDDEN_KINDS = (Kind.WORKSHOP, Kind.WAREHOUSE)
    DIGIPUNT_KINDS = (Kind.FIXED, Kind.MOBILE, Kind.BUS)
    MOVING_KINDS = (Kind.MOBILE, Kind.BUS)

    class Wheelchair(models.TextChoices):
        UNKNOWN = "", _("we do not know")
        YES = "yes", _("yes")
        HELP = "help", _("with help")
        NO = "no", _("no")

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Z][A-Z0-9]{1,7}$", _("Two to eight capital letters or digits."))
        ],
        help_text=_("A short code in capital letters for labels and lists, for example AAL."),
    )
    name = FreeCharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FIXED)
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="locations",
        verbose_name=_("partnership"),
    )
    host = models.ForeignKey(
        Partner,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_locations",
        verbose_name=_("hosted by"),
        help_text=_("The partner that provides the room."),
    )
    is_lending_point = models.BooleanField(_("devices are lent here"), default=False)
    is_collection_point = models.BooleanField(_("devices can be dropped off here"), default=False)

    street = FreeCharField(_("street"), max_length=80, blank=True)
    number = FreeCharField(_("house number"), max_length=20, blank=True)
    postcode = models.CharField(
        _("postcode"),
        max_length=4,
        blank=True,
        db_index=True,
        validators=[RegexValidator(r"^[1-9]\d{3}$", _("A postcode has four digits."))],
    )
    city = FreeCharField(_("place"), max_length=60, blank=True)
    lat = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    lon = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    wheelchair = models.CharField(
        _("accessible with a wheelchair"),
        max_length=4,
        choices=Wheelchair,
        blank=True,
        default=Wheelchair.UNKNOWN,
    )
    entrance = FreeCharField(
        _("entrance"),
        max_length=160,
        blank=True,
        help_text=_("Steps, width of the door, a bell. Measure, do not guess."),
    )
    accessible_toilet = models.BooleanField(_("accessible toilet"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    by_train = FreeCharField(_("by train"), max_length=160, blank=True)
    by_bus = FreeCharField(_("by bus or tram"), max_length=160, blank=True)
    by_car = FreeCharField(_("by car"), max_length=160, blank=True)

    scope = Scope(locations=("pk",))
    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        permissions = [("close_today", _("Can close a location for today"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False),
                name="location_has_both_coordinates_or_none",
            ),
            models.CheckConstraint(
                condition=Q(lat=None) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="location_is_on_the_globe",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_public(self):
        return self.kind not in self.HIDDEN_KINDS

    @property
    def address(self):
        """Street and number, postcode and city, as far as they are filled in."""
        parts = (f"{self.street} {self.number}".strip(), f"{self.postcode} {self.city}".strip())
        return ", ".join(part for part in parts if part)

    def get_absolute_url(self):
        """Return the URL of the published page, or an empty string without one."""
        page = getattr(self, "page", None)
        return (page.get_url() or "") if page and page.live else ""


class Service(models.Model):
    """Something that locations offer: help, a computer, a device to borrow."""

    LENDING = "lending"

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = FreeCharField(_("name"), max_length=60)
    short_name = FreeCharField(_("short name"), max_length=30, blank=True)
    description = FreeTextField(_("description"), blank=True, max_length=300)
    icon = models.CharField(
        _("icon"),
        max_length=10,
        default="help",
        choices=[
            ("help", _("help")),
            ("laptop", _("laptop")),
            ("wifi", _("wifi")),
            ("print", _("printer")),
            ("book", _("book")),
            ("box", _("box")),
            ("person", _("person")),
        ],
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_filter = models.BooleanField(_("visitors can filter on it"), default=True)
    has_dates = models.BooleanField(
        _("has its own dates"),
        default=False,
        help_text=_("Like workshops: the opening hours of the location do not apply."),
    )

    scope = Scope(everyone=True)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    @property
    def label(self):
        return self.short_name or self.name


class LocationService(models.Model):
    """A service at one location, with its own note, price and contact details."""

    location = ParentalKey(Location, related_name="location_services")
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="location_services", verbose_name=_("service")
    )
    note = FreeCharField(_("remark"), max_length=200, blank=True)
    price_note = FreeCharField(_("price"), max_length=80, blank=True)
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    scope = Scope(locations=("location",))
    objects = ScopedQuerySet.as_manager()
    add_to_reference_index = False

    class Meta:
        verbose_name = _("service at a place")
        verbose_name_plural = _("services at places")
        ordering = ["service__order", "service__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "service"], name="one_row_per_place_and_service"
            )
        ]

    def __str__(self):
        return str(self.service)
