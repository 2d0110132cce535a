# Two commands set everything up: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= ../shared/data
STAMP := .venv/.installed
# Four on two cores: a quarter of the time is spent waiting. Each more of them collects all tests and loads what desks are forked from.
TESTS := $(BIN)/python -m pytest -n 4 --dist worksteal
RUNS ?= 20
# Empty is unset: the modules are compiled once, and not in each of the processes that tests start.
export PYTHONDONTWRITEBYTECODE =

NODE_STAMP := $(if $(shell command -v npm),tests/node/node_modules/.package-lock.json)

.PHONY: install demo test lint soak bench faults day week several playground screenshots lock notices wheel clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	@$(BIN)/python examples/demo.py

# The linters run beside the tests, which leave a quarter of two cores waiting; what they say comes last. In a fresh clone
# the tests are compiled once first: each of the workers would do it for itself.
test: install $(NODE_STAMP)
	@$(MAKE) --no-print-directory lint > .venv/.lint.txt 2>&1 & lint=$$!; \
		ls tests/__pycache__/conftest.*-pytest-*.pyc > /dev/null 2>&1 || \
			$(BIN)/python -m pytest --collect-only -qq -n 0 > /dev/null 2>&1; \
		$(TESTS); tested=$$?; wait $$lint; linted=$$?; cat .venv/.lint.txt; exit $$((tested + linted))

# Whole runs, each in an order of its own, until one fails. Which worker takes which test is no matter of the seed:
# each writes its order down, and one worker's run can be had again, alone.
soak: install $(NODE_STAMP)
	@first=$$(date +%s); for run in $$(seq $(RUNS)); do \
		seed=$$((first + run)); seeds="--randomly-seed=$$seed --hypothesis-seed=$$seed"; rm -rf .order; \
		echo "run $$run of $(RUNS): $$seeds"; \
		COPYDESK_ORDER=.order $(TESTS) $$seeds || { \
			echo "a worker's tests again: COPYDESK_REPLAY=.order/gw0.txt $(BIN)/python -m pytest -n 0 $$seeds (or another gw*.txt)"; \
			exit 1; }; \
	done

# Slack's own Node client, which checks the Slack double; without npm those tests skip.
tests/node/node_modules/.package-lock.json: tests/node/package-lock.json
	cd tests/node && npm ci --silent --no-audit --no-fund && touch node_modules/.package-lock.json

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: install
	$(BIN)/python benchmarks/run.py --data $(DATA)

# Two hundred kills of a whole desk between both doubles, with lost answers and rate limits; two hundred of the commands
# that look after a library, one beside the other; then every
# hostile file, of which `make test` reads one in 36, all cases of the tests that are sampled there, many times as
# many generated ones, a minute of damaged files, and workers on a real PostgreSQL that are killed and cut off.
faults: install
	$(BIN)/python -m tests.faults
	$(BIN)/python -m tests.upkeep
	COPYDESK_CORPUS_STRIDE=1 $(BIN)/python -m pytest tests/article/test_article_hostile.py
	COPYDESK_SAMPLE=all $(TESTS) -m "sampled or hypothesis"
	$(BIN)/python -m tests.fuzz.reading --seconds 60
	$(BIN)/python -m tests.queue.several --quiet --files 300 --kill-every 3 --cut-every 5

# A day on both platforms, printed as both platforms show it.
day: install
	$(BIN)/python -m tests.day

# Five mornings of a channel, printed as its readers see them.
week: install
	$(BIN)/python -m tests.week

# Two workers and a desk on a real PostgreSQL: who reads what (python -m tests.queue.several --help has more).
several: install
	@$(BIN)/python -m tests.queue.several

# The desk with both doubles behind one page on loopback, until Ctrl-C (PORT=n; 8100).
playground: install
	@$(BIN)/python -m tests.playground --port $(or $(PORT),8100)

# The pictures of the README, taken in Chromium.
screenshots: install
	$(BIN)/python -m tests.playground.pictures

# Exact versions with hashes, for every platform: of all, and of what the desk needs to run (needs uv).
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet --extra queue --extra pictures --group dev pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet --extra queue -c requirements.lock pyproject.toml -o deploy/requirements.lock

# What is installed beside Copydesk and under which licences, after a change of the lock.
notices: install
	$(BIN)/python deploy/notices.py

# The wheel that a release has, in dist/.
wheel: install
	$(BIN)/python -m hatchling build -t wheel -d dist

clean:
	rm -rf .venv
