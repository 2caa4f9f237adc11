"""Hold the size up to which a file is read, on disk and out of git alike.

What is larger is refused by name, never read in part.
"""

from __future__ import annotations

MAX_FILE_BYTES = 64 * 1024 * 1024
