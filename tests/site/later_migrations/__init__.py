"""The migrations of locations, followed by one that only the tests know."""

from locations import migrations

__path__ = [*migrations.__path__, *__path__]
