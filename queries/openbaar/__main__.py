"""``python -m queries.openbaar``; see publish.py."""

import sys

from queries.openbaar.publish import main

if __name__ == "__main__":
    sys.exit(main())
