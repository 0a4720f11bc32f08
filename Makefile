# Sets Seedtrain up, runs it and tests it. `make help` lists what there is.

# The first Python that is new enough; another one by PYTHON=…
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)
PORT ?= 8000
KILLS ?= 50
CUTS ?= 200
# On as many cores as there are; what a worker needs (databases of Redis) is counted for four.
PARALLEL := -n auto --maxprocesses=4 --dist worksteal
# What pytest is given besides, e.g. make test ARGS="tests/ledger -x"
ARGS ?=
VENV := .venv
RUN := $(VENV)/.ready-run
TEST := $(VENV)/.ready-test
SERVICES := $(VENV)/.ready-services
AXE := tests/browser/axe/node_modules/.ready
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

export PORT
.DEFAULT_GOAL := help
.PHONY: help env test-env run serve check test test-looks test-slow test-postgres endurance messages pins clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(RUN) ## set up what running needs: system packages, .venv

test-env: $(TEST) $(AXE) $(SERVICES) ## set up what all tests need besides

run: export DEMO ?= 1
run: export BASE_URL ?= http://127.0.0.1:$(PORT)
run: env ## serve with demo data on http://127.0.0.1:8000 (or PORT)
	@$(BIN)/flask --app wsgi demo load
	@exec $(BIN)/python scripts/serve

serve: export BASE_URL ?= http://127.0.0.1:$(PORT)
serve: env ## serve for real: no demo, your SECRET_KEY, a first administrator
	@$(BIN)/python scripts/prepare
	@exec $(BIN)/python scripts/serve

check: $(TEST) ## lint, format, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/architecture

test: $(TEST) $(AXE) ## all tests on SQLite, browser tests too; not the long forms
	$(BIN)/python -m pytest $(PARALLEL) -m "not slow and not looks" $(ARGS)

test-looks: $(TEST) $(AXE) ## look at every page: two languages, widths and schemes, axe
	$(BIN)/python -m pytest $(PARALLEL) -m looks $(ARGS)

test-slow: $(TEST) ## the long forms: planted faults, durability, starting and stopping
	$(BIN)/python -m pytest -m slow $(ARGS)

test-postgres: $(TEST) $(AXE) $(SERVICES) ## the same on a PostgreSQL and a Redis of their own
	$(PYTHON) scripts/services $(BIN)/python -m pytest $(PARALLEL) -m "not slow and not looks" $(ARGS)

endurance: $(TEST) ## kill web and worker at random (KILLS=50) and look for what was lost
	KILLS=$(KILLS) $(BIN)/python tests/faults/endurance.py

messages: $(TEST) ## bring new and changed messages into the catalogues, to be translated there
	@mkdir -p .cache
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --add-location=file --sort-by-file \
	  --width=100 -o .cache/messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --width=100 \
	  -i .cache/messages.pot -d lms/web/translations

cuts: $(TEST) ## cut the network, reload and kill browsers during attempts (CUTS=200)
	CUTS=$(CUTS) $(BIN)/python -m pytest -s tests/browser/test_cuts.py

pins: ## compile requirements/*.in anew (ARGS=--upgrade to move everything on)
	$(PYTHON) scripts/pins $(ARGS)

clean: ## remove what tools leave behind; keeps .venv and data
	rm -rf .cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# What is set up leaves a stamp, so that a second call takes no time.

$(RUN): requirements/run.txt scripts/system
	@test -n "$(PYTHON)" || { echo "missing: Python 3.11 or later (PYTHON=/path names one)"; exit 1; }
	@$(PYTHON) scripts/system run
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) -r requirements/run.txt
	@touch $@

$(TEST): $(RUN) requirements/test.txt tests/tools/browser.py
	@$(PYTHON) scripts/system test
	$(PIP) -r requirements/run.txt -r requirements/test.txt
	@touch $@

$(AXE): tests/browser/axe/package-lock.json
	@npm ci --silent --prefix $(dir $<) && touch $@ \
	|| echo "axe-core is not there (it needs npm): the accessibility rules did not run"

$(SERVICES): $(RUN)
	@$(PYTHON) scripts/system services
	@touch $@
