"""Base class of the errors of the lending service."""


class LendingError(Exception):
    """A refusal, as a translated sentence for the user: what, why, and what to do next."""
