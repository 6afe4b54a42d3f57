"""What makes a delivery as a whole unlikely, though every row may be right: it is refused, unless the steward insists.

A wrong peildatum, an export that failed and an export of something else all pass the rules for rows, and each changes
every figure. With `--toch` the delivery is taken in, and the objections stand in its manifest and its report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import dataframely as dy
import polars as pl

from data import contract
from data.errors import count
from data.intake import TEXTS, warnings
from data.snapshots import store

# Days that the youngest event may lie before the peildatum; shares of a table's rows, in percents.
DAGEN_STIL = 31
NA_PEILDATUM = 1
AFGEKEURD = 10
MINDER_RIJEN = 50
ANDERE_SLEUTELS = 5

SAYS = TEXTS["objections"]


@dataclass
class Bezwaren:
    """Gathers the objections to a delivery, table by table. vorige: see `warnings.previous`."""

    peildatum: date
    vorige: warnings.Previous | None
    _jongste: date = date.min
    _tabellen: list[str] = field(default_factory=list)

    def look(self, tabel: str, bestand: str, gelezen: pl.DataFrame, afgekeurd: Mapping[str, int]) -> None:
        """Look at the rows of one table as they were read. afgekeurd: rejected rows per reason, the most first."""
        dagen, rijen = pl.col(_events(tabel)), gelezen.height
        tot_nu = pl.max_horizontal(pl.when(dagen <= self.peildatum).then(dagen).max())
        self._jongste = max(self._jongste, gelezen.select(tot_nu).item() or date.min)
        later = gelezen.filter(pl.any_horizontal(dagen > self.peildatum)).height
        ervoor = self.vorige.rows(tabel) if self.vorige else 0
        bezwaren: list[str | None] = []
        if not rijen:
            bezwaren.append(SAYS["empty"])
        elif 100 * rijen < (100 - MINDER_RIJEN) * ervoor:
            toen = self.vorige.manifest.peildatum
            bezwaren.append(SAYS["half"].format(rijen=count(rijen), ervoor=count(ervoor), toen=toen))
        elif self.vorige:
            bezwaren.append(self._other_keys(tabel, gelezen))
        if 100 * later > NA_PEILDATUM * rijen:
            hebben = "heeft" if later == 1 else "hebben"
            bezwaren.append(SAYS["later"].format(deel=_share(later, rijen), hebben=hebben, peildatum=self.peildatum))
        elif 100 * (fout := sum(afgekeurd.values())) > AFGEKEURD * rijen:
            redenen = ", ".join(f"{count(aantal)} keer {reden}" for reden, aantal in afgekeurd.items())
            worden = "wordt" if fout == 1 else "worden"
            bezwaren.append(SAYS["rejected"].format(deel=_share(fout, rijen), worden=worden, redenen=redenen))
        of_table = {"bestand": bestand, "tabel": tabel}
        self._tabellen += [SAYS["of_table"].format(bezwaar=bezwaar, **of_table) for bezwaar in bezwaren if bezwaar]

    def _other_keys(self, tabel: str, gelezen: pl.DataFrame) -> str | None:
        """That records of quarters which were over by the delivery before are gone, or new ones came, when many did.

        These hardly change; when many do, they were numbered anew, and nobody can be followed from then on.
        """
        schema, dagen, toen = contract.TABELLEN[tabel], _events(tabel), self.vorige.manifest.peildatum
        sleutel = schema.primary_key()
        voorbij = pl.coalesce(dagen) < pl.lit(toen).dt.offset_by("1d").dt.truncate("1q")
        try:
            bewaard = pl.read_parquet(self.vorige.folder / f"{tabel}.parquet", columns=[*{*sleutel, *dagen}])
            afgekeurd = pl.read_parquet(self.vorige.folder / "afgekeurd" / f"{tabel}.parquet", columns=sleutel)
        except store.UNREADABLE:
            return None
        waren = bewaard.filter(voorbij)
        weg = waren.join(gelezen, on=sleutel, how="anti").height
        erbij = 0
        if not schema.columns()[dagen[0]].nullable:
            # Elsewhere a record may tell of what came before it was made.
            bekend = pl.concat([bewaard.select(sleutel), afgekeurd.select(sleutel)])
            erbij = gelezen.filter(voorbij).join(bekend, on=sleutel, how="anti").height
        veel = ANDERE_SLEUTELS * waren.height
        if 100 * max(weg, erbij) <= veel:
            return None
        what, aantal = ("keys_gone", weg) if 100 * weg > veel else ("keys_new", erbij)
        wat, sleutels = SAYS[what].format(aantal=count(aantal)), ", ".join(sleutel)
        return SAYS["keys"].format(waren=count(waren.height), toen=toen, wat=wat, sleutel=sleutels)

    def all(self) -> list[str]:
        """The objections as Dutch sentences; none when there is nothing to object."""
        jongste, peildatum = self._jongste, self.peildatum
        stil = (peildatum - jongste).days
        if stil <= DAGEN_STIL or jongste == date.min:
            return self._tabellen
        return [SAYS["quiet"].format(jongste=jongste, dagen=count(stil), peildatum=peildatum), *self._tabellen]


def _events(tabel: str) -> list[str]:
    """The columns of a table that tell when something happened: all dates but those that may lie in the future."""
    dates = {naam: kolom for naam, kolom in contract.TABELLEN[tabel].columns().items() if isinstance(kolom, dy.Date)}
    return [naam for naam, kolom in dates.items() if not (kolom.metadata or {}).get("toekomst")]


def _share(deel: int, geheel: int) -> str:
    aandeel = f"{100 * deel / geheel:.1f}".replace(".", ",")
    return f"{count(deel)} van de {count(geheel)} rijen ({aandeel}%)"
