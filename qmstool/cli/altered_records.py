"""Find records that the folder has otherwise than git's last commit, before they answer anything.

What comes out: one note for all of them. `verify` says of each record what differs; who asks for a
day, a version or a site has to hear that there is something to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmstool import shell
from qmstool.git.objects import list_files, read_blobs
from qmstool.git.uncommitted import ATTRIBUTES_OF, compare_with_commit
from qmstool.i18n import Text
from qmstool.releases.record import is_release_file
from qmstool.verify.records.committed import altered_records, differing_blobs

if TYPE_CHECKING:
    from qmstool.git.repository import Repository
    from qmstool.storage.tree import Tree

# So many records one command names.
MOST_NAMED = 20
ALTERED = Text(
    "Trong thư mục có {count} bản ghi khác với bản đã lưu vào git lần cuối, trước hết là «{path}»; "
    "câu trả lời theo thư mục, nên chưa chắc đúng. Chạy qmstool verify để biết khác chỗ nào. Lấy "
    "lại bản đã lưu: {command}",
    "{count} records in the folder differ from what git last committed, «{path}» first; what is "
    "answered follows the folder, and may not hold. Run qmstool verify to see what differs. To get "
    "back what was committed: {command}",
)
CONVERTED = Text(
    "Trong thư mục có {count} bản ghi khác với bản đã lưu vào git lần cuối, trước hết là «{path}»; "
    "câu trả lời theo thư mục, nên chưa chắc đúng. Git coi «{path}» là không đổi và lấy lại cũng "
    "như cũ: một thuộc tính trong .gitattributes hoặc .git/info/attributes đổi nội dung tệp, hoặc "
    "ngày giờ của tệp bị đặt lại. Xem thuộc tính nào: {command}",
    "{count} records in the folder differ from what git last committed, «{path}» first; what is "
    "answered follows the folder, and may not hold. Git takes «{path}» for unchanged, and would "
    "write it as it is here again: an attribute in .gitattributes or .git/info/attributes gives "
    "it other bytes, or its time was set back. See which attribute it is: {command}",
)


def altered_records_note(repository: Repository, tree: Tree) -> Text | None:
    """Return what to say of records that are altered or gone in the folder; None where none is."""
    altered = _find_altered(repository, tree)
    if not altered:
        return None
    converted = sorted({*compare_with_commit(repository).converted}.intersection(altered))
    if converted:
        command = shell.join(*ATTRIBUTES_OF, "--", *converted[:MOST_NAMED])
        values = {"count": str(len(altered)), "path": converted[0], "command": command}
        return CONVERTED.fill(values)
    command = shell.join("git", "checkout", "HEAD", "--", *altered[:MOST_NAMED])
    return ALTERED.fill({"count": str(len(altered)), "path": altered[0], "command": command})


def _find_altered(repository: Repository, tree: Tree) -> tuple[str, ...]:
    """Return the records of the last commit that are not in the folder as they are there.

    One that no commit holds yet is still being written.
    """
    if repository.bare or not repository.head:
        return ()
    listed = list_files(repository.folder, repository.head) or ()
    committed = {file.path: file.blob for file in listed if is_release_file(file.path)}
    here = tree.read_all(committed)
    differing = differing_blobs(committed, here)
    held = read_blobs(repository.folder, differing.values()) if differing else {}
    gone = committed.keys() - here.keys()
    return tuple(sorted(gone | altered_records(differing, here, held).keys()))
