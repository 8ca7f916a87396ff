# Eight verbs: run, test, lint, eval, judge, bench, mcp, ocr. `make setup` is done by each of them when it is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RAGAS := $(VENV)/ragas
MCP := $(VENV)/mcp
export HF_HUB_OFFLINE ?= 1

.PHONY: setup run test lint eval judge bench mcp ocr

run: $(VENV)/.runtime
	$(BIN)/python app.py

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.runtime
	$(BIN)/python -m eval run

judge: $(RAGAS)/.ready
	$(BIN)/python -m eval export $(or $(RUN),$(error name a run: make judge RUN=name)) -o runs/$(RUN)/rows.jsonl
	$(RAGAS)/bin/python -m eval.judge runs/$(RUN)/rows.jsonl -o runs/$(RUN)/scores.json

bench: $(VENV)/.runtime
	$(BIN)/python -m bench

mcp: $(MCP)/.ready
	@echo "ready: $(CURDIR)/$(MCP)/bin/python -m connect.mcp_server"

ocr: $(VENV)/.ocr

setup: $(VENV)/.dev

$(VENV)/.runtime: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "torch==2.13.0"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m ingest
	touch $@

$(VENV)/.dev: requirements-dev.txt tests/end_to_end/package-lock.json $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	if command -v npm >/dev/null; then npm ci --prefix tests/end_to_end --no-audit --no-fund --loglevel=error; fi
	touch $@

$(RAGAS)/.ready: requirements-ragas.txt $(VENV)/.runtime
	test -x $(RAGAS)/bin/python || $(PYTHON) -m venv $(RAGAS)
	$(RAGAS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-ragas.txt
	touch $@

$(MCP)/.ready: requirements-mcp.txt
	test -x $(MCP)/bin/python || $(PYTHON) -m venv $(MCP)
	$(MCP)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-mcp.txt
	touch $@

$(VENV)/.ocr: requirements-ocr.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-ocr.txt
	touch $@
