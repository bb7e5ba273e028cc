# A machine with Python >= 3.11 (and its venv), make and the package registry is enough for all of these.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

# The tests of the rules, in which the branch coverage of bot/ is counted: counting takes a third more time.
RULES := $(addprefix tests/,core conversations commands rounds partnerships rooms reading matching rehearsal)

.PHONY: setup play test check bench wire wire-slack storm format

setup: .venv/.ready ## the environment exactly as uv.lock pins it

.venv/.ready: uv.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

play: setup ## the playground on http://127.0.0.1:8080
	@$(BIN)/antipode play

test check: export PYTHONDONTWRITEBYTECODE := # each worker would compile every test again

test: setup ## every test
	@$(BIN)/python -m tests.browser_setup
	@$(BIN)/python -m pytest -n 4 --dist worksteal --quiet  # some wait more than they work

check: setup ## format, lint, types, import contracts, migrations, sizes, branch coverage of bot/
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m storage.migrations.check
	@$(BIN)/python -m tests.sizes
	@$(BIN)/python -m pytest -n 2 --quiet --no-header --cov --cov-report= $(RULES)

bench: setup ## the benchmarks: ratios within one run
	@$(BIN)/python -m benchmarks

wire: setup ## a whole round on the wire: 30 people, 16 weeks of 20 seconds, two kills; about 7 minutes
	@PTB_TIMEDELTA=1 $(BIN)/python -m tests.wire

wire-slack: setup ## the same on Slack, by the socket and by signed requests; about 15 minutes
	@$(BIN)/python -m tests.wire_slack

storm: setup ## 200 kills on each platform and database; about 20 minutes; goes on where it was stopped
	@PTB_TIMEDELTA=1 $(BIN)/python -m tests.storm

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet .
