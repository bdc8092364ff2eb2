"""The engine on SQLite: an FTS5 index beside the table, ranked by bm25."""

from django.db import connection

from search.results import HIGHLIGHT_END, HIGHLIGHT_START, EngineHit, EngineResponse

name = "sqlite"

# CROSS JOIN makes the full-text index the outer loop, which sorts by rank itself.
HITS = """
SELECT entry.key, entry.version,
       highlight(search_fts, 0, %s, %s),
       highlight(search_fts, 3, %s, %s),
       snippet(search_fts, 4, %s, %s, '…', 32)
FROM search_fts CROSS JOIN search_searchentry AS entry ON entry.id = search_fts.rowid
WHERE search_fts MATCH %s AND (entry.expires_at IS NULL OR entry.expires_at > %s){kinds}
ORDER BY search_fts.rank LIMIT %s OFFSET %s
"""
COUNTS = """
SELECT entry.kind, count(*)
FROM search_fts CROSS JOIN search_searchentry AS entry ON entry.id = search_fts.rowid
WHERE search_fts MATCH %s AND (entry.expires_at IS NULL OR entry.expires_at > %s)
GROUP BY entry.kind
"""


def search(query, at):
    """Return a page of hits at this moment, and the number of matches of each kind."""
    counts = _fetch_all(*counts_statement(query, at))
    if not counts:
        return EngineResponse()
    hits = _fetch_all(*hits_statement(query, at))
    return EngineResponse(tuple(EngineHit(*row) for row in hits), dict(counts))


def statements(query, at):
    """Return every (statement, parameters) that a search executes."""
    return [counts_statement(query, at), hits_statement(query, at)]


def hits_statement(query, at):
    """Return the statement and parameters for one page of hits."""
    marks = ",".join(["%s"] * len(query.kinds))
    kinds = f" AND entry.kind IN ({marks})" if marks else ""
    return HITS.format(kinds=kinds), [
        *[HIGHLIGHT_START, HIGHLIGHT_END] * 3,
        match_expression(query),
        _adapt_datetime(at),
        *query.kinds,
        query.size,
        query.offset,
    ]


def counts_statement(query, at):
    """Return the statement and parameters for the number of matches of each kind."""
    return COUNTS, [match_expression(query), _adapt_datetime(at)]


def match_expression(query):
    """Return the FTS5 expression; words contain only letters and digits, and are quoted."""
    *whole_words, last = query.words
    terms = [_term(word, is_prefix=False) for word in whole_words]
    terms.append(_term(last, is_prefix=query.last_is_prefix))
    return (" OR " if query.match_any else " AND ").join(terms)


def _term(word, *, is_prefix):
    star = " *" if is_prefix else ""
    forms = [f'"{form}"{star}' for form in _word_forms(word)]
    return f"({' OR '.join(forms)})" if len(forms) > 1 else forms[0]


def _word_forms(word):
    """Return the word and the likely singular of a Dutch plural; FTS5 has no Dutch stemmer."""
    forms = [word]
    if len(word) > 4 and word.endswith("s"):
        forms.append(word[:-1])
    if len(word) > 5 and word.endswith("en"):
        stem = word[:-2]
        forms.append(stem[:-1] if stem[-1] == stem[-2] else stem)
    return forms


def _adapt_datetime(at):
    return connection.ops.adapt_datetimefield_value(at)


def _fetch_all(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
