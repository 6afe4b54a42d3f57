"""Why a disk refused."""

import errno

import polars as pl
import pytest

from data import errors


@pytest.mark.parametrize(
    ("fout", "woorden"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), ": u mag daar niet bij"),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), ": de schijf is vol"),
        (pl.exceptions.ComputeError("what it is nobody knows"), ""),
        (OSError("without a number"), ""),
        (OSError(errno.EBUSY, "Device or resource busy"), ": Device or resource busy"),
    ],
)
def test_why_a_disk_refused_is_told_in_dutch_as_far_as_it_is_known(fout, woorden):
    assert errors.cause(fout) == woorden
