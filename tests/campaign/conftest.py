"""The campaign: what takes too long to run ten times a day. `.ci/campaign` runs it, and nothing else does.

Of each part there is a small sibling in the suite, which fails when the thing itself is gone.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.campaign)
