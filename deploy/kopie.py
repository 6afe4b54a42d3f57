"""Keep a copy of all that cannot be made again, and put it back: ``python -m deploy.kopie (--naar|--terug) FILE``.

In it: snapshots, publications, the register of what was ever public, and the folder of settings with the secrets (salt,
key of the pseudonyms, cookie secret, as far as they lie there). It holds records and secrets: encrypt it and keep it
apart. While it is made no delivery is taken in. A copy is put back into folders that are empty or not there.

Of folders that are shared (WI_DATA) it holds what is in the store. Put back, they fill a store that is empty.
"""

import contextlib
import hashlib
import io
import json
import os
import sys
import tarfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from data.command_line import Opdracht, exit_status
from data.errors import RefusedError
from data.snapshots import store
from queries.openbaar import register

SETTINGS = Path("/etc/monitor")
# The list of what is in a copy, with the SHA-256 of every file.
INDEX = "inhoud.json"


def folders(settings: Path) -> dict[str, Path]:
    """What is kept, by its name in a copy."""
    return {
        "snapshots": store.SNAPSHOTS,
        "publicaties": store.PUBLICATIES,
        "register": register.place(store.PUBLICATIES, demo=False),
        "instellingen": settings,
    }


def keep(file: Path, settings: Path) -> str:
    """Write a copy, for this user alone; what was derived from a snapshot is made again and is not in it."""
    beside, index = file.with_name(f".{file.name}.nieuw"), {}
    opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with contextlib.ExitStack() as held:
        raw = held.enter_context(os.fdopen(opened, "wb"))
        for folder in (store.SNAPSHOTS, store.PUBLICATIES, register.place(store.PUBLICATIES, demo=False)):
            if folder.is_dir() or store.copy_of(folder):
                held.enter_context(store.exclusive(folder))
        there = {name: folder for name, folder in folders(settings).items() if folder.is_dir()}
        with tarfile.open(fileobj=raw, mode="w") as copy:
            for name, folder in there.items():
                for path in _content(folder):
                    inside = f"{name}/{path.relative_to(folder)}"
                    copy.add(path, inside, recursive=False)
                    if path.is_file() and not path.is_symlink():
                        index[inside] = _digest(path)
            told = json.dumps(index).encode()
            entry = tarfile.TarInfo(INDEX)
            entry.size = len(told)
            copy.addfile(entry, io.BytesIO(told))
    beside.replace(file)
    return f"Bewaard in {file}: {', '.join(there)}; {len(index)} bestanden. Versleutel het en bewaar het ergens anders."


def put_back(file: Path, settings: Path) -> str:
    """Put a copy back; every file is what it was, or nothing stands there."""
    places = folders(settings)
    for name, folder in places.items():
        if folder.is_dir() and any(folder.iterdir()):
            raise RefusedError(
                f"In de map voor {name} ({folder}) staat al iets. Maak haar leeg, of zet de kopie elders."
            )
    try:
        with tarfile.open(file) as copy:
            index = json.load(copy.extractfile(INDEX))
            for name, folder in places.items():
                members = [_inside(member, name) for member in copy if member.name.startswith(f"{name}/")]
                if members:
                    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                    copy.extractall(folder, members=members, filter="tar")
    except (OSError, KeyError, ValueError, tarfile.TarError) as error:
        raise RefusedError(f"De kopie kan niet worden gelezen ({type(error).__name__}).") from error
    for inside, digest in index.items():
        name, _, rest = inside.partition("/")
        if _digest(places[name] / rest) != digest:
            raise RefusedError(f"Het bestand {inside} is niet wat het was. Gebruik een andere kopie.")
    to_store = (
        " Een lege opslag krijgt ze bij de volgende inname en publicatie." if store.copy_of(store.SNAPSHOTS) else ""
    )
    return f"Teruggezet: {len(index)} bestanden.{to_store}"


def _content(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not path.name.startswith("afgeleid-") and path.name != store.MARKER:
            yield path


def _inside(member: tarfile.TarInfo, name: str) -> tarfile.TarInfo:
    return member.replace(name=member.name.removeprefix(f"{name}/"), deep=False)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _run(options: Namespace) -> int:
    print(keep(options.naar, options.instellingen) if options.naar else put_back(options.terug, options.instellingen))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Returns 0, or 2 with a Dutch message."""
    parser = Opdracht(
        prog="python -m deploy.kopie",
        description="Bewaar wat niet opnieuw te maken is, of zet het terug.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--naar", type=Path, metavar="BESTAND", help="schrijf een kopie")
    what.add_argument("--terug", type=Path, metavar="BESTAND", help="zet een kopie terug in lege mappen")
    parser.add_argument("--instellingen", type=Path, default=SETTINGS, metavar="DIR", help=f"standaard {SETTINGS}")
    return exit_status(lambda: _run(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main())
