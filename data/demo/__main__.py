"""``python -m data.demo``; see municipality.py."""

import sys

from data.demo.municipality import main

if __name__ == "__main__":
    sys.exit(main())
