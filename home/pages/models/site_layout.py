"""Snippets of the site layout: help channels, footer links and sponsor logos."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.core.personal_data import FreeCharField
from home.core.phone import dial_string
from home.pages.layout_values import FooterColumn, LayoutChannel, LayoutLink, LayoutSponsor

ADDRESS = RegexValidator(r"^(/(?!/)|https?://)", _("Begin with / for this site, or with https://."))


class HelpChannelQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_shown=True).order_by("position", "pk")


class HelpChannel(models.Model):
    """A way to get help, shown above the footer of every page."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        MAIL = "mail", _("E-mail")
        CHAT = "chat", _("Chat")
        VISIT = "visit", _("Come by")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = FreeCharField(_("title"), max_length=40, help_text=_("For example: Call us."))
    value = FreeCharField(
        _("number, e-mail address or link text"),
        max_length=120,
        help_text=_("Shown in large type."),
    )
    address = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        validators=[ADDRESS],
        help_text=_("Only for a chat or a visit: where does the link go?"),
    )
    hours = FreeCharField(
        _("when"), max_length=120, blank=True, help_text=_("Monday to Friday, 9 to 17.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_shown = models.BooleanField(_("shown"), default=True)

    objects = HelpChannelQuerySet.as_manager()

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("value"),
        FieldPanel("address"),
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("is_shown")]),
    ]

    class Meta:
        verbose_name = _("way to get help")
        verbose_name_plural = _("ways to get help")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("phone", "mail")) | ~Q(address=""),
                name="help_channel_leads_somewhere",
            )
        ]

    def __str__(self):
        return f"{self.title}: {self.value}"

    def clean(self):
        if self.kind in (self.Kind.CHAT, self.Kind.VISIT) and not self.address:
            raise ValidationError(
                {"address": _("Where does the link go? For example: /digipunten/")}
            )

    @property
    def url(self):
        if self.kind == self.Kind.PHONE:
            return f"tel:{dial_string(self.value)}"
        return f"mailto:{self.value}" if self.kind == self.Kind.MAIL else self.address

    def layout_value(self):
        return LayoutChannel(self.kind, self.title, self.value, self.url, self.hours)


class FooterLinkQuerySet(models.QuerySet):
    def columns(self, site=None):
        """Return the columns of the footer with their links, without unpublished pages."""
        columns = {column: [] for column in FooterLink.Column}
        links = self.select_related("page").order_by("position", "pk")
        for link in links.filter(Q(page=None) | Q(page__live=True)):
            columns[FooterLink.Column(link.column)].append(link.layout_value(site))
        return tuple(
            FooterColumn(str(column.label), tuple(links))
            for column, links in columns.items()
            if links
        )


class FooterLink(models.Model):
    class Column(models.TextChoices):
        ABOUT = "about", _("About us")
        KNOW = "know", _("Good to know")
        LANGUAGE = "language", _("Explained in your language")

    column = models.CharField(_("column"), max_length=10, choices=Column)
    title = FreeCharField(_("words"), max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    address = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        validators=[ADDRESS],
        help_text=_("If there is no page to choose: /attest/ or another site."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Language code of the text, if it is not Dutch: fr, en, ar."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = FooterLinkQuerySet.as_manager()

    panels = [
        FieldPanel("column"),
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("page"), FieldPanel("address")], heading=_("Link target")),
        FieldRowPanel([FieldPanel("language"), FieldPanel("position")]),
    ]

    class Meta:
        verbose_name = _("footer link")
        verbose_name_plural = _("footer links")
        ordering = ["column", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) & ~Q(address="")
                | Q(page__isnull=False) & Q(address=""),
                name="footer_link_leads_to_one_thing",
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(_("Choose one: a page or an address."))

    def layout_value(self, site=None):
        url = self.page.relative_url(site) if self.page_id else self.address
        right_to_left = self.language.split("-")[0] in ("ar", "fa", "he", "ps", "ur")
        return LayoutLink(self.title, url or "", self.language, "rtl" if right_to_left else "ltr")


class SponsorLogoQuerySet(models.QuerySet):
    def shown(self, today=None):
        """Return the logos that are shown today."""
        today = today or timezone.localdate()
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today)
        )


class SponsorLogo(models.Model):
    name = FreeCharField(_("name"), max_length=120)
    logo = models.ForeignKey(
        "home.CustomImage", models.PROTECT, related_name="+", verbose_name=_("logo")
    )
    alt = FreeCharField(
        _("alternative text"),
        max_length=120,
        help_text=_("For people who cannot see the logo. The name is enough."),
    )
    url = models.URLField(_("website"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day that the logo is shown. After that it disappears automatically."),
    )
    in_footer = models.BooleanField(_("in the footer of every page"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = SponsorLogoQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("logo"),
        FieldPanel("alt"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("in_footer"), FieldPanel("position")]),
    ]

    class Meta:
        verbose_name = _("sponsor logo")
        verbose_name_plural = _("sponsor logos")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="sponsor_says_who_it_is"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sponsor_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day comes before the first day.")})

    def layout_value(self):
        image = self.logo.get_rendition("max-400x120|format-webp")
        return LayoutSponsor(
            self.pk,
            self.name,
            self.alt,
            self.url,
            image.url,
            image.width,
            image.height,
            self.starts_on,
            self.ends_on,
            self.in_footer,
        )
