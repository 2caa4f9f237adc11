"""`python -m qmstool`."""

import sys

from qmstool.cli import main

sys.exit(main())
