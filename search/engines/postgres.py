"""The embedded engine on PostgreSQL: a stored tsvector, Dutch and exact, accents folded."""

from django.db import connection

from search.answers import CLOSE, OPEN, Found, Match

name = "postgresql"

# The signs that part words in the index: its migration names the same ones.
SIGNS = "-_/.,:;@+*&=%#~?!()[]{}<>|\\\"'`´‘’“”«»•…–—"
BLANKS = " " * len(SIGNS)

# Ranked and cut inside, so that only the page that is shown gets its headlines made.
FOUND = """
SELECT page.key, page.version, page.title, page.summary, page.body,
       ts_headline('search_dutch', translate(page.title, %s, %s), {query}, %s),
       ts_headline('search_dutch', translate(page.summary, %s, %s), {query}, %s),
       ts_headline('search_dutch', translate(page.body, %s, %s), {query}, %s)
FROM (
    SELECT key, version, title, summary, body, id, ts_rank(vector, {query}) AS rank
    FROM search_searchentry
    WHERE vector @@ ({query}) AND (expires_at IS NULL OR expires_at > %s){kinds}
    ORDER BY rank DESC, id LIMIT %s OFFSET %s
) AS page
ORDER BY page.rank DESC, page.id
"""
COUNTS = """
SELECT kind, count(*) FROM search_searchentry
WHERE vector @@ ({query}) AND (expires_at IS NULL OR expires_at > %s)
GROUP BY kind
"""
TERM = "(to_tsquery('search_dutch', %s) || to_tsquery('search_exact', %s))"
WHOLE = f'StartSel="{OPEN}", StopSel="{CLOSE}", HighlightAll=true'
PIECE = f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxWords=35, MinWords=20, MaxFragments=1'


def search(question, at):
    """What the question finds at this moment: a page of matches, and counts per kind."""
    counts = _rows(*counting(question, at))
    if not counts:
        return Found()
    matches = tuple(_match(*row) for row in _rows(*finding(question, at)))
    return Found(matches, dict(counts))


def finding(question, at):
    """The statement and its parameters for one page of matches."""
    query, terms = expression(question)
    marks = ",".join(["%s"] * len(question.kinds))
    kinds = f" AND kind IN ({marks})" if marks else ""
    return FOUND.format(query=query, kinds=kinds), [
        *(SIGNS, BLANKS, *terms, WHOLE),
        *(SIGNS, BLANKS, *terms, WHOLE),
        *(SIGNS, BLANKS, *terms, PIECE),
        *terms,
        *terms,
        at,
        *question.kinds,
        question.size,
        question.offset,
    ]


def counting(question, at):
    query, terms = expression(question)
    return COUNTS.format(query=query), [*terms, at]


def expression(question):
    """The question as SQL and parameters; words hold only letters and figures, in quotes."""
    terms = [f"'{word}'" for word in question.words]
    if question.last_is_open:
        terms[-1] += ":*"
    glue = " || " if question.loose else " && "
    return glue.join([TERM] * len(terms)), [term for term in terms for _ in range(2)]


def _match(key, version, title, summary, body, *light):
    texts = (title, summary, body)
    return Match(key, version, *(_with_marks(*pair) for pair in zip(texts, light, strict=True)))


def _with_marks(text, light):
    """The marks of the headline in the text itself, where no sign has become a blank."""
    bare = light.replace(OPEN, "").replace(CLOSE, "")
    start = text.translate(_PARTED).find(bare)
    if start < 0:
        return ""
    signs = iter(text[start : start + len(bare)])
    return "".join(sign if sign in (OPEN, CLOSE) else next(signs) for sign in light)


_PARTED = str.maketrans(SIGNS, BLANKS)


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
