"""Which names of files, sheets and columns may stand in what people read."""

import unicodedata

from data.delivery.guard import bsn


def may_be_shown(naam: str) -> bool:
    """Whether a name may be shown: it cannot hold somebody's number or e-mail address, and it fits on a line."""
    vreemd = "@" in naam or len(naam) > 100 or any(unicodedata.category(teken).startswith("C") for teken in naam)
    return bsn.without_long_number(naam) and not vreemd


def file_name(naam: str) -> str:
    """A file's name as it may stand in a message."""
    return naam if may_be_shown(naam) else "een bestand (naam weggelaten)"
