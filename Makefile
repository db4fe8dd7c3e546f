.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What is installed is noted by the name of its lock. Whoever has the tools keeps them.
PRODUCT := $(VENV)/.requirements-run
TOOLS := $(VENV)/.requirements
ENOUGH := $(firstword $(wildcard $(TOOLS)) $(PRODUCT))

# Airflow starts many processes: each would compile its thousands of modules anew.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup demo connect meeting run preflight env test test-fast screens bench faults check lock clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

demo: $(ENOUGH)  ## Show reports of invented people in a real Airflow (ONCE=1: end by itself)
	@$(BIN)/python -m sandbox.demo $(if $(ONCE),--once)

connect meeting run preflight: export AIRFLOW_HOME = $(CURDIR)/.airflow
connect: $(ENOUGH)  ## Ask for Zoom's and Google's values, try them, make both connections
	@$(BIN)/python -m local python -m include.setup.connect

meeting: $(ENOUGH)  ## Ask about a meeting, and write its file
	@$(BIN)/python -m include.setup.meeting

run: $(ENOUGH)  ## Run Airflow with your own meetings and connections, on this machine
	@$(BIN)/python -m local

preflight: $(ENOUGH)  ## Check your meetings and connections, whether Airflow runs or not
	@$(BIN)/python -m local python -m include.preflight

env:  ## Write .env for Docker: all settings, fresh secrets
	@$(PYTHON) deploy/make_env.py

PYTEST = $(if $(DATE),tests/on_date.sh $(DATE),$(BIN)/python -m pytest) -n 4 --dist loadscope

test: check  ## Check, then run all tests (DATE=2028-02-29: with the clock set to that day)
	@tests/services.sh
	@$(PYTEST)

test-fast: setup  ## Run those that need no running Airflow, browser, queue, database or Compose
	@$(PYTEST) -m "not services"

screens: setup  ## Renew the pictures in docs/screens
	@tests/services.sh
	@SCREENS=docs/screens $(BIN)/python -m pytest tests/screens

bench: setup  ## Measure beside what people would use instead, and write docs/benchmarks.md (an hour)
	@PYTHONPATH=.:plugins $(BIN)/python -W ignore -m benchmarks

faults: setup  ## Let every call and file of a run go wrong, and write docs/faults.md (minutes)
	@PYTHONPATH=.:plugins $(BIN)/python -W ignore -m benchmarks.faults

check: setup  ## Check style, types, imports and dependencies
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@PYTHONPATH=.:plugins $(BIN)/lint-imports
	@$(BIN)/deptry .

setup: $(TOOLS)  ## Install all for tests and checks into .venv (make demo and make run need less)

$(VENV)/.%: %.lock plugins/zoom_provider/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else None'
	@echo "Installing into $(VENV) (a minute or so, most of it downloads) ..."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)  # without its package Debian makes half of it
	@rm -f $(PRODUCT) $(TOOLS)
	@sed -n '/^uv==/,/[^\\]$$/p' $< > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement $(VENV)/uv.lock
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python $<
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable plugins/zoom_provider
	@touch $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
	--generate-hashes --excludes requirements-excluded.txt

lock: $(ENOUGH)  ## Fix the versions again after a change of requirements*.txt
	@$(COMPILE) requirements-dev.txt --output-file requirements.lock
	@for part in run image; do $(COMPILE) requirements-$$part.txt --constraints requirements.lock \
		--output-file requirements-$$part.lock || exit; done

clean:  ## Remove what was installed, the demo and caches; .airflow and .env stay
	@rm -rf $(VENV) .bench-peers .demo .hypothesis .mypy_cache .import_linter_cache .pytest_cache .ruff_cache
