"""`python -m workloom`: the same as the command `workloom`."""

import sys

from workloom.cli import main

if __name__ == "__main__":
    sys.exit(main())
