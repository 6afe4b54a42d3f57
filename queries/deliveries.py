"""What every delivery brought: the manifests of the snapshots, in one form, whatever of them is filled in."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.intake import report as rapport
from data.snapshots import store
from data.snapshots.manifest import Extract, Manifest


class Tabel(Extract):
    """One extract of a delivery, as its manifest has it.

    waarschuwingen: rows per warning, None for one about the table as a whole. plaatsen: where the rows of a reason or
    warning are, in words, for those of which that was kept.
    """

    naam: str
    waarschuwingen: dict[str, int | None]
    plaatsen: dict[str, str]

    @property
    def aantal_afgekeurd(self) -> int:
        """Rows that were rejected, for any reason."""
        return sum(self.afgekeurd.values())


@dataclass(frozen=True)
class Delivery:
    """One snapshot: the delivery it was made from.

    verdwenen: how many persons of the snapshot of vorige_peildatum were not in this delivery; None without an earlier
    one. aangemaakt: when it was taken in. leesbaar: False when the manifest of a kept snapshot cannot be read; then
    only its peildatum is known.
    """

    peildatum: date
    demo: bool = False
    levering_id: str = ""
    aangemaakt: datetime | None = None
    tabellen: tuple[Tabel, ...] = ()
    verdwenen: int | None = None
    vorige_peildatum: date | None = None
    in_gebruik: bool = False
    leesbaar: bool = True

    @property
    def gelezen(self) -> int:
        """Rows delivered, all tables together; of a table that does not say, those accepted and rejected."""
        read = ((each.gelezen, (each.rijen or 0) + each.aantal_afgekeurd) for each in self.tabellen)
        return sum(rows if given is None else given for given, rows in read)

    @property
    def aandeel_afgekeurd(self) -> float | None:
        """Rows rejected as a fraction of the rows delivered; None when nothing was delivered."""
        return self.afgekeurd / self.gelezen if self.gelezen else None

    @property
    def afgekeurd(self) -> int:
        """Rows rejected, all tables together."""
        return sum(tabel.aantal_afgekeurd for tabel in self.tabellen)


def read(manifest: Manifest, in_gebruik: bool = False, report: dict[str, Any] | None = None) -> Delivery:
    """A manifest as a Delivery. report: the one of the same delivery."""
    gone, places, tabellen = manifest.verdwenen, _places(report), []
    for naam, extract in manifest.tabellen.items():
        counts = {warning.regel: warning.aantal for warning in extract.waarschuwingen}
        own = {"naam": naam, "waarschuwingen": counts, "plaatsen": places.get(naam, {})}
        tabellen.append(Tabel(**extract.model_dump() | own))
    same = {name: getattr(manifest, name) for name in ("peildatum", "demo", "levering_id", "aangemaakt")}
    gone = {"verdwenen": gone.aantal, "vorige_peildatum": gone.vorige_peildatum} if gone else {}
    return Delivery(**same, **gone, tabellen=tuple(tabellen), in_gebruik=in_gebruik)


def deliveries(root: Path) -> tuple[Delivery, ...]:
    """The deliveries of which there is a snapshot under ``root``, newest peildatum first; see Delivery.leesbaar."""
    current, found = store.in_use(root), []
    for peildatum in reversed(store.peildata(root)):
        if folder := store.folder_of(peildatum, root):
            manifest = Manifest.read_or_none(folder)
            lost = Delivery(peildatum, leesbaar=False)
            found.append(read(manifest, folder == current, rapport.read(folder)) if manifest else lost)
    return tuple(found)


def _places(report: dict[str, Any] | None) -> dict[str, dict[str, str]]:
    """Per table where the rows of a reason or warning are; of a report that is not whole, nothing."""
    try:
        return {
            table["tabel"]: {
                entry.get("reden") or entry["waarschuwing"]: rapport.places_in_words(entry, table["bestand"])
                for entry in (*table["afgekeurd"], *table["waarschuwingen"])
            }
            for table in (report or {}).get("tabellen", ())
        }
    except (AttributeError, KeyError, TypeError):
        return {}
