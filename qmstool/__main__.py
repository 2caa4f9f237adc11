"""`python -m qmstool`."""

import sys

from qmstool.cli.main import main

sys.exit(main())
