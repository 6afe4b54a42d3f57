"""What a refusal may say, and why a disk refused."""

import errno

import polars as pl
import pytest

from data import errors
from data.delivery.guard import names


@pytest.mark.parametrize(
    ("fout", "woorden"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), ": de schijf is vol"),
        (OSError(errno.EROFS, "Read-only file system"), ": de schijf laat niet schrijven toe"),
        (PermissionError(errno.EACCES, "Permission denied"), ": u mag daar niet bij"),
        (pl.exceptions.ComputeError("No space left on device (os error 28)"), ": de schijf is vol"),
        (pl.exceptions.ComputeError("what it is nobody knows"), ""),
        (OSError("without a number"), ""),
        (OSError(errno.EBUSY, "Device or resource busy"), ": Device or resource busy"),
    ],
)
def test_why_a_disk_refused_is_told_in_dutch_as_far_as_it_is_known(fout, woorden):
    assert errors.cause(fout) == woorden


@pytest.mark.parametrize(
    ("naam", "toonbaar"),
    [("Getekend op", True), ("nr 1234567", True), ("nr 12345678", False), ("a@b.nl", False), ("a\nb", False)],
)
def test_a_name_that_may_be_somebodys_is_not_shown(naam, toonbaar):
    assert names.may_be_shown(naam) is toonbaar
    assert (names.file_name(naam) == naam) is toonbaar
