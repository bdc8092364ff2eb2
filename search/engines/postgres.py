"""The embedded engine on PostgreSQL: a stored tsvector, Dutch and exact, accents folded."""

import json

from django.db import connection

from search.answers import CLOSE, OPEN, Found, Match

name = "postgresql"

# The signs that part words in the index: its migration names the same ones.
SIGNS = "-_/.,:;@+*&=%#~?!()[]{}<>|\\\"'`´‘’“”«»•…–—"
BLANKS = " " * len(SIGNS)

# One pass over what matches: counted, ranked and cut, before the page that is shown is dressed.
STATEMENT = """
WITH matched AS MATERIALIZED (
    SELECT id, kind, ts_rank(vector, {query}) AS rank FROM search_searchentry
    WHERE vector @@ ({query}) AND (expires_at IS NULL OR expires_at > %s)
), counts AS (
    SELECT json_object_agg(kind, number) AS numbers
    FROM (SELECT kind, count(*) AS number FROM matched GROUP BY kind) AS kinds
), top AS (
    SELECT id, rank FROM matched {kinds} ORDER BY rank DESC, id LIMIT %s OFFSET %s
)
SELECT counts.numbers, entry.key, entry.version, entry.title, entry.summary, entry.body,
       ts_headline('search_dutch', translate(entry.title, %s, %s), {query}, %s),
       ts_headline('search_dutch', translate(entry.summary, %s, %s), {query}, %s),
       ts_headline('search_dutch', translate(entry.body, %s, %s), {query}, %s)
FROM counts LEFT JOIN (top JOIN search_searchentry AS entry USING (id)) ON true
ORDER BY top.rank DESC, top.id
"""
TERM = "(to_tsquery('search_dutch', %s) || to_tsquery('search_exact', %s))"
WHOLE = f'StartSel="{OPEN}", StopSel="{CLOSE}", HighlightAll=true'
PIECE = f'StartSel="{OPEN}", StopSel="{CLOSE}", MaxWords=35, MinWords=20, MaxFragments=1'


def search(question, at):
    """What the question finds at this moment: a page of matches, and counts per kind."""
    rows = _rows(*finding(question, at))
    counts = _read(rows[0][0]) or {}
    return Found(tuple(_match(*row[1:]) for row in rows if row[1]), counts)


def statements(question, at):
    """All that is asked of the database for one question, with the parameters."""
    return [finding(question, at)]


def finding(question, at):
    """The statement and its parameters for one page of matches."""
    query, terms = expression(question)
    marks = ",".join(["%s"] * len(question.kinds))
    kinds = f"WHERE kind IN ({marks})" if marks else ""
    return STATEMENT.format(query=query, kinds=kinds), [
        *(*terms, *terms, at),
        *(*question.kinds, question.size, question.offset),
        *(SIGNS, BLANKS, *terms, WHOLE),
        *(SIGNS, BLANKS, *terms, WHOLE),
        *(SIGNS, BLANKS, *terms, PIECE),
    ]


def expression(question):
    """The question as SQL and parameters; words hold only letters and figures, in quotes."""
    terms = [f"'{word}'" for word in question.words]
    if question.last_is_open:
        terms[-1] += ":*"
    glue = " || " if question.loose else " && "
    return glue.join([TERM] * len(terms)), [term for term in terms for _ in range(2)]


def _read(numbers):
    """Django leaves JSON that comes out of raw statements as text."""
    return json.loads(numbers) if isinstance(numbers, str) else numbers


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
