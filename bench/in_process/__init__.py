"""Measurements inside a Django process; importing this package sets Django up.

The settings are those of the environment, or the development settings.
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[2] / "site"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digipunt.settings.dev")
os.environ.setdefault("SEARCH_INDEX_PREFIX", "bench-")
django.setup()
