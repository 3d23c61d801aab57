# Everything here works on a fresh machine with Python 3.11 or newer and nothing else installed.
# On Windows use the same commands with `.venv\Scripts` in place of `.venv/bin` (CONTRIBUTING.md).
PYTHON ?= python3
BIN := .venv/bin
# Where setup leaves word that it is done, so that it is done again only when what it installs from changes.
READY := .venv/.ready
READY_DEV := .venv/.ready-dev
READY_SCRAPYD := .venv/.ready-scrapyd

.PHONY: help setup demo scrapyd-demo test lint format docs bench bench-quick faults fuzz kill peers clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(READY_DEV): requirements-dev.txt $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Scrapyd needs an old setuptools, so it is not part of setup.
$(READY_SCRAPYD): pyproject.toml $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements-dev.txt 'scrapyd<1.7' scrapyd-client 'setuptools<81'
	@touch $@

setup: $(READY) ## .venv with everything frozen in requirements.txt, and this project

demo: $(READY) ## the main job, against a local store that is started and stopped for it
	$(BIN)/scrapy localstore -- $(BIN)/scrapy crawl apps -a ids=examples/ids.txt -O apps.jsonl
	@echo "apps.jsonl: $$(wc -l < apps.jsonl) records; one that is available begins:"
	@grep -m 1 '"status":"available"' apps.jsonl | head -c 400; echo " ..."

scrapyd-demo: $(READY_SCRAPYD) ## jobs over HTTP: a local store and Scrapyd are started, asked and stopped
	$(BIN)/python examples/scrapyd_demo.py

test: $(READY_DEV) ## all tests, those of the optional parts among them
	$(BIN)/python -m pytest

lint: $(READY_DEV) ## style, types, Scrapy's own lint, that of the container
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/scrapy-lint
	if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Containerfile; fi

format: $(READY_DEV) ## rewrite what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY) ## make docs/fields.md, arguments.md and api.md anew from the code
	$(BIN)/python docs/generate.py

bench: $(READY) ## measure everything beside other tools, half an hour; fails where a target is missed
	$(BIN)/python -m benchmarks run --check

bench-quick: $(READY) ## the same in small sizes, a minute or two; judges nothing
	$(BIN)/python -m benchmarks run --quick

fuzz: $(READY_DEV) ## ten minutes of answers that were changed at random
	$(BIN)/python -m tests.fuzz

faults: $(READY_DEV) ## every kind of trouble on every way to a record, some minutes: a table of what comes of it
	$(BIN)/python -m tests.faults

kill: $(READY_DEV) ## 20 kills of a crawl of 50,000 apps, each resumed: nothing may be missing or twice
	$(BIN)/python -m tests.kills

peers: $(READY_DEV) ## both scrapers called google-play-scraper read the local store: they have to agree with our spiders
	$(BIN)/python -m tests.peers

clean: ## remove .venv and what tools leave behind
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
