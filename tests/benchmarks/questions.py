"""Each question at three sizes, and three of them beside the same answer in plain Polars and pandas.

python -m tests.benchmarks questions [persons]...
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl

import queries
from queries.database import Database

SIZES = (3_000, 300_000, 3_000_000)
ROUTES = ["B", "O", "Z", "Nog geen PIP"]


def seconds(do: Callable[[], object], times: int = 3) -> float:
    """The least that it takes."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append(time.perf_counter() - began)
    return min(found)


def polars_routes(folder: Path) -> pl.DataFrame:
    """leerroute_verdeling, for the city: who was in beeld and not gone, by the leerroute of the latest PIP."""
    day = pl.lit(queries.open_database(folder).peildatum)
    dates = ("datum_kennisgeving", "datum_inschrijving_brp", "datum_huisvesting")
    pip = pl.scan_parquet(folder / "pip.parquet").filter(pl.col("dagtekening_pip") <= day)
    latest = pip.sort("dagtekening_pip").group_by("inburgeraar_id").agg(pl.col("leerroute").last())
    return (
        pl.scan_parquet(folder / "inburgeraar.parquet")
        .filter(pl.col("wet") == "WI2021", pl.min_horizontal(*dates) <= day)
        .filter(pl.col("datum_uitstroom").is_null() | (pl.col("datum_uitstroom") > day))
        .join(latest, on="inburgeraar_id", how="left")
        .group_by(pl.col("leerroute").fill_null(ROUTES[-1]))
        .agg(aantal=pl.len())
        .collect()
    )


def pandas_routes(folder: Path) -> pd.DataFrame:
    """The same."""
    day = pd.Timestamp(queries.open_database(folder).peildatum)
    dates = ["datum_kennisgeving", "datum_inschrijving_brp", "datum_huisvesting"]
    persons, pip = (pd.read_parquet(folder / f"{name}.parquet") for name in ("inburgeraar", "pip"))
    for frame, names in ((persons, [*dates, "datum_uitstroom"]), (pip, ["dagtekening_pip"])):
        frame[names] = frame[names].apply(pd.to_datetime)
    latest = pip[pip["dagtekening_pip"] <= day].sort_values("dagtekening_pip").groupby("inburgeraar_id")["leerroute"]
    there = (persons["wet"] == "WI2021") & (persons[dates].min(axis=1) <= day)
    there &= persons["datum_uitstroom"].isna() | (persons["datum_uitstroom"] > day)
    found = persons[there].join(latest.last(), on="inburgeraar_id")["leerroute"].fillna(ROUTES[-1])
    return found.value_counts().rename("aantal").reset_index()


def polars_referrers(folder: Path) -> pl.DataFrame:
    """melding_verwijzer: requests per quarter and referrer."""
    return (
        pl.scan_parquet(folder / "melding.parquet")
        .filter(pl.col("datum_melding") <= queries.open_database(folder).peildatum)
        .group_by(pl.col("datum_melding").dt.truncate("1q"), pl.col("verwijzer").fill_null("Niet geregistreerd"))
        .agg(aantal=pl.len())
        .collect()
    )


def pandas_referrers(folder: Path) -> pd.DataFrame:
    """The same."""
    frame = pd.read_parquet(folder / "melding.parquet", columns=["datum_melding", "verwijzer"])
    days = pd.to_datetime(frame["datum_melding"])
    frame = frame[days <= pd.Timestamp(queries.open_database(folder).peildatum)]
    quarters = days.dt.to_period("Q")
    return frame.groupby([quarters, frame["verwijzer"].fillna("Niet geregistreerd")]).size().reset_index(name="aantal")


BESIDE = {
    "leerroute_verdeling": (polars_routes, pandas_routes),
    "melding_verwijzer": (polars_referrers, pandas_referrers),
}


def measured(folder: Path) -> None:
    """Print how long a snapshot takes to open and each question to be answered, and the memory of all of it."""
    began = time.perf_counter()
    Database(folder)
    first = time.perf_counter() - began
    again = seconds(lambda: Database(folder), 1)
    source = queries.open_database(folder)
    took = {name: seconds(lambda name=name: queries.answer(name, database=source)) for name in queries.VRAGEN}
    # Linux gives ru_maxrss in KiB.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    slowest = sorted(took, key=took.get, reverse=True)[:4]
    print(f"  opened the first time in {first:.2f} s, after that in {again:.2f} s; {peak:,.0f} MiB at most")
    print(
        f"  {len(took)} questions in {sum(took.values()):.2f} s, median {sorted(took.values())[len(took) // 2]:.3f} s;"
    )
    print(f"  slowest: {', '.join(f'{name} {took[name]:.3f} s' for name in slowest)}", flush=True)
    for name, others in BESIDE.items():
        counted = int(queries.answer(name, database=source)["aantal"].sum())
        told = []
        for library, answer in zip(("Polars", "pandas"), others, strict=True):
            assert int(answer(folder)["aantal"].sum()) == counted, (name, library)
            told.append(f"{library} {seconds(lambda answer=answer: answer(folder)) / took[name]:.1f} x")
        print(f"  {name}: {took[name]:.3f} s; {', '.join(told)}", flush=True)


def main(*sizes: int) -> None:
    """Print per size what the questions take; each in a process of its own."""
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "demo"
            made = [sys.executable, "-m", "data.demo", "--naar", str(folder), "--personen", str(size)]
            began = time.perf_counter()
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            print(f"{size:,} persons, made in {time.perf_counter() - began:.0f} s", flush=True)
            subprocess.run([sys.executable, "-m", "tests.benchmarks.questions", str(folder)], check=True)


if __name__ == "__main__":
    measured(Path(sys.argv[1]))
