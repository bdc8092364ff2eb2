"""The clock on the wall, asked of the database: the hour and the weekday of a moment in Brussels.

PostgreSQL knows our time zone. SQLite does not: Django then asks Python for every row, and 50,000
lessons take half a second. So there the rule of the European Union (since 1996) stands in SQL.
"""

from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

_MONTH_DAY = "substr({at}, 6, 5)"
_IS_SUMMER = """
    CASE WHEN {day} >= '04-01' AND {day} < '10-25' THEN 1
         WHEN {day} < '03-25' OR {day} >= '11-01' THEN 0
         WHEN {day} < '04-01'
         THEN {at} >= date(substr({at}, 1, 4) || '-03-25', 'weekday 0') || ' 01:00:00'
         ELSE {at} < date(substr({at}, 1, 4) || '-10-25', 'weekday 0') || ' 01:00:00' END
"""


class _OnTheWall:
    """A part of a moment that is a column, without time zone on SQLite: there all are in UTC."""

    def as_sqlite(self, compiler, connection):
        at, _no_params = compiler.compile(self.lhs)
        summer = _IS_SUMMER.format(at=at, day=_MONTH_DAY.format(at=at))
        shift = f"CASE WHEN {summer} THEN '+2 hours' ELSE '+1 hours' END"
        return self.sqlite.format(at=at, shift=shift).replace("%", "%%"), []


class LocalHour(_OnTheWall, ExtractHour):
    sqlite = "CAST(strftime('%H', {at}, {shift}) AS INTEGER)"


class LocalWeekday(_OnTheWall, ExtractIsoWeekDay):
    """Monday is 1."""

    sqlite = "((CAST(strftime('%w', {at}, {shift}) AS INTEGER) + 6) % 7 + 1)"
