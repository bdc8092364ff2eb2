"""Operations on editions of a brochure."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from wagtail.log_actions import log

from locations.brochures.content import brochure_content
from locations.brochures.models import BrochureEdition, BrochurePage

MAKE_EDITION = "locations.make_edition"


@transaction.atomic
def make_edition(page, *, url, user=None, now=None):
    """Store the present content of a brochure under the next number and return the edition."""
    now = now or timezone.now()
    page = BrochurePage.objects.select_for_update().select_related(None).get(pk=page.pk)
    last = page.editions.aggregate(last=Max("number"))["last"] or 0
    with translation.override(settings.LANGUAGE_CODE):
        content = brochure_content(page, url, now)
    edition = BrochureEdition.objects.create(
        page=page,
        number=last + 1,
        made_at=now,
        made_by=user,
        data={**content, "edition": str(last + 1)},
    )
    log(page, MAKE_EDITION, user=user, data={"edition": edition.number})
    return edition
