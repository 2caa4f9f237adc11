"""Make and check the recorder's integrity seal over a release file («niêm phong toàn vẹn»).

A seal is a detached SSH signature. It proves that the file is whole and who recorded it. It is no
approval, and never called «chữ ký số»: in law that is another thing.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Literal

from qmstool import process
from qmstool.i18n import QmsError, Text
from qmstool.patterns import regex
from qmstool.storage import files, temporary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path

NAMESPACE = "qmstool-release"
SEALS_FOLDER = "releases/seals/"
_MAGIC = b"SSHSIG"
# ssh-keygen takes days, its own and those of the signers, in the zone of the machine that it runs
# on; an answer about a record is the same on each.
_SAME_EVERYWHERE = {"TZ": "UTC"}
_SEAL = regex(rf"{SEALS_FOLDER}([0-9]{{4}})\.sig")
_ARMOUR = regex(r"-----(?:BEGIN|END) SSH SIGNATURE-----")
# Of each type of certificate the type of the key in it, and of how many parts that key is.
_CERTIFIED = {
    "ssh-rsa-cert-v01@openssh.com": ("ssh-rsa", 2),
    "ssh-ed25519-cert-v01@openssh.com": ("ssh-ed25519", 1),
    "ecdsa-sha2-nistp256-cert-v01@openssh.com": ("ecdsa-sha2-nistp256", 2),
    "ecdsa-sha2-nistp384-cert-v01@openssh.com": ("ecdsa-sha2-nistp384", 2),
    "ecdsa-sha2-nistp521-cert-v01@openssh.com": ("ecdsa-sha2-nistp521", 2),
    "sk-ssh-ed25519-cert-v01@openssh.com": ("sk-ssh-ed25519@openssh.com", 2),
    "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com": ("sk-ecdsa-sha2-nistp256@openssh.com", 3),
}
SealVerdict = Literal["good", "bad", "unknown-key"]


def seal_path(number: int) -> str:
    """Return where a release's seal is kept."""
    return f"{SEALS_FOLDER}{number:04d}.sig"


def lone_seals(paths: Iterable[str], numbers: Collection[int]) -> dict[int, str]:
    """Return the seals that belong to no record: the number that each is of → its path.

    `numbers`: those of the records that are there. A number between two of them is a gap, and a
    gap is told of by itself.
    """
    newest = max(numbers, default=0)
    found = {}
    for path in sorted(paths):
        seal = _SEAL.fullmatch(path)
        if seal and not 0 < int(seal[1]) <= newest:
            found[int(seal[1])] = path
    return found


def normalize_line_ends(data: bytes) -> bytes:
    """Return the bytes that are sealed: line ends as in git, whatever a checkout made of them."""
    return data.replace(b"\r\n", b"\n")


def sign(data: bytes, key: Path) -> bytes:
    """Return the seal of a release file's bytes by a private key.

    Raises QmsError where ssh-keygen refuses.
    """
    done = process.run(
        ("ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)),
        stdin=normalize_line_ends(data),
        seconds=120,
    )
    if done.status:
        raise QmsError(
            Text(
                f"Không niêm phong được: {done.stderr.strip()}",
                f"The seal could not be made: {done.stderr.strip()}",
            )
        )
    return done.stdout


def public_key(signature: bytes) -> str:
    """Return the public key inside a seal, as its type and body; "" where it cannot be read.

    The layout is that of OpenSSH's PROTOCOL.sshsig: after the magic and a version, the key as a
    string of its own.
    """
    try:
        body = _ARMOUR.split(signature.decode("ascii"))[1]
        raw = base64.b64decode("".join(body.split()), validate=True)
        return _written(_string(raw, len(_MAGIC) + 4)) if raw.startswith(_MAGIC) else ""
    except (IndexError, ValueError):
        return ""


def keys_behind(signature: bytes) -> frozenset[str]:
    """Return every key that a seal rests on: its own; of a certificate those inside it too.

    They are the key that is certified, and that of the authority, of which either may be lost. The
    layout is that of OpenSSH's PROTOCOL.certkeys.
    """
    own = public_key(signature)
    kind, _, body = own.partition(" ")
    plain, parts = _CERTIFIED.get(kind, ("", 0))
    if not plain:
        return frozenset({own} - {""})
    rest = _Strings(base64.b64decode(body))
    rest.skip_strings(2)  # its type, and a number used once
    key = _joined([plain.encode(), *(rest.take() for _ in range(parts))])
    rest.skip(8 + 4)  # its number, and whether it is of a person or a machine
    rest.skip_strings(2)  # its name, and whose it is
    rest.skip(8 + 8)  # from when and until when it counts
    rest.skip_strings(3)  # what it is bound to, what it allows, and what is not used yet
    try:
        return frozenset({own, _written(key), _written(rest.take())})
    except ValueError:
        return frozenset({own})


class _Strings:
    """Strings of the wire format, taken one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._start = 0

    def take(self) -> bytes:
        found = _string(self._data, self._start)
        self.skip(4 + len(found))
        return found

    def skip(self, size: int) -> None:
        self._start += size

    def skip_strings(self, count: int) -> None:
        for _ in range(count):
            self.take()


def _joined(strings: Iterable[bytes]) -> bytes:
    return b"".join(len(each).to_bytes(4, "big") + each for each in strings)


def _written(key: bytes) -> str:
    """Return a key as people write it. Raises ValueError where its type is no plain word."""
    kind = _string(key, 0).decode("ascii")
    return f"{kind} {base64.b64encode(key).decode('ascii')}"


def _string(data: bytes, start: int) -> bytes:
    """One string of the wire format: its length in four bytes, then its bytes."""
    length = int.from_bytes(data[start : start + 4], "big")
    return data[start + 4 : start + 4 + length]


def is_intact(data: bytes, signature: bytes) -> bool:
    """Return whether a seal is one and fits `data`, whoever made it; that proves no recorder."""
    with temporary.lend_folder() as folder:
        return _is_intact(data, files.write(folder, "seal.sig", normalize_line_ends(signature)))


def check(data: bytes, signature: bytes, signers: bytes, day: date) -> SealVerdict:
    """Return what a seal over `data` was worth on a day.

    `signers`: the file of allowed signers of that time; rotation and expiry of keys are its matter.
    """
    with temporary.lend_folder() as folder:
        written = files.write(folder, "seal.sig", normalize_line_ends(signature))
        allowed = files.write(folder, "allowed_signers", signers)
        common = ("-s", str(written), "-f", str(allowed), f"-Overify-time={day:%Y%m%d}120000")
        finding = ("ssh-keygen", "-Y", "find-principals", *common)
        named = process.run(finding, environment=_SAME_EVERYWHERE, seconds=60)
        principals = named.stdout.decode("utf-8", errors="replace").splitlines()
        # A line of the signers may name several, and not each pattern stands for itself.
        for principal in () if named.status else principals:
            verified = process.run(
                ("ssh-keygen", "-Y", "verify", "-n", NAMESPACE, "-I", principal, *common),
                stdin=normalize_line_ends(data),
                environment=_SAME_EVERYWHERE,
                seconds=60,
            )
            if not verified.status:
                return "good"
        return "unknown-key" if _is_intact(data, written) else "bad"


def _is_intact(data: bytes, seal: Path) -> bool:
    checked = process.run(
        ("ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(seal)),
        stdin=normalize_line_ends(data),
        seconds=60,
    )
    return not checked.status
