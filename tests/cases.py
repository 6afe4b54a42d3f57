"""Cases of a test that take too long for the suite."""

import pytest


def in_campaign(*cases):
    """These cases as parameters that the campaign has and the suite has not."""
    return [pytest.param(case, marks=pytest.mark.campaign) for case in cases]
