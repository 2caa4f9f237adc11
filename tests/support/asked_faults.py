"""How many faults are asked for, and which lot decides: QMS_FAULTS and QMS_FUZZ_SEED."""

from __future__ import annotations

import os

_ASKED = os.environ.get("QMS_FAULTS", "")
EVERY = bool(_ASKED)
# Steps at the most, of each command and by each fault.
STEPS = int(_ASKED) if _ASKED.isdigit() else 100 if EVERY else 1
SEED = int(os.environ.get("QMS_FUZZ_SEED", "20261128"))
