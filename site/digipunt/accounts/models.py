"""The account of someone who works with the site."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Ours from the first day, so that it can grow without a painful migration."""
