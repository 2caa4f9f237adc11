#!/bin/sh
# hatchling 1.27.0 beside setuptools 80.9.0: an extra that asks for another extra of its own project
# («test» for «demo[office]») is written out by hatchling: the wheel names the packages of «office»
# under «test» a second time, and «demo[office]» no more. setuptools leaves the reference as it was
# written. Who asks a wheel's metadata which extra a package belongs to gets two answers or one, by
# what built it.
# Output seen:
# hatchling office: lxml>=5
# hatchling test: lxml>=5
# hatchling test: pytest>=8
# setuptools office: lxml>=5
# setuptools test: demo[office]
# setuptools test: pytest>=8
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q hatchling==1.27.0 setuptools==80.9.0 packaging==25.0
(cd "$folder" && venv/bin/python -) > "$folder/seen" <<'PYTHON'
import contextlib
import importlib
import io
import os
import zipfile
from email.parser import Parser

from packaging.requirements import Requirement

PROJECT = """
[build-system]
requires = ["{name}"]
build-backend = "{backend}"
[project]
name = "demo"
version = "1"
[project.optional-dependencies]
office = ["lxml>=5"]
test = ["demo[office]", "pytest>=8"]
"""
for name, backend in (("hatchling", "hatchling.build"), ("setuptools", "setuptools.build_meta")):
    os.makedirs(f"{name}/demo")
    open(f"{name}/demo/__init__.py", "w").close()
    with open(f"{name}/pyproject.toml", "w") as file:
        file.write(PROJECT.format(name=name, backend=backend))
    os.chdir(name)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        wheel = importlib.import_module(backend).build_wheel(".")
    with zipfile.ZipFile(wheel) as packed:
        told = Parser().parsestr(packed.read("demo-1.dist-info/METADATA").decode())
    os.chdir("..")
    lines = []
    for line in told.get_all("Requires-Dist"):
        requirement = Requirement(line)
        extra = str(requirement.marker).split('"')[1]
        wanted = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
        lines.append(f"{name} {extra}: {requirement.name}{wanted}{requirement.specifier}")
    print(*sorted(lines), sep="\n")
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
