# make help says what there is. Everything is installed into .venv; nothing else is touched
# but, for `make test` as root on Debian or Ubuntu, the packages of the browser and its fonts.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
HOST ?= 127.0.0.1
PORT ?= 8000
INSTALLED_RUN := .venv/installed-run
INSTALLED_TEST := .venv/installed-test
INSTALLED_BENCH := .venv/installed-bench
BENCHES ?= geocode schedule search

.PHONY: help setup run test ordeal check format bench bench-setup lighthouse screens translations lock clean browser

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: $(INSTALLED_RUN) ## install Ibasho into .venv

run: setup ## make the demo ward in ./demo and serve http://127.0.0.1:8000 (HOST= and PORT= change it)
	@$(BIN)/ibasho --data-dir demo demo
	@$(BIN)/ibasho --data-dir demo serve --host $(HOST) --port $(PORT)

test: $(INSTALLED_TEST) browser check ## install what the tests need and run them all
	$(BIN)/pytest --numprocesses auto --dist worksteal

ordeal: $(INSTALLED_TEST) browser ## the long tests: 200 kills, thousands of random inputs, every page in every setting
	IBASHO_TEST_KILLS=200 IBASHO_TEST_EVERY_SETTING=1 $(BIN)/pytest --numprocesses auto --dist worksteal --hypothesis-profile ordeal

bench-setup: $(INSTALLED_BENCH) ## install the peers that Ibasho is measured against

bench: bench-setup ## measure beside the peers; what is measured stands in each file of bench/
	@for one in $(BENCHES); do echo "== bench/$$one.py" && $(BIN)/python bench/$$one.py || exit 1; done

lighthouse: $(INSTALLED_TEST) browser ## what Lighthouse says of home, search and a listing (needs npx)
	$(BIN)/python bench/lighthouse.py

check: $(INSTALLED_TEST) ## style, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy bench/*.py

format: $(INSTALLED_TEST) ## put the code into its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

screens: $(INSTALLED_TEST) browser ## take the pictures of the documentation
	$(BIN)/python tests/screens.py

translations: $(INSTALLED_TEST) ## collect the strings, merge them into the catalogues, compile
	$(BIN)/pybabel --quiet extract --mapping site/translations/babel.cfg --keywords lazy_gettext \
	  --no-location --sort-output --omit-header --output site/translations/messages.pot site
	$(BIN)/pybabel --quiet update --input-file site/translations/messages.pot \
	  --output-dir site/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	rm site/translations/messages.pot
	$(BIN)/pybabel --quiet compile --directory site/translations

lock: ## write the lock files anew (needs uv)
	uv pip compile pyproject.toml --group build $(LOCK) --output-file requirements/run.txt
	uv pip compile pyproject.toml --group build --group test $(LOCK) --output-file requirements/test.txt
	uv pip compile --group bench $(LOCK) --constraint requirements/test.txt --output-file requirements/bench.txt

LOCK := --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11

clean: ## remove what was installed or built; your data stays
	rm -rf .venv .types build *.egg-info

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Ibasho needs Python 3.11 or later; '$(PYTHON)' is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } \
	  || { echo "Python's venv is missing. Run: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(INSTALLED_RUN): pyproject.toml requirements/run.txt | .venv
	$(PIP) install --require-hashes --requirement requirements/run.txt
	PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(INSTALLED_TEST): requirements/test.txt $(INSTALLED_RUN)
	$(PIP) install --require-hashes --requirement requirements/test.txt
	mkdir -p .types/ibasho
	for floor in data importers search_index site; do ln -sfn ../../$$floor .types/ibasho/$$floor; done
	touch $@

$(INSTALLED_BENCH): requirements/bench.txt $(INSTALLED_TEST)
	$(PIP) install --require-hashes --requirement requirements/bench.txt
	touch $@

browser:
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi cjk \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq \
	       && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fontconfig fonts-noto-cjk; } \
	  || { echo "The tests walk through the pages in a real browser. Run: sudo apt-get install chromium fontconfig fonts-noto-cjk" >&2; exit 1; }
