# Everything that a person does with this repository. `make` alone lists it.
# Nothing is needed but Python 3.11 or newer and make: the rest is installed into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPORA := ../shared/corpora
RUNS    := training/runs
SEED    := 3
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCKED := $(PIP) install --require-hashes --only-binary=:all:

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check format lint types imports knowledge licences size \
        quality gate speed golden train lock docs sbom wheel clean

help:  ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

# ------------------------------------------------------------------------------------------------
# Environments. A stamp file says which lock was installed, so that nothing is installed twice.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "allegata needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/base.stamp: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing what allegata needs, by the hashes of requirements.lock"
	@$(LOCKED) -r requirements-build.lock -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/base.stamp
	@echo "Installing what the tests need, by the hashes of requirements-dev.lock"
	@$(LOCKED) -r requirements-dev.lock
	@# followthemoney brings types of SQLAlchemy 1.4, which hide those of 2.1
	@$(PIP) uninstall -y sqlalchemy2-stubs
	@touch $@

# ------------------------------------------------------------------------------------------------
# Using it

demo: $(VENV)/base.stamp  ## read the demo reports and show who says what
	@$(BIN)/python tools/demo.py

# ------------------------------------------------------------------------------------------------
# Working on it

test: $(VENV)/dev.stamp  ## run every test
	$(BIN)/python -m pytest $(PYTEST)

test-fast: $(VENV)/dev.stamp  ## run the tests that take less than two seconds
	$(BIN)/python -m pytest -m "not slow" $(PYTEST)

check: lint types imports knowledge-fresh licences size  ## format, lint, types, imports, knowledge, licences, size

format: $(VENV)/dev.stamp  ## rewrite the code in the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

knowledge: $(VENV)/dev.stamp  ## compile knowledge/*.yaml into the package
	$(BIN)/python -m allegata.knowledge.compile

.PHONY: knowledge-fresh
knowledge-fresh: $(VENV)/dev.stamp
	$(BIN)/python -m allegata.knowledge.compile --check

licences: $(VENV)/dev.stamp  ## list the licences of what runs; fail on one that is not permissive
	$(BIN)/python tools/licences.py

size: $(VENV)/dev.stamp  ## measure the wheel and what an installation takes
	$(BIN)/python tools/footprint.py

golden: $(VENV)/dev.stamp  ## rewrite the golden readings; the diff is the review
	$(BIN)/python -m pytest tests/golden --rewrite-golden $(PYTEST)

# ------------------------------------------------------------------------------------------------
# Measuring and training. These read the annotated data in ../shared.

quality: $(VENV)/dev.stamp  ## score the reader on the gold readings and PolNeAR
	$(BIN)/python -m benchmarks.quality

gate: $(VENV)/dev.stamp  ## fail where a score is below its floor
	$(BIN)/python -m benchmarks.quality --gate

speed: $(VENV)/dev.stamp  ## measure sentences per second, start-up time and memory
	$(BIN)/python -m benchmarks.speed

train: $(VENV)/dev.stamp  ## train the reading model again (hours; installs torch)
	$(PIP) install --no-build-isolation --editable '.[train]'
	$(BIN)/python -m training.train --corpora $(CORPORA) --out $(RUNS)/first --seed $(SEED)
	$(BIN)/python -m training.export $(RUNS)/first/model.pt $(RUNS)/first/weights
	$(BIN)/python -m training.inner --corpora $(CORPORA) $(RUNS)/first/weights $(RUNS)/inner.json
	$(BIN)/python -m training.train --recipe second --start $(RUNS)/first/model.pt \
	  --inner $(RUNS)/inner.json --corpora $(CORPORA) --out $(RUNS)/second --seed $(SEED)
	$(BIN)/python -m training.export $(RUNS)/second/model.pt src/allegata/encoder/weights
	$(BIN)/python -m training.calibrate --corpora $(CORPORA) src/allegata/encoder/weights
	$(BIN)/python -m training.calibrate_events --corpora $(CORPORA) src/allegata/encoder/weights
	$(BIN)/python -m training.triggers --corpora $(CORPORA) $(RUNS)/second/model.pt $(RUNS)/model.pt
	$(BIN)/python -m training.export $(RUNS)/model.pt $(RUNS)/weights
	$(BIN)/python -m training.keep_calibration $(RUNS)/weights src/allegata/encoder/weights
	$(BIN)/python -m training.pin

# ------------------------------------------------------------------------------------------------
# Releasing

lock: $(BIN)/python  ## resolve the lock files again (needs network)
	$(PIP) install uv
	$(BIN)/python tools/lock.py

docs: $(VENV)/dev.stamp  ## build the documentation into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

sbom: $(VENV)/dev.stamp  ## list all that an installation is made of, as CycloneDX
	@$(BIN)/python tools/sbom.py

wheel: $(VENV)/base.stamp  ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

clean:  ## remove everything that was made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests tools training benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
