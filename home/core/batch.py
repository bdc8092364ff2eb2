"""The same deed for many rows, of which one may be bad: the others do not wait for it."""

import logging

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)


def one_by_one(rows, deed):
    """Do this for each row, and return what came of it, in order.

    What goes wrong with a row is logged with its key, and raised when all had their turn; so a job
    tells it, and comes back. A database that is away ends it at once. Each deed has a transaction
    of its own, and the caller has none.
    """
    done, troubles = [], []
    for row in rows:
        try:
            done.append(deed(row))
        except (OperationalError, InterfaceError):
            raise
        except Exception as trouble:
            logger.exception("%s %s", row._meta.label, row.pk)
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return done
