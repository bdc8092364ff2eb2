"""The public team of a location, and the partners of its partnership."""

from dataclasses import dataclass
from itertools import cycle

from home.pages.models import CustomImage
from locations.places.models import PartnerRole

PHOTO = "fill-160x160|format-webp"
LOGO = "max-400x120|format-webp"
DRAWINGS = tuple(f"persoon-{number}" for number in range(1, 7))


@dataclass(frozen=True)
class Member:
    """A team member; the drawing is for a member without photo."""

    name: str
    task: str
    photo: object
    drawing: str


@dataclass(frozen=True)
class PartnerSummary:
    """A partner with a line for each of its roles."""

    name: str
    website: str
    tasks: tuple[str, ...]
    logo: object


def team_context(location):
    """Return the team and the partners, in two queries and two more for photos or logos."""
    members = list(location.team.shown().values_list("name", "task", "image"))
    photos = _load_renditions({image for *_, image in members if image}, PHOTO)
    return {
        "team": [
            Member(name, task, photos.get(image), drawing)
            for (name, task, image), drawing in zip(members, cycle(DRAWINGS), strict=False)
        ],
        "partners": list_partners(location.partnership_id),
    }


def list_partners(partnership):
    """Return the partners of a partnership (key) by name, in at most three queries."""
    if not partnership:
        return []
    roles = PartnerRole.objects.filter(partner__partnerships=partnership)
    partners = {}
    for pk, name, website, role, contribution, logo in roles.order_by(
        "partner__name", "role"
    ).values_list(
        *("partner", "partner__name", "partner__website", "role"),
        *("contribution", "partner__logo"),
    ):
        fields = partners.setdefault(pk, (name, website, logo, []))
        fields[-1].append(contribution or PartnerRole.Role(role).label)
    logos = {logo for _name, _website, logo, _tasks in partners.values() if logo}
    renditions = _load_renditions(logos, LOGO)
    return [
        PartnerSummary(name, website, tuple(tasks), renditions.get(logo))
        for name, website, logo, tasks in partners.values()
    ]


def _load_renditions(keys, spec):
    if not keys:
        return {}
    images = CustomImage.objects.filter(pk__in=keys).prefetch_renditions(spec)
    return {image.pk: image.get_rendition(spec) for image in images}
