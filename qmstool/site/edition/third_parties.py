"""Tell what of others a site is built with and holds: each part, its version, its licence."""

from __future__ import annotations

import csv
from importlib.metadata import PackageNotFoundError, version

from qmstool.frozen import NamedTuple
from qmstool.storage import resources

LIST = "templates/site/third-party.csv"
OFFICE = "office"
"""The extra with which PDF and Word files for the pages are made."""


class ThirdParty(NamedTuple):
    """A part of others: name, version at hand, licence as SPDX names it."""

    name: str
    version: str
    licence: str


def third_parties(*, with_office: bool) -> tuple[ThirdParty, ...]:
    """Return the parts that the package lists, each with the version that is installed here.

    A package that is not installed has the version of the list. A script, letters or drawings that
    come within a package have that one's. `with_office`: PDF and Word files are offered, too.
    """
    lines = resources.packaged_path(LIST).read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    packages = {
        row["name"]: row for row in rows if not row["of"] or (row["of"] == OFFICE and with_office)
    }
    versions = {name: _version(row) for name, row in packages.items()}
    within = [row for row in rows if row["of"] in packages]
    return (
        *(ThirdParty(name, versions[name], row["licence"]) for name, row in packages.items()),
        *(
            ThirdParty(row["name"], f"{row['of']} {versions[row['of']]}", row["licence"])
            for row in within
        ),
    )


def _version(row: dict[str, str]) -> str:
    try:
        return version(row["name"])
    except PackageNotFoundError:
        return row["version"]
