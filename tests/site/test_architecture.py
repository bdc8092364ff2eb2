"""The house keeps its order: imports look one way, and no module is two subjects."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ["home", "locations", "lending", "search"]  # each may import those before it
LAYERS = ["models", "operations", "staff", "views"]
MAX_LINES = 300


def modules(*folders):
    found = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]
    assert found
    return found


def name_of(path):
    return str(path.relative_to(ROOT))


def imported(path, *, inside_functions=True):
    """The dotted names of all that a module imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree) if inside_functions else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield start
            yield from (f"{start}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("app", APPS)
def test_imports_look_one_way_only(app):
    forbidden = {"digipunt", *APPS[APPS.index(app) + 1 :]}
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in modules(app)
        for name in imported(path)
        if name.partition(".")[0] in forbidden
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("layer", ["models", "operations"])
def test_inside_an_app_the_layers_look_one_way_too(app, layer):
    """Of a page alone, which Wagtail asks for its answer, the view is called when it is asked."""
    above = {f"{app}.{name}" for name in LAYERS[LAYERS.index(layer) + 1 :]}
    folder = ROOT / app / layer
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in (folder.rglob("*.py") if folder.is_dir() else [])
        for name in imported(path, inside_functions=False)
        if ".".join(name.split(".")[:2]) in above
    ]
    assert wrong == []


def test_a_module_holds_one_subject():
    long = {
        name_of(path): lines
        for path in modules(*APPS, "site", "tests", "bench")
        if (lines := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert long == {}


def test_every_module_opens_with_one_line_on_what_lives_in_it():
    silent = [
        name_of(path)
        for path in modules(*APPS, "site")
        if (tree := ast.parse(path.read_text())).body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_nothing_is_called_helpers():
    vague = {"utils", "helpers", "common", "manager", "managers", "misc"}
    assert [name_of(path) for path in modules(*APPS, "site") if path.stem in vague] == []


def test_the_project_package_lives_in_a_folder_and_not_in_a_package_called_site():
    assert not (ROOT / "site" / "__init__.py").exists()
