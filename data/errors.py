"""What is raised when something asked is refused, and words for it."""

import errno
import re


class RefusedError(Exception):
    """What was asked is refused and nothing has changed; the message tells the data steward why, in Dutch."""


class BusyError(RefusedError):
    """Another intake is running in the same folder; trying again later may do."""


_OORZAKEN = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de ruimte die u op de schijf mag gebruiken is op",
    errno.EFBIG: "een bestand werd groter dan hier mag",
    errno.EACCES: "u mag daar niet bij",
    errno.EPERM: "u mag daar niet bij",
    errno.EROFS: "de schijf laat niet schrijven toe",
    errno.EIO: "de schijf geeft een fout",
    errno.ENOENT: "een bestand of map is er niet",
    errno.ENOTDIR: "een bestand staat waar een map hoort",
    errno.ENAMETOOLONG: "een naam is te lang",
    errno.ELOOP: "een verwijzing wijst naar zichzelf",
}


def count(number: int) -> str:
    """A number as people write it: 1.234."""
    return f"{number:,}".replace(",", ".")


def cause(fout: BaseException) -> str:
    """Why a disk refused, in Dutch and with a colon in front; empty when nobody knows."""
    # Polars tells the number in its message.
    raak = re.search(r"\(os error (\d+)\)", str(fout))
    nummer = getattr(fout, "errno", None) or (int(raak[1]) if raak else None)
    woorden = _OORZAKEN.get(nummer) or getattr(fout, "strerror", None)
    return f": {woorden}" if woorden else ""
