# Two commands do everything: `make chat` and `make test`. Python 3.11 or later is all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
HOST ?= 127.0.0.1
PORT ?= 7860
DATA ?=
BENCH ?=
# Processes that share the everyday tests.
WORKERS ?= logical
# Programs that tests start again and again are compiled once.
export PYTHONDONTWRITEBYTECODE :=
TRAINING ?=
TEXTS ?=
PUBLIC ?=

.PHONY: help chat library test lint unit slow answers pages gate quality calibrate train bench growth screens clean
.DEFAULT_GOAL := help

help:
	@echo "make chat        install, index the library where no index is, open the chat on port $(PORT)"
	@echo "make library     fetch the cited sources that can be had, then index them"
	@echo "make test        install with the tools of development, then lint, types, layers, all tests"
	@echo "make unit        the everyday tests: no browser, nothing that is slow by nature"
	@echo "make slow        the tests that are slow by nature: builds from nothing, kills, training"
	@echo "make answers     the tests on the whole library: what is answered, and the quality gate"
	@echo "make pages       the tests of the page in a browser (needs chromium)"
	@echo "make calibrate   fit the confidence anew on the labelled questions"
	@echo "make gate        hold the shipped settings to all thresholds: DATA=folder with an index"
	@echo "make quality     measure what docs/quality.md reports: DATA=folder with an index, BENCH=data sets"
	@echo "make train       train a reader (needs apertium, apertium-eng-spa): TRAINING=folder to work in, TEXTS=texts of the sources, PUBLIC=public rows"
	@echo "make bench       measure the times that docs/benchmarks.md reports"
	@echo "make growth      measure 1,000 to 100,000 passages; writes the table and docs/growth.svg"
	@echo "make screens     take pictures of every screen into docs/screens (needs chromium)"
	@echo "make clean       remove the environment and the caches; your data folder stays"

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python %d.%d found, 3.11 or later needed: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

# torch first and alone: what needs it then finds it and does not choose another build.
$(VENV)/chat: pyproject.toml constraints.txt | $(VENV)/python
	@echo "Installing Footnote into $(VENV) (some minutes, once) …"
	@$(PIP) install -c constraints.txt torch==2.13.0
	@$(PIP) install -c constraints.txt -e '.[offline]'
	@touch $@

$(VENV)/dev: pyproject.toml constraints.txt | $(VENV)/python
	@echo "Installing Footnote and the tools of development into $(VENV) (some minutes, once) …"
	@$(PIP) install -c constraints.txt torch==2.13.0
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/chat

chat: $(VENV)/chat
	@$(BIN)/footnote serve --host $(HOST) --port $(PORT)

# What cannot be had is told and stops nothing.
library: $(VENV)/chat
	@$(BIN)/footnote sources fetch || true
	@$(BIN)/footnote build

# `make -j2 test` runs two at a time, the longest first.
test: lint answers unit pages slow

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/dev
	OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE $(BIN)/pytest -m "not slow" --ignore=tests/browser -n $(WORKERS) --dist loadfile

slow: $(VENV)/dev
	$(BIN)/pytest -m "slow and not whole_library" --ignore=tests/browser

answers: $(VENV)/dev
	$(BIN)/pytest -m whole_library tests/end_to_end

pages: $(VENV)/dev
	$(BIN)/pytest tests/browser

# All thresholds of the library (thresholds.toml), on a data folder with an index of it.
gate: $(VENV)/dev
	$(BIN)/footnote evaluate gold --gate --home $(DATA)

# DATA: a data folder with an index of the library; BENCH: a folder with xquad and scifact.
quality: $(VENV)/dev
	$(BIN)/python -m qa.tools.quality $(DATA) $(BENCH)

calibrate: $(VENV)/dev
	$(BIN)/python -m qa.tools.calibration.command $(DATA)

# Each step goes on where it was cut off. TRAINING keeps the index, the set, the run and the reader.
# The options are those that the weights that ship were trained with.
train: $(VENV)/dev
	$(if $(TRAINING),,$(error TRAINING=folder is needed: it keeps what a run goes on with))
	@$(BIN)/python -m qa.tools.reader_training.texts $(TRAINING)/home $(TEXTS)
	@$(BIN)/python -m qa.tools.reader_training.collect $(TRAINING)/home $(TRAINING)/set
	@$(BIN)/python -m qa.tools.reader_training.spanish_words $(TRAINING)/set $(TRAINING)/words.tsv
	@$(BIN)/python -m qa.tools.reader_training.train $(TRAINING)/set $(TRAINING)/run --words $(TRAINING)/words.tsv --frozen 6 --epochs 1 --wrong 2 $(if $(PUBLIC),--public $(PUBLIC) --share 0.2)
	@$(BIN)/python -m qa.tools.reader_training.export $(TRAINING)/run $(TRAINING)/reader --languages en es

bench: $(VENV)/dev
	$(BIN)/python -m qa.tools.bench

growth: $(VENV)/dev
	$(BIN)/python -m qa.tools.growth

screens: $(VENV)/dev
	$(BIN)/python -m tests.browser.screens

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
