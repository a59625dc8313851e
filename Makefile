# The two commands of a fresh machine: make report, make test. Needs Python 3.11+, make and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed
ENGINES := $(VENV)/.engines
LANGUAGE_OF_REPORT ?= sv
export PYTHONUTF8 = 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help report test test-all bench check lab samples wheelhouse lock engines clean

help: ## Show this help
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(DONE): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert (3, 11) <= sys.version_info < (3, 15), "Datakollen needs Python 3.11 to 3.14, this is " + sys.version.split()[0]'
	$(PYTHON) -m venv $(VENV)
	awk '/^uv==/ {on=1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(DONE)

$(ENGINES): $(DONE) requirements-engines.lock
	awk '/^setuptools==/ {on=1} on {print} on && !/\\$$/ {exit}' requirements-engines.lock > $(VENV)/setuptools.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(VENV)/setuptools.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-build-isolation -r requirements-engines.lock
	@touch $(ENGINES)

engines: $(ENGINES) ## Install what Spark and PostgreSQL need, on top

report: $(DONE) ## Run everything on the sample region; prints where the report lies
	$(BIN)/python -m helpers run --language $(LANGUAGE_OF_REPORT)

TWO := $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder
PROOFS ?= slow or long
PLACES ?= tests
FIGURES ?= -rPfE

test: $(DONE) ## Run the tests (browser tests only where chromium is)
	$(TWO) -m "not slow and not long and not benchmark"

test-all: $(DONE) ## Run the long proofs too (PROOFS=slow: those that CI runs)
	$(TWO) $(FIGURES) -m "$(PROOFS)" $(PLACES)

BENCHMARKS ?= tests/benchmarks

bench: $(DONE) ## Run the benchmarks (BENCHMARKS=: some of them), alone; writes docs/performance.md
	DATAKOLLEN_FIGURES=1 $(BIN)/python -m pytest $(BENCHMARKS) -m benchmark -s; failed=$$?; $(BIN)/python -m tests.benchmarks.figures && exit $$failed

LAWS ?= tests/laws tests/notebooks/test_contract.py

check: $(DONE) ## Format, lint, types, import rules, notebooks' contract
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb
	$(if $(LAWS),$(BIN)/python -m pytest -q -m "not slow and not long" $(LAWS))

lab: $(DONE) ## Open JupyterLab with the notebooks
	$(BIN)/python -m helpers lab

samples: $(DONE) ## Write the synthetic sample region anew (same seed, same bytes)
	$(BIN)/python -m tests.samples

wheelhouse: $(DONE) ## Gather what an installation without an index needs, in wheelhouse/
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock -d wheelhouse
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps setuptools wheel -d wheelhouse

lock: $(DONE) ## Compile requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra test pyproject.toml -o requirements.lock
	$(BIN)/python -c 'import tomllib; extra = tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]; print(*extra["spark"], *extra["postgresql"], "setuptools", sep="\n")' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --constraints requirements.lock - -o requirements-engines.lock

clean: ## Remove .venv, reports and snapshots
	rm -rf $(VENV) reports data/snapshots
