# Digipunt: what can be made here. `make help` says it in words.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test lint format messages demo bench lock environment
PORT ?= 8000
DEBUG ?= 0
COVER ?= 0
# Percentage of lines and branches that the tests must run.
COVERAGE_FLOOR := 80
# The first Python that is new enough; PYTHON=... chooses another.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
LOCKS := deploy/requirements

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: .venv/site ## set everything up and serve the filled demo site (PORT=8000; DEBUG=1 to develop)
	@$(BIN)/python site/digipunt/translations.py
	@DEBUG=$(DEBUG) exec $(BIN)/python manage.py serve --port "$(PORT)"

test: .venv/test ## set everything up and run the tests (ARGS="-k loans" for some, COVER=1 for coverage)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 $(if $(filter 1,$(COVER)),--cov --cov-fail-under=$(COVERAGE_FLOOR)) $(ARGS)

lint: .venv/test ## check the code, the templates and the spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --check --quiet
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/codespell

format: .venv/test ## format the code and the templates
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djlint templates --reformat --warn --quiet

messages: .venv/test ## collect what is said to people, for the translators (needs gettext)
	@command -v msgmerge >/dev/null || { echo "This needs gettext: sudo apt-get install gettext"; exit 1; }
	@$(BIN)/python manage.py makemessages --locale nl --no-obsolete --add-location file \
		--ignore .venv --ignore var --ignore tests --ignore node_modules --verbosity 0
	@$(BIN)/python site/digipunt/translations.py

demo: .venv/site ## load the demo data (ARGS="--devices 5000 --loans 50000" for the large set)
	@$(BIN)/python site/digipunt/translations.py
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo $(ARGS)

bench: .venv/test ## measure speed, one JSON object a line (DATABASE_URL_POSTGRES= to measure there too)
	@$(BIN)/python site/digipunt/translations.py
	@$(BIN)/python -m bench $(ARGS)

lock: .venv/test ## choose the newest versions that fit, and lock them (needs uv)
	@command -v uv >/dev/null || { echo "This needs uv: python3 -m pip install uv"; exit 1; }
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url pyproject.toml -o $(LOCKS)/site.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url pyproject.toml --group test -c $(LOCKS)/site.txt -o $(LOCKS)/test.txt

# An environment of our own; a stamp for each lock says that it is in there.
.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python can't make an environment here: sudo apt-get install python3-venv"; exit 1; }
	@echo "Making an environment in .venv ..."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv

.venv/site: $(LOCKS)/site.txt | .venv/bin/pip
	@echo "Installing what the site is built from, about a minute ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/test: $(LOCKS)/test.txt | .venv/bin/pip
	@echo "Installing what the tests need, about a minute ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ .venv/site
