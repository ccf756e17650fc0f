# Two commands for a new checkout: `make demo` builds a graph and asks it a question, `make test` runs all checks.
# Each makes a virtual environment of its own from the pinned requirements.

PYTHON ?= python3
# Where the machine has no Node.js, one comes as a wheel.
NODE = command -v npm >/dev/null ||
DEMO = .venv
DEV = .venv-dev

.PHONY: demo test check docs explorer benchmark mutate clean

demo: $(DEMO)/ready
	$(DEMO)/bin/mandategraph build data/samples
	$(DEMO)/bin/mandategraph query reports

test: $(DEV)/ready check
	$(DEV)/bin/python -m pytest -n auto --dist loadfile

check: $(DEV)/ready
	$(DEV)/bin/ruff check graph tests benchmarks docs hatch_build.py
	$(DEV)/bin/ruff format --check graph tests benchmarks docs hatch_build.py
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

explorer:
	cd graph/explorer && npm ci && npm run check && npm run build

docs: $(DEV)/ready
	$(DEV)/bin/python docs/reference.py build/docs/ontology.html

benchmark: $(DEV)/ready
	$(DEV)/bin/python benchmarks/speed.py
	$(DEV)/bin/python benchmarks/questions.py
	$(DEV)/bin/python benchmarks/inference.py
	$(DEV)/bin/python benchmarks/explorer.py
	$(DEV)/bin/python benchmarks/scale.py

# Takes a quarter of an hour and more; SAMPLE=200 makes it longer.
SAMPLE ?= 60
mutate: $(DEV)/ready
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutate.txt
	$(DEV)/bin/python benchmarks/mutate.py --sample $(SAMPLE)

$(DEMO)/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(NODE) $(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV)/ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(NODE) $(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf $(DEMO) $(DEV) mandategraph-store dist build
