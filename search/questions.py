"""A question as a value: whatever somebody types becomes words that no engine can misread."""

import re
import unicodedata
from dataclasses import dataclass, replace

from .models import Kind

PAGE_SIZE = 10
LAST_PAGE = 50
LONGEST = 200
MOST_WORDS = 12

SLUGS = {
    Kind.LOCATION: "digipunten",
    Kind.CATALOGUE: "lenen",
    Kind.WORKSHOP: "workshops",
    Kind.STORY: "verhalen",
    Kind.CONTENT: "info",
}
KINDS = {slug: kind for kind, slug in SLUGS.items()}

# Words that are on every page; they only count when nothing else was typed.
STOP_WORDS = {
    *("aan", "als", "bij", "dat", "de", "deze", "die", "dit", "een", "en", "er", "heb", "het"),
    *("hoe", "ik", "in", "is", "je", "kan", "kun", "met", "mijn", "naar", "of", "om", "op", "te"),
    *("uit", "van", "voor", "waar", "wat", "we", "welke", "wie", "wij", "zijn"),
}
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Question:
    """`typed` is fit to show again, `words` to search for; `loose`: any word will do."""

    typed: str = ""
    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    page: int = 1
    cut: bool = False
    loose: bool = False
    size: int = PAGE_SIZE

    @property
    def is_blank(self):
        return not self.words

    @property
    def offset(self):
        return (self.page - 1) * self.size

    @property
    def last_is_open(self):
        """Whether the last word may be the beginning of a longer one."""
        return bool(self.words) and len(self.words[-1]) > 1

    def looser(self):
        return replace(self, loose=True)

    def on_page(self, page):
        return replace(self, page=page)


def question(typed="", kinds=(), page=1):
    """The question in these raw query parameters; never fails."""
    text, cut = _clean(typed)
    words = tuple(dict.fromkeys(WORD.findall(text.lower())))
    telling = tuple(word for word in words if word not in STOP_WORDS) or words
    return Question(
        typed=text,
        words=telling[:MOST_WORDS],
        kinds=tuple(dict.fromkeys(KINDS[slug].value for slug in kinds if slug in KINDS)),
        page=_page(page),
        cut=cut or len(telling) > MOST_WORDS,
    )


def _clean(typed):
    start = unicodedata.normalize("NFKC", str(typed)[: 5 * LONGEST])
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in start)
    text = " ".join(shown.split())
    cut = len(text) > LONGEST or len(str(typed)) > 5 * LONGEST
    if len(text) > LONGEST:
        whole, _blank, _begun = text[: LONGEST + 1].rpartition(" ")
        text = whole or text[:LONGEST]
    return text, cut


def _page(value):
    try:
        return min(max(int(value), 1), LAST_PAGE)
    except (TypeError, ValueError):
        return 1
