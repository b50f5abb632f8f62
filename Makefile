# Two commands matter: make run, make test. Everything else is beside them.
SHELL := /bin/bash
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: run test test-postgres lint bench setup setup-dev browser clean

setup: $(VENV)/.run-ready

$(VENV)/bin/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (found $$($(PY) -V))"; exit 1; }
	$(PY) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run-ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

setup-dev: $(VENV)/.dev-ready

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.run-ready
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

run: setup
	$(BIN)/gongkai demo --serve --port $(PORT)

browser: setup-dev
	@bash bin/install-browser

test: setup-dev browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-postgres: setup-dev
	@bash bin/with-postgres $(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser"

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-dev
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache
