"""The admin URLs, and functions to read their forms, responses and effects."""

import io
import json
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import get_resolver
from openpyxl import load_workbook

OURS = ("home", "locations", "lending", "search", "digipunt")
LABELS = ("home", "locations", "lending", "search", "accounts")
# Namespaces of Wagtail that are visited without recipes for their forms.
WAGTAIL_NAMESPACES = ("wagtailimages_chooser", "wagtailusers_users", "wagtailusers_groups")
# Rows that are created on demand, also by GET requests.
DERIVED = {"home.JobRun", "home.Rendition", "search.SearchEntry"}
EXCLUDED = {"wagtailadmin_error_test", "wagtailadmin_logout", "wagtailadmin_dismissibles"}


@dataclass
class AdminURL:
    """An admin URL pattern with its view and model."""

    pattern: str
    name: str
    view: type
    model: type | None

    @property
    def namespace(self):
        return self.name.rpartition(":")[0]

    @property
    def action(self):
        return self.name.rpartition(":")[2]

    @property
    def needs_args(self):
        return "<" in self.pattern or "(?P" in self.pattern

    @property
    def is_ours(self):
        if self.namespace.startswith(WAGTAIL_NAMESPACES):
            return False
        ours = self.model is not None and self.model._meta.app_label in LABELS
        return ours or self.view.__module__.split(".")[0] in OURS


def admin_urls(patterns=None, prefix="", namespace=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (
                f"{namespace}:{pattern.namespace}".strip(":") if pattern.namespace else namespace
            )
            yield from admin_urls(pattern.url_patterns, route, inner)
        elif route.startswith("beheer/"):
            callback = pattern.callback
            model = getattr(callback, "view_initkwargs", {}).get("model")
            view = getattr(callback, "view_class", callback)
            name = f"{namespace}:{pattern.name}".strip(":")
            yield AdminURL(route, name, view, model if isinstance(model, type) else None)


def form_data(page):
    """Return the data that a browser sends for the form on a page."""
    form = BeautifulSoup(page.content, "html.parser").find("form", id="w-editor-form")
    data = {}
    for item in form.find_all(["input", "select", "textarea"]):
        name = item.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if item.name == "select":
            chosen = [option["value"] for option in item.find_all("option", selected=True)]
            data[name] = chosen if item.has_attr("multiple") else "".join(chosen[:1])
        elif item.name == "textarea":
            data[name] = item.text.strip()
        elif item.get("type") not in ("checkbox", "radio") or item.has_attr("checked"):
            data[name] = item.get("value", "on" if item.get("type") == "checkbox" else "")
    return data


def as_new(data):
    """Return the data without primary keys of formset rows, to add the object again."""
    new = {name: value for name, value in data.items() if not name.endswith("-id")}
    return new | {name: "0" for name in new if name.endswith("-INITIAL_FORMS")}


def snapshot():
    """Return all rows of our apps, by model."""
    return {
        model._meta.label: sorted(
            json.dumps(row, default=str, sort_keys=True) for row in model._base_manager.values()
        )
        for label in LABELS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.label not in DERIVED
    }


def response_text(response):
    """Return the text of a response, including spreadsheet cells and redirects."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheet" in response.get("Content-Type", ""):
        rows = load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return body.decode("utf-8", errors="replace") + response.get("Location", "")
