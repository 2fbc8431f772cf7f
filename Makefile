# Run "make" to see what there is. Everything is installed into .venv and cached in .cache.
PYTHON ?= python3
TORCH_INDEX ?=
VENV := .venv
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check
# The lock is a list of constraints: it says which versions, pyproject.toml says of what.
PIP_INSTALL = $(PIP) install --quiet --quiet -c requirements.lock \
	$(if $(TORCH_INDEX),--extra-index-url "$(TORCH_INDEX)")
# As it was typed: neither make nor the shell may touch quotes, apostrophes and dollar signs.
export QUESTION = $(value Q)

.DEFAULT_GOAL := help
.PHONY: help install ask bot evaluate test check format benchmark docker

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

install: $(VENV)/.installed ## install Klyngesvar into .venv (about 2 GB, once)

ask: $(VENV)/.installed ## ask a question: make ask Q="Who leads NCE iKuben?"
	@test -n "$$QUESTION" || { echo 'Write a question: make ask Q="Who leads NCE iKuben?"' >&2; exit 2; }
	@$(VENV)/bin/klyngesvar ask -- "$$QUESTION"

bot: $(VENV)/.installed ## answer in Telegram until Ctrl-C; needs TELEGRAM_BOT_TOKEN
	@exec $(VENV)/bin/klyngesvar bot

evaluate: $(VENV)/.installed ## ask the golden questions and report how many came out right
	@$(VENV)/bin/klyngesvar evaluate

test: $(VENV)/.installed-dev ## run every test
	@$(VENV)/bin/python -m pytest

check: $(VENV)/.installed-dev ## formatting, lint and types
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy

format: $(VENV)/.installed-dev ## format the code and mend what can be mended
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .

benchmark: $(VENV)/.installed-dev ## measure search, reading and answers; skipped where the data is absent
	@$(VENV)/bin/python -m benchmarks.segmentation
	@$(VENV)/bin/python -m benchmarks.retrieval
	@$(VENV)/bin/python -m benchmarks.reading
	@$(VENV)/bin/python -m benchmarks.answers
	@$(VENV)/bin/python -m benchmarks.latency
	@$(VENV)/bin/python -m benchmarks.load
	@$(VENV)/bin/python -m benchmarks.check

docker: ## build the image klyngesvar; TORCH_INDEX= names an index with CPU builds of torch
	@docker build --build-arg TORCH_INDEX="$(TORCH_INDEX)" --tag klyngesvar .

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Klyngesvar needs Python 3.11 or newer, and this is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name another: make install PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV); the first time this takes a few minutes ..." >&2
	@$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $@
