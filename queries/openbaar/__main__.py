"""``python -m queries.openbaar``; see publish.py."""

import gc
import sys

from queries.openbaar.publish import main

if __name__ == "__main__":
    # Next to nothing is made in cycles: looking for these among some million counts takes a tenth of the time.
    gc.disable()
    sys.exit(main())
