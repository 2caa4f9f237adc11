# The tools of whoever works on qmstool: `just` lists them, docs/contributing.md tells when to use which.

set windows-shell := ["powershell.exe", "-NoLogo", "-NoProfile", "-Command"]

windows := if os_family() == "windows" { "yes" } else { "no" }
own := if windows == "yes" { ".venv/Scripts/python.exe" } else { ".venv/bin/python" }
first := if windows == "yes" { "python" } else { "python3" }
# The Python called PYTHON, else that of the checkout's own environment, else the first one found.
python := env("PYTHON", if path_exists(own) == "true" { own } else { first })
# What most changes touch: without a browser, a build of the site, and the long texts that must not hang.
fast_tests := "tests/parsing tests/manual tests/references tests/rules tests/register tests/releases tests/candidates tests/diff tests/tables tests/checking tests/report tests/storage tests/test_frozen.py"

# list the recipes
default:
    @just --list --unsorted

# tests of parsing, references, rules, register, releases, comparison and reports: under a minute
fast *options:
    {{ python }} -m pytest -n auto -m "not slow and not browser" -k "not hang" {{ fast_tests }} {{ options }}

# all tests on all cores; `just test tests/site -k search` runs some
test *options:
    @{{ python }} -m compileall -q qmstool
    {{ python }} -m pytest -n auto {{ options }}

# style, types, who may import whom
lint:
    {{ python }} -m ruff check .
    {{ python }} -m ruff format --check .
    {{ python }} -m mypy
    {{ python }} -c "from importlinter.cli import lint_imports_command; lint_imports_command()" --no-cache

# put the style right where it is certain
format:
    {{ python }} -m ruff check --fix .
    {{ python }} -m ruff format .

# everything before a proposal: lint, all tests, and the manual that lies here
check: lint test
    {{ python }} -m qmstool check --fail-on error

# the same as a forge does it: in a fresh clone with an empty home (Debian)
ci:
    bash .ci/run

# what is generated in docs/: the table of modules
docs:
    {{ python }} .ci/room_guide.py

# a new rule that works at once: just new-rule prose doubled-blank
new-rule family slug *options:
    {{ python }} .ci/new_rule.py {{ family }} {{ slug }} {{ options }}

# random manuals by the thousand, every page, every break, every command after a cure: half an hour and more
[unix]
long cases="5000":
    QMS_FUZZ={{ cases }} QMS_ABSURD=1000 QMS_EDITS=1000 QMS_BREAKS=all {{ python }} -m pytest -n auto tests/acceptance tests/parsing/markdown tests/git/test_random.py
    QMS_PAGES=all {{ python }} -m pytest -n auto tests/site/test_every_page.py tests/site/test_access.py tests/site/test_reading.py
    QMS_CLONES=all QMS_KILLS=all {{ python }} -m pytest -n auto tests/cli/test_clones.py tests/site/test_kill.py
    QMS_FAULTS=all {{ python }} -m pytest -n auto tests/faults
    QMS_SITES=1000 {{ python }} -m pytest tests/site/test_taken_over.py -k grew
    QMS_DAYS=all {{ python }} -m pytest tests/cli/test_life_decisions.py

# how the house reads, in figures: of the work tree, or of a revision
figures *options:
    {{ python }} .ci/house_figures.py {{ options }}

# one folder, dist/wheelhouse, from which `pip install --no-index` installs everything on a machine like this one
wheelhouse:
    {{ python }} -m pip wheel --quiet --wheel-dir dist/wheelhouse ".[office]"

# the versions of everything that development uses, taken from a fresh environment
[unix]
pin:
    {{ python }} -m pip freeze --exclude qmstool > .ci/constraints.txt

# Write .ci/site.lock and office.lock, what jobs of a forge install: each package with its digests (needs uv).
[unix]
lock:
    uv pip compile pyproject.toml .ci/site.in --no-config --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --constraint .ci/constraints.txt --output-file .ci/site.lock
    uv pip compile pyproject.toml --extra office --no-config --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --constraint .ci/constraints.txt $(sed -nE 's/^([A-Za-z0-9._-]+)==.*/--no-emit-package \1/p' .ci/site.lock) --output-file .ci/office.lock
