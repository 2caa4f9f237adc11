"""Tell what of others a site is built with: each part with its version and its licence."""

from __future__ import annotations

import csv
from importlib.metadata import PackageNotFoundError, version

from qmstool.frozen import NamedTuple
from qmstool.storage import resources

LIST = "templates/site/third-party.csv"


class ThirdParty(NamedTuple):
    """A part of others: name, version at hand, licence as SPDX names it."""

    name: str
    version: str
    licence: str


def third_parties() -> tuple[ThirdParty, ...]:
    """Return the parts that the package lists, each with the version that is installed here.

    One that is not installed has the version of the list.
    """
    lines = resources.packaged_path(LIST).read_text("utf-8").splitlines()
    rows = csv.DictReader(lines)
    return tuple(ThirdParty(row["name"], _version(row), row["licence"]) for row in rows)


def _version(row: dict[str, str]) -> str:
    try:
        return version(row["name"])
    except PackageNotFoundError:
        return row["version"]
