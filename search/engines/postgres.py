"""The engine on PostgreSQL: a stored tsvector, Dutch and exact, without accents."""

import json

from django.db import connection

from search.results import HIGHLIGHT_END, HIGHLIGHT_START, EngineHit, EngineResponse

name = "postgresql"

# The characters that separate words; the migration of the index has the same list.
SEPARATORS = "-_/.,:;@+*&=%#~?!()[]{}<>|\\\"'`´‘’“”«»•…–—"
BLANKS = " " * len(SEPARATORS)

# One pass over the matches: count, rank and limit them, and highlight only the page that is shown.
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
_TAGS = f'StartSel="{HIGHLIGHT_START}", StopSel="{HIGHLIGHT_END}"'
FULL_HEADLINE = f"{_TAGS}, HighlightAll=true"
FRAGMENT_HEADLINE = f"{_TAGS}, MaxWords=35, MinWords=20, MaxFragments=1"


def search(query, at):
    """Return a page of hits at this moment, and the number of matches of each kind."""
    rows = _fetch_all(*hits_statement(query, at))
    counts = _parse_json(rows[0][0]) or {}
    return EngineResponse(tuple(_build_hit(*row[1:]) for row in rows if row[1]), counts)


def statements(query, at):
    """Return every (statement, parameters) that a search executes."""
    return [hits_statement(query, at)]


def hits_statement(query, at):
    """Return the statement and parameters for one page of hits."""
    expression, terms = match_expression(query)
    marks = ",".join(["%s"] * len(query.kinds))
    kinds = f"WHERE kind IN ({marks})" if marks else ""
    return STATEMENT.format(query=expression, kinds=kinds), [
        *(*terms, *terms, at),
        *(*query.kinds, query.size, query.offset),
        *(SEPARATORS, BLANKS, *terms, FULL_HEADLINE),
        *(SEPARATORS, BLANKS, *terms, FULL_HEADLINE),
        *(SEPARATORS, BLANKS, *terms, FRAGMENT_HEADLINE),
    ]


def match_expression(query):
    """Return a tsquery as SQL and parameters; words contain only letters and digits."""
    terms = [f"'{word}'" for word in query.words]
    if query.last_is_prefix:
        terms[-1] += ":*"
    glue = " || " if query.match_any else " && "
    return glue.join([TERM] * len(terms)), [term for term in terms for _ in range(2)]


def _parse_json(numbers):
    """Parse JSON, which Django leaves as text in raw statements."""
    return json.loads(numbers) if isinstance(numbers, str) else numbers


def _build_hit(key, version, title, summary, body, *headlines):
    texts = (title, summary, body)
    pairs = zip(texts, headlines, strict=True)
    return EngineHit(key, version, *(_add_highlights(*pair) for pair in pairs))


def _add_highlights(text, headline):
    """Return the part of `text` in the headline, with its highlights and original characters."""
    plain = headline.replace(HIGHLIGHT_START, "").replace(HIGHLIGHT_END, "")
    start = text.translate(_SEPARATORS_TO_BLANKS).find(plain)
    if start < 0:
        return ""
    characters = iter(text[start : start + len(plain)])
    return "".join(
        character if character in (HIGHLIGHT_START, HIGHLIGHT_END) else next(characters)
        for character in headline
    )


_SEPARATORS_TO_BLANKS = str.maketrans(SEPARATORS, BLANKS)


def _fetch_all(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
