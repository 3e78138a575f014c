# Every command of the house. `make help` lists them.
# PYTHON chooses the interpreter for a new .venv (3.11 or later); ARGS goes to pytest.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# Compiling while installing costs more than compiling what is really imported at the first start.
INSTALL := $(PIP) install --quiet --no-compile
RUN_LOCK := requirements/run.txt
DEV_LOCK := requirements/dev.txt

.DEFAULT_GOAL := help
.PHONY: help run test test-full check bench bench-locaben docs lock

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1  \2/p' $(MAKEFILE_LIST)

run: $(STAMPS)/run  ## start Bansō on http://127.0.0.1:8000 with fictional demo data
	@exec $(BIN)/bansou run

test: $(STAMPS)/dev  ## run the tests on the embedded database; browser tests when a Chromium is found
	@$(BIN)/python -m pytest -n auto $(ARGS)

test-full: $(STAMPS)/dev  ## install Debian's PostgreSQL, Chromium and font, run every test on PostgreSQL and in the browser
	@scripts/install-debian-packages
	@BANSOU_TEST_BROWSER=required scripts/with-postgres $(BIN)/python -m pytest -n auto $(ARGS)

check: $(STAMPS)/dev  ## lint, types, import contracts, migrations, templates, settings
	@BIN=$(BIN) scripts/check

bench: $(STAMPS)/run  ## measure pages and search beside the floor
	@$(BIN)/bansou bench run

bench-locaben: $(STAMPS)/run  ## measure the scoring of 3.4 million firms, beside LibreOffice
	@$(BIN)/python -m bench.locaben

docs: $(STAMPS)/dev  ## prove that the documents name what exists and that their links lead somewhere
	@$(BIN)/python -m pytest -q tests/architecture/test_documents.py $(ARGS)

lock: $(VENV)/bin/python  ## pin the newest versions requirements/*.in allow
	@BIN=$(BIN) scripts/lock

$(BIN)/python:
	@scripts/create-venv "$(PYTHON)" $(VENV)

# The development packages contain those for running, so one stamp serves both.
$(STAMPS)/run: $(RUN_LOCK) pyproject.toml | $(BIN)/python
	@echo "部品を用意しています(初回のみ)… / Installing packages (first time only)…"
	@$(INSTALL) --require-hashes -r $(RUN_LOCK)
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: $(DEV_LOCK) $(RUN_LOCK) pyproject.toml | $(BIN)/python
	@echo "開発用の部品を用意しています… / Installing packages for development…"
	@$(INSTALL) --require-hashes -r $(DEV_LOCK)
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMPS) && touch $(STAMPS)/run $@
