"""Import a module of the same name from every subject of every app."""

from importlib import import_module
from pathlib import Path

from django.apps import apps


def autodiscover_subjects(name, *app_labels):
    """Import `<app>.<subject>.<name>` wherever it exists, in the order of INSTALLED_APPS.

    Subjects of one app are imported in alphabetical order. Registries use this, so that no
    central list names what the subjects bring. With app labels, only those apps are searched.
    """
    configs = [apps.get_app_config(label) for label in app_labels] or apps.get_app_configs()
    for config in configs:
        for path in sorted(Path(config.path).glob(f"*/{name}.py")):
            import_module(f"{config.name}.{path.parent.name}.{name}")
