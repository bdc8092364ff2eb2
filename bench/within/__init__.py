"""What is measured within Django: to import any of it sets Django up.

With the settings of the environment, or those of a developer.
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[2] / "site"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digipunt.settings.dev")
os.environ.setdefault("SEARCH_INDEX_PREFIX", "bench-")
django.setup()
