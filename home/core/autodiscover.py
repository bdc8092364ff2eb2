"""Import a module of the same name from every subject of every app."""

from importlib import import_module
from pathlib import Path

from django.apps import apps


def autodiscover_subjects(name, *, app=None):
    """Import `<app>.<subject>.<name>` wherever it exists, in the order of INSTALLED_APPS.

    Subjects of one app are imported in alphabetical order; `app` restricts this to one app.
    Registries use this, so that no central list names the entries of the subjects.
    """
    configs = [apps.get_app_config(app)] if app else apps.get_app_configs()
    for config in configs:
        for path in sorted(Path(config.path).glob(f"*/{name}.py")):
            import_module(f"{config.name}.{path.parent.name}.{name}")
