"""Let LibreOffice turn a file into another kind, where it is installed.

It runs apart, with a profile of its own that allows no macros and follows no links, and that is
gone afterwards.
"""

from __future__ import annotations

from pathlib import Path

from qmstool import process
from qmstool.i18n import QmsError
from qmstool.storage import files, temporary

SECONDS = 120
PROGRAM = "soffice"
# Where its installers put it without telling the system's list of programs.
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""  # noqa: E501


def find_libreoffice() -> str:
    """Return its program, "" where it is not installed."""
    usual = (place for place in _USUAL_PLACES if Path(place).is_file())
    return process.find(PROGRAM) or next(usual, "")


def turn(data: bytes, suffix: str, *, kind: str) -> bytes | None:
    """Return a file as another kind, None where that is not possible.

    `suffix`: of the file as it is; `kind`: suffix and filter of what is wanted, as its option
    `--convert-to` takes them.
    """
    program = find_libreoffice()
    if not program:
        return None
    with temporary.lend_folder() as folder:
        source = files.write(folder, f"in/source{suffix}", data, private=True)
        files.write(folder, "profile/user/registrymodifications.xcu", _SETTINGS, private=True)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        try:
            process.run(command, folder=folder, seconds=SECONDS)
        except QmsError:  # it took too long
            return None
        made = folder / f"out/source.{kind.partition(':')[0]}"
        return made.read_bytes() if made.is_file() else None
