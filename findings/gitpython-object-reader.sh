#!/bin/sh
# GitPython 3.2.1 with git 2.39:
# 1. Git.get_object_header is declared to return (str, str, int): id and kind come as bytes, so a
#    comparison with "commit" is never true.
# 2. In a partial clone whose remote may not be asked (GIT_ALLOW_PROTOCOL=none), git stops at the
#    first text that is not there. GitPython then speaks of dubious ownership, and of a text that is
#    there says that it cannot write: its reader has ended and stays in its cache.
# Output seen:
# (b'commit', False)
# absent: ValueError SHA is empty, possible dubious ownership
# present: BrokenPipeError
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q GitPython==3.2.1
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org
git init -q -b main "$folder/whole"
for words in one two; do
  echo "$words" > "$folder/whole/a.md"
  git -C "$folder/whole" add a.md
  git -C "$folder/whole" commit -q -m "$words"
done
git -C "$folder/whole" config uploadpack.allowFilter true
git clone -q --filter=blob:none "file://$folder/whole" "$folder/part"
GIT_ALLOW_PROTOCOL=none "$folder/venv/bin/python" - "$folder/part" > "$folder/seen" <<'PYTHON'
import subprocess
import sys
import time

import git

absent, present = (
    subprocess.run(
        ["git", "ls-tree", "--object-only", name, "a.md"],
        cwd=sys.argv[1],
        capture_output=True,
        text=True,
    ).stdout.strip()
    for name in ("HEAD~1", "HEAD")
)
repo = git.Repo(sys.argv[1])
kind = repo.git.get_object_header("HEAD")[1]
print((kind, kind == "commit"))
for name, blob in (("absent", absent), ("present", present)):
    try:
        repo.git.get_object_data(blob)
    except (ValueError, OSError) as error:
        words = str(error).partition(" in the")[0] if isinstance(error, ValueError) else ""
        print(f"{name}: {type(error).__name__} {words}".strip())
    time.sleep(0.5)
PYTHON
cat "$folder/seen"
sed -n "/^# Output seen/,/^set/s/^# \(.*[^:]\)$/\1/p" "$0" | diff - "$folder/seen"
