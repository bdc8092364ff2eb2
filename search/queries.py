"""Search queries as values: any text that a visitor types becomes words that are safe to search."""

import re
import unicodedata
from dataclasses import dataclass, replace

from search.models import Kind

PAGE_SIZE = 10
MAX_PAGE = 50
MAX_LENGTH = 200
MAX_WORDS = 12

SLUGS = {
    Kind.LOCATION: "digipunten",
    Kind.CATALOGUE: "lenen",
    Kind.WORKSHOP: "workshops",
    Kind.STORY: "verhalen",
    Kind.CONTENT: "info",
}
KINDS = {slug: kind for kind, slug in SLUGS.items()}

# Words that are on every page; they only count if nothing else was typed.
STOP_WORDS = {
    *("aan", "als", "bij", "dat", "de", "deze", "die", "dit", "een", "en", "er", "heb", "het"),
    *("hoe", "ik", "in", "is", "je", "kan", "kun", "met", "mijn", "naar", "of", "om", "op", "te"),
    *("uit", "van", "voor", "waar", "wat", "we", "welke", "wie", "wij", "zijn"),
}
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchQuery:
    """A query: `typed` is the cleaned text to show again, `words` are searched for.

    Pages match all words, or any word with `match_any`; `is_truncated` if words were left out.
    """

    typed: str = ""
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    page: int = 1
    is_truncated: bool = False
    match_any: bool = False
    size: int = PAGE_SIZE

    @property
    def is_blank(self):
        return not self.words

    @property
    def offset(self):
        return (self.page - 1) * self.size

    @property
    def last_is_prefix(self):
        """Whether the last word may be the beginning of a longer one."""
        return bool(self.words) and len(self.words[-1]) > 1

    def matching_any(self):
        """Return this query for pages with any of the words."""
        return replace(self, match_any=True)

    def on_page(self, page):
        """Return this query for another page of results."""
        return replace(self, page=page)


def parse_query(typed="", kinds=(), page=1):
    """Return the query in these raw query parameters; invalid values are ignored."""
    text, is_truncated = _clean(typed)
    words = tuple(dict.fromkeys(WORD.findall(text.lower())))
    significant = tuple(word for word in words if word not in STOP_WORDS) or words
    return SearchQuery(
        typed=text,
        words=significant[:MAX_WORDS],
        kinds=tuple(dict.fromkeys(KINDS[slug].value for slug in kinds if slug in KINDS)),
        page=_parse_page(page),
        is_truncated=is_truncated or len(significant) > MAX_WORDS,
    )


def _clean(typed):
    start = unicodedata.normalize("NFKC", str(typed)[: 5 * MAX_LENGTH])
    printable = "".join(
        " " if unicodedata.category(character)[0] in "CZ" else character for character in start
    )
    text = " ".join(printable.split())
    is_truncated = len(text) > MAX_LENGTH or len(str(typed)) > 5 * MAX_LENGTH
    if len(text) > MAX_LENGTH:
        whole_words, _blank, _rest = text[: MAX_LENGTH + 1].rpartition(" ")
        text = whole_words or text[:MAX_LENGTH]
    return text, is_truncated


def _parse_page(value):
    try:
        return min(max(int(value), 1), MAX_PAGE)
    except (TypeError, ValueError):
        return 1
