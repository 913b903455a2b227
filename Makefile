# make          set up .venv, build every issue of issues/ into sample_output/
# make test     everything that must hold, in the order of what is quickest to fail
# make samples  what is made and kept: sample_output/ with pictures, docs/fields.md, schemas
# make caniemail  what mail programs support, asked of npm again (needs the network)
# make bench    speed, memory and weight beside other builders (needs npm and the network)

.DEFAULT_GOAL := all
.PHONY: all test lint samples caniemail bench clean

BIN := .venv/bin
READY := .venv/.ready
TESTS_READY := .venv/.tests-ready

all: $(READY)
	@$(BIN)/newsletter build
	@echo "Look at sample_output/: open an email.html in your browser."

$(READY): pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TESTS_READY): $(READY) tests/html_validate/package-lock.json
	@sh scripts/setup.sh browser
	@sh scripts/setup.sh mail
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@NODE_USE_SYSTEM_CA=1 $(BIN)/npm ci --prefix tests/html_validate --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null
	@touch $@

lint: $(TESTS_READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n auto --cov --cov-report=term --cov-fail-under=97

samples: $(TESTS_READY)
	$(BIN)/python scripts/drawings.py
	$(BIN)/newsletter build
	$(BIN)/python -m scripts.pictures
	$(BIN)/python scripts/fields.py
	$(BIN)/python scripts/manuals.py
	@mkdir -p .newsletter
	@for kind in issue settings; do $(BIN)/newsletter schema $$kind > .newsletter/$$kind.schema.json; done

caniemail: $(TESTS_READY)
	$(BIN)/python scripts/caniemail.py

bench: $(TESTS_READY)
	$(BIN)/python scripts/bench.py
	$(BIN)/python -m scripts.bench_preview
	$(BIN)/python -m scripts.bench_collect

clean:
	rm -rf .venv .bench .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
