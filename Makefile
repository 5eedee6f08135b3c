# Two commands matter: `make run` and `make test`. Everything is installed into .venv and node_modules.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SCALE ?= 0.02
SEED ?= 1
DEMO ?= demo
ENGLISH := src/jangkau/web/locale/en/LC_MESSAGES/django
PORT ?= 8000
PASSWORD ?= jangkau-contoh
# Compiled modules are kept, whatever the machine's own habit: hundreds of processes would compile them again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check bench docs lock install install-test clean

# The demo province: made once, worked through on the command line, then brought into the site and served.
run: install
	@test -f $(DEMO)/ruang-kerja/truth/orang.parquet || $(BIN)/jangkau synth $(DEMO)/ruang-kerja --province 17 --scale $(SCALE) --seed $(SEED)
	@$(BIN)/jangkau run $(DEMO)/ruang-kerja --out $(DEMO)/keluaran
	@$(BIN)/jangkau verify $(DEMO)/keluaran
	@JANGKAU_DATA=$(DEMO)/data $(BIN)/jangkau-admin demo --workspace $(DEMO)/ruang-kerja --password $(PASSWORD)
	@test -n "$(JANGKAU_NO_SERVE)" || JANGKAU_DATA=$(DEMO)/data $(BIN)/jangkau-admin serve --port $(PORT)

# The whole suite on SQLite; beside it what touches the database again, on a PostgreSQL started for it.
test: install-test
	$(BIN)/python tests/everywhere.py

check: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/bench
	$(BIN)/python benchmarks/run.py

docs: install
	$(BIN)/jangkau docs docs
	$(BIN)/jangkau law docs docs/law

lock:
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --python-version 3.11 -q -o requirements/runtime.txt --custom-compile-command "make lock"
	$(BIN)/uv pip compile pyproject.toml --extra build --extra spark --extra test --universal --generate-hashes --python-version 3.11 -q -o requirements/test.txt --custom-compile-command "make lock"
	$(BIN)/uv pip compile pyproject.toml --extra build --extra spark --extra test --extra bench --universal --generate-hashes --python-version 3.11 -q -o requirements/bench.txt --custom-compile-command "make lock"
	$(BIN)/uv pip compile requirements/node.in --universal --generate-hashes --python-version 3.11 -q -o requirements/node.txt --custom-compile-command "make lock"

install: .venv/runtime build/static/site.css $(ENGLISH).mo
install-test: .venv/test build/static/site.css $(ENGLISH).mo

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/runtime: requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements/runtime.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

# What the tests need holds what the site needs: in one go, and only what is used is compiled.
.venv/test: requirements/test.txt requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(PIP) --no-compile --require-hashes -r requirements/test.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch .venv/runtime $@

.venv/bench: requirements/bench.txt .venv/test node_modules/.ready
	$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

$(ENGLISH).mo: $(ENGLISH).po .venv/runtime
	$(BIN)/python -m jangkau.web.words

# The look of the pages and their little script, bundled from what the npm registry has.
FRONTEND := src/jangkau/web/frontend
build/static/site.css: node_modules/.ready $(wildcard $(FRONTEND)/*.* $(FRONTEND)/field/*) $(shell find src/jangkau -name '*.html')
	PATH="$$PATH:$(CURDIR)/$(BIN)" node $(FRONTEND)/build.mjs build/static

# The fonts of reports and pages come from the npm registry, by the machine's npm or by one from the package index.
node_modules/.ready: package-lock.json requirements/node.txt | .venv/bin/python
	@command -v npm >/dev/null || $(PIP) --require-hashes -r requirements/node.txt
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

clean:
	rm -rf .venv node_modules $(DEMO) build
