"""Runs a page at a time. With 50,000 of them nobody counts them all, or reads past a thousand."""

from itertools import accumulate

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.functional import cached_property

PER_PAGE = 20
MOST = 1000


def read(runs):
    """These runs, of one page, with what their lines need."""
    return runs if isinstance(runs, list) else list(runs.with_seats().for_list())


class RunPaginator(Paginator):
    """Counts as far as there are pages; `is_more` says that there are others still."""

    def __init__(self, runs):
        super().__init__(runs, PER_PAGE)

    @cached_property
    def _counted(self):
        if isinstance(self.object_list, NearestFirst):
            return self.object_list.count()
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def count(self):
        return min(self._counted, MOST)

    @property
    def is_more(self):
        return self._counted > MOST


class NearestFirst:
    """Runs (a queryset) by place, in this order of places (keys); three queries for a page."""

    def __init__(self, runs, places):
        self.runs, self.places = runs, places

    @cached_property
    def counts(self):
        """{place: how many}, in the order of the places."""
        counted = self.runs.order_by().values_list("location").annotate(n=Count("pk"))
        found = dict(counted)
        return {place: found[place] for place in self.places if place in found}

    def count(self):
        return sum(self.counts.values())

    def __getitem__(self, piece):
        """The runs from one number to another; only the places that these are at are read."""
        ends = list(accumulate(self.counts.values()))
        shown = [
            (place, end)
            for place, end in zip(self.counts, ends, strict=True)
            if end > piece.start and end - self.counts[place] < piece.stop
        ]
        if not shown:
            return []
        turns = {place: turn for turn, (place, _end) in enumerate(shown)}
        keys = list(self.runs.filter(location__in=turns).values_list("location", "pk"))
        keys.sort(key=lambda key: turns[key[0]])  # the dates stay in order
        first = shown[0][1] - self.counts[shown[0][0]]
        keys = [pk for _place, pk in keys[piece.start - first : piece.stop - first]]
        found = self.runs.with_seats().for_list().in_bulk(keys)
        return [found[pk] for pk in keys]
