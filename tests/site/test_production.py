"""Tests of the production settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "a-secret-for-the-tests-that-is-long-enough-0123456789",
    "BASE_URL": "https://www.digipunt.example",
    "DATABASE_URL": "sqlite://:memory:",
    "TRUST_PROXY": "1",
}


@pytest.fixture(scope="module")
def manage(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")

    def run(*command, **environment):
        given = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "digipunt.settings.production",
            "DATA_DIR": str(data),
            **COMPLETE,
            **environment,
        }
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={name: value for name, value in given.items() if value is not None},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": None}, "The environment lacks SECRET_KEY"),
        ({"BASE_URL": None, "DATABASE_URL": ""}, "The environment lacks BASE_URL"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY has to be a secret of at least 50"),
        ({"BASE_URL": "www.digipunt.example"}, "BASE_URL has to be the address"),
        ({"BASE_URL": "https://www.digipunt.example/site"}, "BASE_URL has to be the address"),
        ({"DATABASE_URL": "postgers://name@host/database"}, "DATABASE_URL has to be an address"),
    ],
    ids=["no secret", "nothing", "short secret", "no scheme", "a path", "no database we know"],
)
def test_missing_setting_is_named_in_one_sentence(manage, environment, sentence):
    answer = manage("check", **environment)
    assert answer.returncode == 1
    assert answer.stderr.startswith(sentence)
    assert len(answer.stderr.strip().splitlines()) == 1


def test_deployment_check_has_no_warnings(manage):
    answer = manage("check", "--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout


ASK = """
from django.test import Client
client = Client(raise_request_exception=False)
answer = client.get({path!r}, secure={secure}, headers={headers}, SERVER_NAME={host!r})
print("STATUS", answer.status_code)
for name, value in answer.headers.items(): print(name + ":", value)
for cookie in client.cookies.values(): print("COOKIE", cookie.OutputString())
print(answer.content.decode())
"""


@pytest.fixture(scope="module")
def ask(manage):
    collected = manage("collectstatic", "--no-input", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr

    def run(path, *, secure=True, headers=None, host="www.digipunt.example", **environment):
        code = ASK.format(path=path, secure=secure, headers=headers or {}, host=host)
        answer = manage("shell", "--no-imports", "-c", code, **environment)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    return run


def test_missing_database_returns_503_with_retry_after(ask):
    answer = ask("/", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert "STATUS 503" in answer
    assert "Retry-After: 30" in answer
    assert "<h1>" in answer


def test_http_redirects_to_https(ask):
    answer = ask("/beheer/login/", secure=False)
    assert "STATUS 301" in answer
    assert "Location: https://www.digipunt.example/beheer/login/" in answer


def test_unknown_host_is_refused(ask):
    assert "STATUS 400" in ask("/", host="elsewhere.example")


def test_cookies_and_security_headers_are_strict(ask):
    answer = ask("/_util/login/")
    assert "STATUS 200" in answer
    assert "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload" in answer
    assert "X-Frame-Options: DENY" in answer
    assert "X-Content-Type-Options: nosniff" in answer
    assert "default-src 'self'" in answer
    assert "unsafe" not in answer
    cookie = next(line for line in answer.splitlines() if line.startswith("COOKIE __Host-csrf="))
    assert {"Secure", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_session_cookie_is_strict(manage):
    code = (
        "from django.conf import settings;"
        "print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_PATH)"
    )
    assert "__Host-session /" in manage("shell", "--no-imports", "-c", code).stdout
