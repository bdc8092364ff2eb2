"""Process many rows without letting one failure stop the others."""

import logging

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)


def process_each(rows, process):
    """Call `process` with each row and return the results, in order.

    An error is logged with the key of its row; the first one is raised after the last row, so that
    the job is tried again. A database that is away ends the batch at once. `process` opens its own
    transaction; call this outside one.
    """
    results, errors = [], []
    for row in rows:
        try:
            results.append(process(row))
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("%s %s", row._meta.label, row.pk)
            errors.append(error)
    if errors:
        raise errors[0]
    return results
