"""The embedded engine on SQLite: FTS5 beside the table, ranked by bm25 inside the index."""

from django.db import connection

from search.answers import CLOSE, OPEN, Found, Match

name = "sqlite"

# The outer loop must be the index (CROSS JOIN fixes that): it sorts by rank itself.
FOUND = """
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


def search(question, at):
    """What the question finds at this moment: a page of matches, and counts per kind."""
    counts = _rows(*counting(question, at))
    if not counts:
        return Found()
    matches = _rows(*finding(question, at))
    return Found(tuple(Match(*row) for row in matches), dict(counts))


def statements(question, at):
    """All that is asked of the database for one question, with the parameters."""
    return [counting(question, at), finding(question, at)]


def finding(question, at):
    """The statement and its parameters for one page of matches."""
    marks = ",".join(["%s"] * len(question.kinds))
    kinds = f" AND entry.kind IN ({marks})" if marks else ""
    return FOUND.format(kinds=kinds), [
        *[OPEN, CLOSE] * 3,
        expression(question),
        _moment(at),
        *question.kinds,
        question.size,
        question.offset,
    ]


def counting(question, at):
    return COUNTS, [expression(question), _moment(at)]


def expression(question):
    """The question in FTS5's language; words hold only letters and figures, and stand in quotes."""
    *closed, last = question.words
    terms = [_term(word, opened=False) for word in closed]
    terms.append(_term(last, opened=question.last_is_open))
    return (" OR " if question.loose else " AND ").join(terms)


def _term(word, *, opened):
    star = " *" if opened else ""
    forms = [f'"{form}"{star}' for form in _forms(word)]
    return f"({' OR '.join(forms)})" if len(forms) > 1 else forms[0]


def _forms(word):
    """The word and its singular where a plural is plain to see: FTS5 knows no Dutch."""
    forms = [word]
    if len(word) > 4 and word.endswith("s"):
        forms.append(word[:-1])
    if len(word) > 5 and word.endswith("en"):
        stem = word[:-2]
        forms.append(stem[:-1] if stem[-1] == stem[-2] else stem)
    return forms


def _moment(at):
    return connection.ops.adapt_datetimefield_value(at)


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
