"""Tests of the files in the repository: no secrets, registry URLs or machine paths."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    *("site", "home", "locations", "lending", "search", "templates", "tests"),
    *("manage.py", "pyproject.toml", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
    *("SECURITY.md", "CODE_OF_CONDUCT.md"),
    *("Makefile", "gunicorn.conf.py", "publiccode.yml", "docs", "deploy", "bench"),
}
LOCKS = sorted((ROOT / "deploy" / "requirements").glob("*.txt"))
# The patterns are split so that they do not match this file.
FORBIDDEN = {
    "an address of a package registry": r"pypi\.org|python" r"hosted\.org|registry\.npm" r"js\.org",
    "a setting that names a registry": r"--(extra-)?index" r"-url|--find" r"-links",
    "a path of a machine": r"(?<![\w/.-])/(root|home/\w+|Users/\w+|work/(main|shared))" r"/",
    "a private key": r"BEGIN (RSA |EC |OPENSSH )?PRIVATE" r" KEY",
    "a password in an address": r"://[\w-]+:(?!\$|password|secret|<)[^@\s/'\"{}]{6,}" r"@",
}


@pytest.fixture(scope="module")
def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_commit_contains_no_forbidden_text(tracked, what):
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for name in tracked:
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue
        found += [
            f"{name}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    assert found == []


def test_top_level_contains_only_agreed_names(tracked):
    names = {name.partition("/")[0] for name in tracked}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_generated_files_are_not_committed(tracked):
    made = [n for n in tracked if n.endswith((".mo", ".pyc", ".sqlite3")) or n.startswith("var/")]
    assert made == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_dependency_has_a_hash(lock):
    text = lock.read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 50
    assert [line[:60] for line in lines if not re.match(r"\S+==\S+ .*--hash=sha256:\w", line)] == []


def test_test_lock_contains_the_site_lock():
    site, test = (
        set(re.findall(r"^[\w.-]+(?:\[\w+\])?==\S+", path.read_text(), re.MULTILINE))
        for path in (ROOT / "deploy/requirements/site.txt", ROOT / "deploy/requirements/test.txt")
    )
    assert site
    assert site <= test


def test_every_make_target_in_the_documentation_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        target
        for document in documents
        for target in re.findall(r"(?:`|^ *)make ([a-z]+)", document.read_text(), re.MULTILINE)
    }
    assert {"run", "test"} <= named
    assert named <= targets


def test_every_file_linked_in_the_documentation_exists():
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    lost = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\((?!\w+:|#)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert lost == []
