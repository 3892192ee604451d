"""Main: `python -m probity` is the same as the command `probity`."""

import sys

from probity.wiring.commands import main

sys.exit(main())
