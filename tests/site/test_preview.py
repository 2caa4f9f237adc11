"""The preview answers its own host alone, leads nowhere else, and outlives every save."""

from __future__ import annotations

import http.client
import os
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
    files.write(tmp_path, "site/folder/index.html", "trang")
    files.write(tmp_path, "site/odd <b>/x", "tệp")
    (tmp_path / "site/.git").mkdir()
    (tmp_path / "site/.git/config").write_text("riêng")
    for name in ("out.txt", "leads/index.html", "old/index.htm"):
        (tmp_path / "site" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "site" / name).symlink_to(tmp_path / "secret.txt")
    (tmp_path / "site/within.txt").symlink_to("folder/index.html")
    running = PreviewServer(tmp_path / "site", 0)
    yield running
    running.close()


def answer(server: PreviewServer, path: str, *hosts: str | None) -> int:
    """The status of an answer to a request that names a host, several or none."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server.server_port, timeout=10)
    connection.putrequest("GET", path, skip_host=True)
    for host in [host for host in hosts if host is not None]:
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


def test_who_names_two_hosts_is_not_answered(server: PreviewServer) -> None:
    assert answer(server, "/", "localhost:{port}", "evil.invalid") == 421
    assert answer(server, "/", "evil.invalid", "localhost:{port}") == 421


@pytest.mark.parametrize(
    "path",
    [
        *("/out.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/leads/", "/leads", "/old/"),
        *("/leads/index.html", "/..%2fsecret.txt", "//secret.txt", "/folder/%2e%2e/../secret.txt"),
    ],
)
def test_nothing_beside_the_folder_is_served(server: PreviewServer, path: str) -> None:
    assert answer(server, path, "localhost:{port}") == 404


@pytest.mark.parametrize(
    "path", ["/.git/config", "/.git", "/.git/", "/%2egit/config", "/folder/../.git/config"]
)
def test_nothing_hidden_is_served(server: PreviewServer, path: str) -> None:
    """A site that is published from a branch has `.git` in it, with what its remote is asked with."""
    assert answer(server, path, "localhost:{port}") == 404


def test_what_is_of_the_site_is_served_and_no_folder_is_listed(server: PreviewServer) -> None:
    for path in ("/folder/", "/folder/index.html", "/within.txt", "/odd%20%3Cb%3E/x"):
        assert answer(server, path, "localhost:{port}") == 200
    assert answer(server, "/odd%20%3Cb%3E/", "localhost:{port}") == 404


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("name", ["pipe", "held/index.html"])
def test_no_pipe_is_opened(server: PreviewServer, tmp_path: Path, name: str) -> None:
    (tmp_path / "site" / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / "site" / name)
    assert answer(server, f"/{name.removesuffix('index.html')}", "localhost:{port}") == 404


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


@pytest.mark.parametrize("ends", ["stale", "failed"])
def test_what_no_page_is_shown_from_is_removed(tmp_path: Path, ends: str) -> None:
    """However often somebody saves while a build runs, or what cannot be built."""
    root = tmp_path / "root"
    files.write(root, "qms.yml", "một")
    lying: list[int] = []
    said: list[str] = []
    until = time.monotonic() + 30

    def make(work: Path) -> DraftBuild:
        if work.name != "0":
            lying.append(len(list(work.parent.iterdir())))
        files.write(work / "site", "index.html", "trang")
        if ends == "failed" and work.name != "0":
            raise QmsError(Text("hỏng", "broken"))
        if ends == "stale":
            time.sleep(0.4)  # longer than two looks at the folder
        return DraftBuild(work / "site", 1, lambda _: False)

    def stop() -> bool:
        files.write(root, "qms.yml", "x" * (len((root / "qms.yml").read_bytes()) % 50 + 1))
        return len(lying) > 4 or time.monotonic() > until

    serve_draft(root, make, port=0, say=lambda text: said.append(text.en), stop=stop)
    assert len(lying) > 4
    assert set(lying) == {1}


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
