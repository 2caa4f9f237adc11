"""The preview answers its own host alone, leads nowhere else, and outlives every save."""

from __future__ import annotations

import http.client
import socket
import struct
import time
from typing import TYPE_CHECKING

import pytest

from qmstool.i18n import QmsError, Text
from qmstool.site.build.preview import DraftBuild, PreviewServer, serve_draft
from qmstool.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    files.write(tmp_path, "site/index.html", "trang")
    files.write(tmp_path, "secret.txt", "riêng")
    (tmp_path / "site/out.txt").symlink_to(tmp_path / "secret.txt")
    running = PreviewServer(tmp_path / "site", 0)
    yield running
    running.close()


def answer(server: PreviewServer, path: str, host: str | None) -> int:
    """The status of an answer to a request that names a host, or none."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server.server_port, timeout=10)
    connection.putrequest("GET", path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host.format(port=server.server.server_port))
    connection.endheaders()
    return connection.getresponse().status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("evil.invalid", 421),
        ("evil.invalid:{port}", 421),
        ("127.0.0.1.evil.invalid:{port}", 421),
        ("localhost:1", 421),
        ("", 421),
        (None, 421),
    ],
)
def test_only_its_own_host_is_answered(
    server: PreviewServer, host: str | None, status: int
) -> None:
    assert answer(server, "/", host) == status


@pytest.mark.parametrize("path", ["/out.txt", "/../secret.txt", "/%2e%2e/secret.txt"])
def test_nothing_beside_the_folder_is_served(server: PreviewServer, path: str) -> None:
    assert answer(server, path, "localhost:{port}") == 404


@pytest.mark.parametrize("path", ["/%00", "/a%00b", "/%ed%a0%80"])
def test_a_name_that_no_disk_can_have_is_not_there(
    server: PreviewServer, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(server, path, "localhost:{port}") == 404
    assert capsys.readouterr() == ("", "")


def test_a_browser_that_hangs_up_is_nothing_to_speak_of(
    server: PreviewServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """As each does when somebody leaves a page before it is there."""
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", server.server.server_port)) as asked:
            asked.sendall(b"GET / HTTP/1.1\r\n")
            reset = struct.pack("ii", 1, 0)
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
    assert answer(server, "/", "localhost:{port}") == 200
    time.sleep(0.2)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "error", [QmsError(Text("hỏng", "broken")), OSError(5, "x"), KeyError("x")]
)
def test_a_save_that_cannot_be_built_ends_nothing(tmp_path: Path, error: Exception) -> None:
    root = tmp_path / "root"
    files.write(root, "qms.yml", "một")
    said: list[str] = []
    tried: list[Path] = []
    ends = time.monotonic() + 30

    def make(work: Path) -> DraftBuild:
        tried.append(work)
        if len(tried) == 2:
            raise error
        files.write(work / "site", "index.html", "trang")
        return DraftBuild(work / "site", 1, shown)

    def shown(_: tuple[str, ...]) -> bool:
        raise error

    def stop() -> bool:
        text = "x" * (len(said) + 2)
        if (root / "qms.yml").read_text() != text:
            files.write(root, "qms.yml", text)
        return len(said) >= 4 or time.monotonic() > ends

    serve_draft(root, make, port=0, say=lambda text: said.append(text.en), stop=stop)
    assert len(tried) >= 2
    assert len(said) >= 2
    assert said[0].startswith("1 pages")


def test_a_folder_that_vanishes_for_a_while_ends_nothing(tmp_path: Path) -> None:
    root = tmp_path / "root"
    files.write(root, "qms.yml", "một")
    said: list[str] = []
    looks: list[int] = []

    def make(work: Path) -> DraftBuild:
        files.write(work / "site", "index.html", "trang")
        return DraftBuild(work / "site", 1, lambda _: False)

    def stop() -> bool:
        looks.append(1)
        if len(looks) == 2:
            root.rename(tmp_path / "away")
        if len(looks) == 4:
            (tmp_path / "away").rename(root)
            files.write(root, "qms.yml", "hai ba")
        return len(looks) > 200 or len(said) > 1

    serve_draft(root, make, port=0, say=lambda text: said.append(text.en), stop=stop)
    assert len(said) == 2
