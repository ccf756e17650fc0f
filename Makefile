# Two commands for a new checkout: `make demo` builds a graph and asks it a question, `make test` runs all checks.
# Each makes a virtual environment of its own from the pinned requirements.

PYTHON ?= python3
DEMO = .venv
DEV = .venv-dev

.PHONY: demo test check docs benchmark clean

demo: $(DEMO)/ready
	$(DEMO)/bin/mandategraph build data/samples
	$(DEMO)/bin/mandategraph query reports

test: $(DEV)/ready check
	$(DEV)/bin/python -m pytest

check: $(DEV)/ready
	$(DEV)/bin/ruff check graph tests benchmarks docs
	$(DEV)/bin/ruff format --check graph tests benchmarks docs
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

docs: $(DEV)/ready
	$(DEV)/bin/python docs/reference.py build/docs/ontology.html

benchmark: $(DEV)/ready
	$(DEV)/bin/python benchmarks/speed.py
	$(DEV)/bin/python benchmarks/questions.py
	$(DEV)/bin/python benchmarks/inference.py

$(DEMO)/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV)/ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(DEMO) $(DEV) mandategraph-store dist build
