"""Partnerships, partners and teams of the demo."""

from django.utils.text import slugify

from digipunt.demo import location_texts as texts
from digipunt.demo import logos
from locations.places.models import Partner, PartnerRole, Partnership, Postcode, TeamMember


def partnerships():
    found = {}
    for slug, (name, since, codes) in texts.PARTNERSHIPS.items():
        found[slug], is_new = Partnership.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "since": since,
                "introduction": texts.INTRODUCTIONS.get(slug, ""),
                "phone": "053 00 00 00" if slug == "digipunt-aalst" else "02 000 00 00",
                "email": f"{slug}@digipunt.example",
                "website": f"https://{slug}.digipunt.example/",
            },
        )
        if is_new:
            found[slug].municipalities.set(
                Postcode.objects.filter(code__in=codes).values_list("municipality", flat=True)
            )
    return found


def partners(partnerships):
    found = {}
    for number, (name, slugs, roles) in enumerate(texts.PARTNERS):
        partner, is_new = Partner.objects.get_or_create(name=name)
        found[name] = partner
        if is_new:
            partner.logo = logos.logo(name, number)
            partner.website = f"https://{slugify(name.split(' (')[0])}.example/"
            partner.save()
            partner.partnerships.set(partnerships[slug] for slug in slugs)
            PartnerRole.objects.bulk_create(
                PartnerRole(partner=partner, role=role, contribution=contribution)
                for role, contribution in roles
            )
    return found


def team(location, today):
    """Create the team of a location; members without consent are not shown on a page."""
    TeamMember.objects.bulk_create(
        TeamMember(
            location=location,
            name=name,
            task=task,
            consent_on=today if agreed else None,
            sort_order=order,
        )
        for order, (name, task, agreed) in enumerate(texts.TEAMS.get(location.code, ()))
    )
