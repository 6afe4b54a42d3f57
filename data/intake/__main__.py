"""``python -m data.intake``; see steps.py."""

import sys

from data.intake.steps import main, without_noise

if __name__ == "__main__":
    with without_noise():
        status = main()
    sys.exit(status)
