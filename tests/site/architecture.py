"""Rules of the architecture as functions that yield violations, for any source tree.

`docs/architecture.md` explains the rules and the order of the subjects.
"""

import ast
import re

APPS = {
    "home": ["core", "documents", "pages", "messages", "forms", "newsletter"],
    "locations": [
        "core",
        "places",
        "opening_hours",
        "directory",
        "workshops",
        "helpdesk",
        "reach",
        "brochures",
    ],
    "lending": ["core", "devices", "donations", "loans", "catalogue"],
    "search": [],
}
"""The apps, and the subjects of each, lowest first: code imports only what comes before it."""

LAYERS = {"models": 0, "operations": 2, "admin": 3, "views": 3}
"""Layers within a subject; every other module is a domain module, between models and operations."""
DOMAIN = 1

APP_ROOT = {
    "__init__.py",
    "apps.py",
    "urls.py",
    "wagtail_hooks.py",
    "management",
    "migrations",
    "models",
    "templatetags",
}
"""What Django and Wagtail look for in the root of an app."""

REGISTRATIONS = {
    "barcodes",
    "jobs",
    "message_types",
    "page_blocks",
    "panels",
    "reach_source",
    "signals",
    "transitions",
    "triggers",
    "urls",
    "wagtail_hooks",
}
"""Modules of a subject that register what it brings; nothing imports them but the registry."""

VAGUE = {"common", "helpers", "manager", "managers", "misc", "utils"}
MAX_LINES = 300

IMPORT_REASONS = ("app ready", "import cycle in Wagtail", "optional dependency", "start-up time")
"""Reasons to import inside a function, written as `# noqa: PLC0415 - <reason>`."""


def python_files(root, *folders):
    return sorted(
        path
        for folder in folders
        for path in (root / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def name_of(path, root):
    return path.relative_to(root).as_posix()


def imported_names(path, root):
    """Yield the dotted name of everything that a module imports, inside functions too."""
    package = path.relative_to(root).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def subject_of(name):
    """Return (app, subject) of a dotted name; the subject is None outside a subject."""
    app, _, rest = name.partition(".")
    subject = rest.partition(".")[0]
    return app, subject if subject in APPS.get(app, ()) else None


def layer_of(name):
    """Return the layer of a dotted name within its subject."""
    parts = name.split(".")
    return LAYERS.get(parts[2], DOMAIN) if len(parts) > 2 else DOMAIN


def dotted(path, root):
    return name_of(path, root).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def app_order(root):
    """Yield imports of an app that comes later, or of the project package."""
    order = list(APPS)
    for position, app in enumerate(order):
        later = {"digipunt", *order[position + 1 :]}
        for path in python_files(root, app):
            for name in imported_names(path, root):
                if name.partition(".")[0] in later:
                    yield f"{name_of(path, root)} imports {name}"


def subject_order(root):
    """Yield imports of a subject of the same app that comes later."""
    for app, subjects in APPS.items():
        for position, subject in enumerate(subjects):
            for path in python_files(root, f"{app}/{subject}"):
                for name in imported_names(path, root):
                    other_app, other = subject_of(name)
                    if other_app == app and other and subjects.index(other) > position:
                        yield f"{name_of(path, root)} imports {name}"


def layer_order(root):
    """Yield imports of a higher layer of the same subject, or of a higher layer by a model."""
    for app, subjects in APPS.items():
        for subject in subjects:
            for path in python_files(root, f"{app}/{subject}"):
                module = dotted(path, root)
                layer = layer_of(module)
                if module.split(".")[2:3] and module.split(".")[2] in REGISTRATIONS:
                    continue
                for name in imported_names(path, root):
                    same = subject_of(name) == (app, subject)
                    ours = name.partition(".")[0] in APPS
                    too_high = layer_of(name) >= 2 and layer_of(name) > layer
                    if ours and too_high and (same or layer == 0):
                        yield f"{name_of(path, root)} imports {name}"


def loose_modules(root):
    """Yield what lies in the root of an app with subjects but belongs in one of them."""
    for app, subjects in APPS.items():
        if not subjects:
            continue
        for path in sorted((root / app).iterdir()):
            if path.name not in {*APP_ROOT, *subjects, "__pycache__"}:
                yield name_of(path, root)


def imports_in_functions(root):
    """Yield imports inside a function that give none of the agreed reasons."""
    for path in python_files(root, *APPS, "site"):
        lines = path.read_text().splitlines()
        for function in ast.walk(ast.parse("\n".join(lines))):
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    reason = re.search(r"# noqa: PLC0415 - (.+)$", lines[node.lineno - 1])
                    if not (reason and reason[1].startswith(IMPORT_REASONS)):
                        yield f"{name_of(path, root)}:{node.lineno}"


def long_modules(root):
    """Yield modules that are longer than one subject needs."""
    for path in python_files(root, *APPS, "site", "tests", "bench"):
        lines = len(path.read_text().splitlines())
        if lines > MAX_LINES:
            yield f"{name_of(path, root)}: {lines} lines"


def vague_names(root):
    """Yield modules whose name does not tell what they contain."""
    for path in python_files(root, *APPS, "site", "tests", "bench"):
        if VAGUE & {path.stem, *path.relative_to(root).parts}:
            yield name_of(path, root)


def missing_docstrings(root):
    """Yield modules with code that do not start with a docstring."""
    for path in python_files(root, *APPS, "site"):
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            yield name_of(path, root)


def site_package(root):
    """Yield `site/__init__.py`: a package of that name would be hidden by the standard library."""
    if (root / "site" / "__init__.py").exists():
        yield "site/__init__.py"


RULES = [
    app_order,
    subject_order,
    layer_order,
    loose_modules,
    imports_in_functions,
    long_modules,
    vague_names,
    missing_docstrings,
    site_package,
]
