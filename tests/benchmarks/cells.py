"""Which cells to publish: what a reader can use, and what the attack finds, of one choice beside another.

python -m tests.benchmarks cells [cities] [choice]...: of the demo and the cities of the first seeds, two publications a
month apart. What was measured, and what was chosen from it, stands in docs/openbaar.md.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest import mock

import polars as pl

from data.demo import municipality
from data.snapshots import store
from queries import INDICATOREN, ONBEKEND
from queries.definitions.columns import AFGEROND, TELLINGEN, figures, weergave_van
from queries.openbaar import protect, rules
from queries.openbaar.attack import knowledge, solver
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.rules import DELEN, REGELS, STAD, Selectie
from tests.towns import DAY, EARLIER

SALT = "een zout voor beproevingen, geen geheim: cellen"
VALUES = [name for name, entry in INDICATOREN.items() if entry.eenheid != "aantal"]
SERIES = {name for name, rule in REGELS.items() if rule.reeks} | {"kpi_trend", "kpi_verandering"}
AREAS = [Selectie("stadsdeel", name) for deel in DELEN for name in deel.stadsdelen] + [Selectie("stadsdeel", ONBEKEND)]


@dataclass(frozen=True)
class Choice:
    """basis: of the rounding; below 10 all that is rounded to less than 10 is told as that. enough: the least noemer of
    a share. public: of a question and the kind of a selection whether that is published.
    """

    basis: int = 10
    enough: int = 50
    public: Callable[[str, str], bool] = lambda question, kind: True


def _without_quarters(question: str, kind: str) -> bool:
    return question not in SERIES and (question != "leerroute_wissel" or kind == "stad")


CHOICES = {
    "10: city, stadsdelen, doelgroepen": Choice(public=lambda question, kind: kind != "deel"),
    "10: and two parts of the city": Choice(),
    "5: all of that but the quarters": Choice(5, 25, _without_quarters),
    "5: the city": Choice(5, public=lambda question, kind: kind == "stad"),
    "5: KPIs of the city and areas": Choice(5, 25, lambda question, kind: question == "kpi" and kind != "doelgroep"),
    "5: KPIs of the city and parts": Choice(
        5, 25, lambda question, kind: question == "kpi" and kind in ("stad", "deel")
    ),
}


def published(folder: Path, choice: Choice) -> protect.Frames:
    """What would be published of a snapshot."""
    engine = protect.Protected(folder, SALT, choice.basis)
    radius = f"z * sqrt({(choice.basis**2 - 1) / 6} * (1 + pow(teller::double / noemer, 2))) / noemer"
    for macro in (
        f"genoeg(noemer) as coalesce(noemer >= {choice.enough}, false)",
        f"straal_van_afronding(teller, noemer, z) as {radius}",
    ):
        engine._connection.execute(f"create or replace macro {macro}")

    found = {}
    for (question, selectie), frame in protect.answers(engine).items():
        if choice.public(question, selectie.soort):
            told = [
                pl.when(pl.col(name) >= 10).then(name).otherwise(pl.col(name) * 0)
                for name in frame.columns
                if name in TELLINGEN
            ]
            found[question, selectie] = frame.with_columns(told)
    return protect.published(found)


def attacked(publications: Mapping[date, protect.Frames], choice: Choice) -> solver.Report:
    """The attack, which knows that a part of the city is some stadsdelen, also where these are not published."""
    publish, sum_up = Puzzle.publish, knowledge.between_selections

    def told(made: Puzzle, cell: Cell, rounded: int, basis: int) -> None:
        publish(made, cell, rounded, basis if rounded else 10)
        made.known[cell] = (rounded, basis)

    def between(made: Puzzle, peildatum: date, selecties: list[Selectie]) -> None:
        others = {*AREAS} - {*selecties} if {*DELEN} & {*selecties} else set()
        sum_up(made, peildatum, sorted({*selecties, *others}))
        for cell, number in made.number.items():
            if cell.selectie in others:
                made.high[number] = float("inf")

    with mock.patch.object(Puzzle, "publish", told), mock.patch.object(knowledge, "between_selections", between):
        return solver.attack(publications, choice.basis)


def use(frames: protect.Frames) -> str:
    """How many figures have their value: shares and medians among the KPIs, for whom, and all that there are."""

    def shown(frame: pl.DataFrame, kolom: str) -> pl.DataFrame:
        return frame.filter(pl.col(weergave_van(kolom)) == AFGEROND, pl.col(kolom).is_not_null())

    def values(question: str, *selecties: Selectie) -> int:
        found = [shown(frames[question, each], "waarde") for each in selecties if (question, each) in frames]
        return sum(frame.filter(pl.col("indicator").is_in(VALUES)).height for frame in found)

    every = sorted({selectie for _, selectie in frames})
    of_kind = [
        values("kpi", *(each for each in every if each.soort == soort)) for soort in ("stadsdeel", "deel", "doelgroep")
    ]
    whole = sum(shown(frame, name).height for (question, _), frame in frames.items() for name in figures(question))
    schalkwijk, its_part = values("kpi", Selectie("stadsdeel", "Schalkwijk")), values("kpi", DELEN[0])
    return (
        f"city {values('kpi', STAD)}, Schalkwijk {schalkwijk} and its part {its_part}; stadsdelen {of_kind[0]}, "
        f"parts {of_kind[1]}, doelgroepen {of_kind[2]}, quarters {values('kpi_instroom', *every)}, all figures {whole}"
    )


def measured(folders: Mapping[date, Path], choice: Choice) -> str:
    """What one city gives: the counts that can be narrowed of the first publication, and of both; and the use."""
    with ExitStack() as chosen:
        for module in (rules, protect):
            chosen.enter_context(mock.patch.object(module, "GENOEG", choice.enough))
        made, told = {day: published(folder, choice) for day, folder in folders.items()}, []
        for days in ([DAY], [EARLIER, DAY]):
            begin = time.monotonic()
            report = attacked({day: made[day] for day in days}, choice)
            seconds = time.monotonic() - begin
            told.append(
                f"{len(report.lekken)} of {report.cellen_onder_10} narrowed, {report.smalste} left, {seconds:.0f} s"
            )
    return " | ".join([*told, use(made[DAY])])


def main(cities: int = 5, *numbers: int) -> None:
    """A line per choice and city."""
    with tempfile.TemporaryDirectory() as root:
        towns: dict[int, dict[date, Path]] = {}
        for seed in range(cities):
            for day in (EARLIER, DAY):
                municipality.publiceer_demo(Path(root, str(seed)), day, **({"seed": seed} if seed else {}))
            towns[seed] = {day: store.folder_of(day, Path(root, str(seed))) for day in (EARLIER, DAY)}
        for number, (name, choice) in enumerate(CHOICES.items()):
            for seed in towns if not numbers or number in numbers else ():
                print(f"{number} {name} | {seed or 'demo'} | {measured(towns[seed], choice)}", flush=True)
