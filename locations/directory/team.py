"""Who one meets at a place: the team, as far as they agreed to be shown, and the partners."""

from dataclasses import dataclass
from itertools import cycle

from home.pages.models import CustomImage
from locations.places.models import PartnerRole

PHOTO = "fill-160x160|format-webp"
LOGO = "max-400x120|format-webp"
DRAWINGS = tuple(f"persoon-{number}" for number in range(1, 7))


@dataclass(frozen=True)
class Member:
    """Somebody of the team; who has no photo is drawn."""

    name: str
    task: str
    photo: object
    drawing: str


@dataclass(frozen=True)
class PartnerHere:
    """A partner with what it does, one line for each role."""

    name: str
    website: str
    tasks: tuple[str, ...]
    logo: object


def people_at(location):
    """The team and the partners of a place: two queries, and two more for photos or logos."""
    members = list(location.team.shown().values_list("name", "task", "image"))
    photos = _renditions({image for *_, image in members if image}, PHOTO)
    return {
        "team": [
            Member(name, task, photos.get(image), drawing)
            for (name, task, image), drawing in zip(members, cycle(DRAWINGS), strict=False)
        ],
        "partners": partners_of(location.partnership_id),
    }


def partners_of(partnership):
    """The partners of a partnership, by name: one query, and two more for their logos."""
    partners = {}
    for pk, name, website, role, contribution, logo in (
        PartnerRole.objects.filter(partner__partnerships=partnership)
        .order_by("partner__name", "role")
        .values_list(
            *("partner", "partner__name", "partner__website", "role"),
            *("contribution", "partner__logo"),
        )
        if partnership
        else ()
    ):
        facts = partners.setdefault(pk, (name, website, logo, []))
        facts[-1].append(contribution or PartnerRole.Role(role).label)
    logos = _renditions({logo for _name, _site, logo, _tasks in partners.values() if logo}, LOGO)
    return [
        PartnerHere(name, website, tuple(tasks), logos.get(logo))
        for name, website, logo, tasks in partners.values()
    ]


def _renditions(keys, size):
    if not keys:
        return {}
    images = CustomImage.objects.filter(pk__in=keys).prefetch_renditions(size)
    return {image.pk: image.get_rendition(size) for image in images}
