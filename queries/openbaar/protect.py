"""The answers of a snapshot as they are published: rounded, with every row, and nothing that is too small.

They come from the SQL of `intern`, in which ``queries/model/openbaar/`` has the place of ``intern/``; see
``docs/openbaar.md``.
"""

import contextlib
import hashlib
import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path

import polars as pl

import queries
from queries import Database, Selection
from queries.computed import COMPUTED
from queries.database import named_areas
from queries.definitions.columns import (
    AANDELEN,
    AFGEROND,
    BESCHERMD,
    DAGEN,
    DUREN,
    TELLINGEN,
    WEGGELATEN,
    figures,
    kind_of_waarde,
    weergave_van,
)
from queries.openbaar.attack.cells import FEW, key_of, out_of
from queries.openbaar.attack.knowledge import CURVES
from queries.openbaar.publication import TEXTS, apart
from queries.openbaar.rules import (
    ALLE,
    GENOEG,
    REGELS,
    STAD,
    TE_KLEIN,
    WEGGELATEN_ZIN,
    WEINIG,
    ZINNEN,
    Plaats,
    Regel,
    Selectie,
    selecties,
    too_few,
    without_their_share,
)
from queries.openbaar.words import BEHIND, behind
from queries.questions import sql

LOG = logging.getLogger(__name__)
BASIS = 10

NOT_COMPARED = "niet te vergelijken"
# The columns with a sentence in which counts, or what follows from them, are told.
SAYS = TEXTS["publish"]
SENTENCES = ("toelichting", "reden")

Frames = dict[tuple[str, Selectie], pl.DataFrame]

# The conditions of a selection that is a row of the table of all that are asked, with what is put together for it.
_AREA, _GROUP = (
    f"(keuzes.{names} is null or list_contains(keuzes.{names}, {name}))"
    for names, name in (("stadsdelen", "stadsdeel"), ("doelgroepen", "doelgroep"))
)
_INSTEAD = {
    r"\$selectie\b": f"{_AREA} and {_GROUP}",
    r"\$zonder_gebied\b": _GROUP,
    r"\$gebied\b": _AREA,
    r"\bper_(\w+)\(\1\)": r"coalesce(keuzes.\1_samen, \1)",
}
_KEUZES = {"stadsdelen": pl.List(pl.String), "doelgroepen": pl.List(pl.String)} | {
    f"{dimensie}_samen": pl.String for dimensie in ALLE
}


def _keuze(rule: Regel, selectie: Selectie) -> tuple:
    filters, together = selectie.filters, rule.samengevoegd(selectie)
    return list(filters.stadsdelen) or None, list(filters.doelgroepen) or None, *map(together.get, ALLE)


class Protected(Database):
    """A snapshot that answers in the view `openbaar`: counts rounded by cell key, shares and durations from those.

    An answer still holds a rounded 0 as 0 and a median that is not reached as infinity; see ``protected``.
    """

    weergave = "openbaar"

    def __init__(self, folder: Path, salt: str, basis: int = BASIS) -> None:
        """Load the snapshot in ``folder``. ``basis`` is what counts are rounded to; 1 leaves them as they are."""
        super().__init__(folder, f"{_hmac_macro(salt)}; create macro basis() as {int(basis)}::hugeint")
        self._answers: dict[str, dict[Selectie, pl.DataFrame]] = {}

    def of_each(self, question: str) -> dict[Selectie, pl.DataFrame]:
        """The answers for every selection of which something is shown, and for the city: all are asked at once.

        Nearly all that a question costs is its plan, for however many selections it is.
        """
        if question not in self._answers:
            self._answers[question] = self._asked_at_once(question)
        return self._answers[question]

    def _asked_at_once(self, question: str) -> dict[Selectie, pl.DataFrame]:
        rule, text = REGELS[question], sql(question)
        asked = [each for each in selecties(self.plaats) if each == STAD or not rule.shows_nothing(each.soort)]
        if asked == [STAD] and not rule.samengevoegd(STAD):
            return {STAD: self.ask(text, Selection())}
        keuzes = pl.DataFrame([_keuze(rule, each) for each in asked], _KEUZES, orient="row").with_row_index("keuze")
        with contextlib.closing(self._connection.cursor()) as cursor:
            cursor.register("gevraagd", keuzes.to_arrow())
            cursor.execute("create or replace table keuzes as select * from gevraagd")
        of_each = text
        for place, instead in _INSTEAD.items():
            of_each = re.sub(place, instead, of_each)
        # Without the number of its rows DuckDB 2.0 fails on kpi_trend, with an error of its own.
        of_each = f"select row_number() over () as plek, * from ({of_each}\n)"
        rows = self.ask(f"select keuze, antwoord.* from keuzes, lateral ({of_each}) as antwoord", Selection())
        # They come in any order. Those of the rules, and quarters, are put in theirs by `answered`.
        if "dag" in rows.columns:
            rows = rows.sort("dag")
        elif rule.rijen is None and not rule.reeks:
            names = [name for name in rows.columns if name in {*key_of(question), "stand", "doelgroep"} - {"kwartaal"}]
            places = self.ask(text, Selection()).select(names).with_row_index("plaats")
            rows = rows.join(places, on=names, how="left", nulls_equal=True).sort("plaats").drop("plaats")
        return {each: rows.filter(keuze=number).drop("keuze", "plek") for number, each in enumerate(asked)}

    def nothing(self, question: str, selection: Selection) -> pl.DataFrame:
        """An answer without a figure; without a row where the rules say which there are, else with rows of the city."""
        city, rule = self.of_each(question)[STAD], REGELS[question]
        if rule.rijen or rule.reeks:
            return city.clear()
        if "gebied" in city.columns:
            areas = named_areas(*self._chosen_areas(selection))
            city = city.filter(pl.concat_str("niveau", "gebied", separator=" ").is_in(areas))
        return city.with_columns(pl.when(False).then(pl.col(figures(question))))

    @property
    def plaats(self) -> Plaats:
        """The areas and the last quarter of this snapshot."""
        quarter = date(self.peildatum.year, 3 * ((self.peildatum.month - 1) // 3) + 1, 1)
        return Plaats(self.stadsdelen, self.alle_wijkteams, quarter)


def _hmac_macro(salt: str) -> str:
    """HMAC-SHA-256 (RFC 2104) in SQL, because DuckDB has the hash and not the HMAC."""
    key = salt.encode()
    key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner, outer = ("'" + "".join(f"\\x{byte ^ pad:02X}" for byte in key) + "'::blob" for pad in (0x36, 0x5C))
    return f"create macro hmac_zout(tekst) as sha256({outer} || unhex(sha256({inner} || encode(tekst))))"


def answers(engine: Protected, questions: Sequence[str] = tuple(REGELS)) -> Frames:
    """The public questions for every selection, completed and rounded (see ``answered``); with what is behind words."""
    for number, question in enumerate(questions):
        LOG.info(SAYS["protecting"], 100 * number / len(questions))
        if question not in COMPUTED:
            engine.of_each(question)
    found = {}
    for selectie, question in product(selecties(engine.plaats), questions):
        if not apart(question, selectie.soort):
            continue
        found[question, selectie] = answered(question, selectie, engine)
        if question == "kpi":
            found[BEHIND, selectie] = behind(engine, selectie)
    own = {soort: [name for name in queries.INDICATOREN if apart(name, soort)] for _, (soort, _) in found}
    return {
        key: frame.filter(pl.col("indicator").is_in(own[key[1].soort])) if "indicator" in frame.columns else frame
        for key, frame in found.items()
    }


def published(frames: Frames) -> Frames:
    """The same as they are published; what is behind words stays, for the attack and the register."""
    alike: dict[tuple, Frames] = defaultdict(dict)
    for (question, selectie), frame in frames.items():
        if question != BEHIND:
            # Of selections with the same rules at once: a few hundred small tables cost more than what is in them.
            alike[question, *REGELS[question].left_out_of(selectie).items()][question, selectie] = frame
    found: Frames = {}
    for parts in alike.values():
        trim = [trimmed(*key, frame) for key, frame in parts.items()]
        whole, end = protected(*next(iter(parts)), pl.concat(trim, how="vertical_relaxed")), 0
        for key, frame in zip(parts, trim, strict=True):
            found[key], end = whole.slice(end, len(frame)), end + len(frame)
    return {key: found.get(key, frame) for key, frame in frames.items()}


# ------------------------------------------------------------------------------------------- every row, rounded


def answered(question: str, selectie: Selectie, engine: Protected) -> pl.DataFrame:
    """The rounded answer with every row that it must have, before anything is left out."""
    rule = REGELS[question]
    # Of what is never shown of such a selection the rows are those of the rules, or of the city.
    asked = not rule.shows_nothing(selectie.soort)
    frame = _asked(question, selectie, engine) if asked else engine.nothing(question, selectie.filters)
    axes = []
    if rule.rijen:
        schema = frame.select(rule.dimensies).schema
        axes.append(pl.DataFrame(list(rule.rows(selectie, engine.plaats)), schema, orient="row"))
    if rule.reeks:
        first = min([engine.plaats.kwartaal, *frame[rule.reeks]])
        axes.append(pl.date_range(first, engine.plaats.kwartaal, "3mo", eager=True).to_frame(rule.reeks))
    if axes:
        # In the order of the columns.
        rows, *others = sorted(axes, key=lambda axis: frame.columns.index(axis.columns[0]))
        for other in others:
            rows = rows.join(other, how="cross")
        frame = rows.join(frame, on=rows.columns, how="left", maintain_order="left_right").select(frame.columns)
    elif rule.rijen is None:
        return frame
    elif frame.is_empty():
        frame = frame.clear(1)
    # A curve that is not there, because the group is too small, has its first day; the counts behind it are left out.
    whole = ["dag"] if question in CURVES else _counts(frame)
    return frame.with_columns(pl.col(whole).fill_null(0))


def _counts(frame: pl.DataFrame) -> list[str]:
    return [kolom for kolom in frame.columns if kolom in TELLINGEN]


def _asked(question: str, selectie: Selectie, engine: Protected) -> pl.DataFrame:
    """The rounded answer; what a library computes, from rounded counts, and only where these are large enough."""

    def ask(other: str) -> pl.DataFrame:
        return engine.of_each(other)[selectie]

    if question not in COMPUTED:
        return ask(question)
    if question == "melding_diversiteit":
        # The kinds that were rounded to 0 are not seen, so that of these figures there are none.
        none = {kolom: pl.lit(None, kind) for kolom, kind in (("soorten", pl.Int64), ("diversiteit", pl.Float64))}
        return ask("melding_traject").select("kwartaal", meldingen="noemer", **none)
    frame, groups = COMPUTED[question](ask, selectie.filters), ask("evaluatie_meldingen")
    if groups["personen"].min() < GENOEG or groups["meldingen"].min() < WEINIG:
        told = pl.when(pl.col("oordeel") == NOT_COMPARED).then("reden").otherwise(pl.lit(TE_KLEIN))
        none = pl.when(False).then(pl.col(figures(question)))
        frame = frame.with_columns(none, oordeel=pl.lit(NOT_COMPARED), reden=told)
    return frame


def trimmed(question: str, selectie: Selectie, frame: pl.DataFrame) -> pl.DataFrame:
    """A time series from the first quarter with a count of 10 or more (rounded); the last quarter always stays.

    Where counts are left out with their share, that share decides: the first row must not tell of a count. Where none
    are published of a selection, only the last quarter stays.
    """
    rule, reeks = REGELS[question], REGELS[question].reeks
    if not reeks:
        return frame
    counts = [kolom for kolom in _counts(frame) if kolom not in rule.never(selectie.soort)]
    if not counts:
        return frame.filter(pl.col(reeks) == pl.col(reeks).max())
    first = pl.col(reeks).filter(pl.max_horizontal(counts) >= WEINIG).min()
    if question == "kpi_instroom":
        first = pl.col(reeks).filter(pl.col("waarde").is_not_null()).min().over("indicator")
    return frame.filter(pl.col(reeks) >= pl.coalesce(first, pl.col(reeks).max()))


# ------------------------------------------------------------------------------------------- what is not shown

_KINDS = {TELLINGEN: "telling", AANDELEN: "aandeel", DUREN: "duur"}


def protected(question: str, selectie: Selectie, frame: pl.DataFrame) -> pl.DataFrame:
    """The answer as it is published: a rounded 0 is empty, and beside every figure stands how it is shown.

    ``<kolom>_weergave``: afgerond, beschermd (a count under 10 rounded; a share or duration on too few), or weggelaten
    (not published in this selection, or the count of a share that is not shown). A duration that is empty and afgerond
    was not reached. Words come last, see ``words.told``.
    """
    away = REGELS[question].left_out(selectie)
    for kolom, unseen in without_their_share(question, frame.columns).items():
        away[kolom] = away.get(kolom, pl.lit(False)) | unseen
    out: list[pl.Expr] = []
    for kolom in frame.columns:
        left_out = away.get(kolom, pl.lit(False))
        if kolom in figures(question):
            out += _figure(question, kolom, left_out)
        elif kolom in SENTENCES and kolom not in REGELS[question].dimensies:
            out.append(pl.col(kolom).map_elements(_sentence, return_dtype=pl.String))
        else:
            out.append(pl.when(~left_out).then(pl.col(kolom)))
    return frame.select(out)


def _figure(question: str, kolom: str, left_out: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """A column as it is published, and how it is shown."""
    value, beside = pl.col(kolom), weergave_van(kolom)
    if kolom in DAGEN:
        return pl.when(False).then(value), pl.lit(WEGGELATEN).alias(beside)
    kind = _kind(question, kolom)
    is_count, on_few = kind == "telling", pl.lit(False)
    if (question, kolom) == ("evaluatie_meetbaarheid", "waarde"):
        # The counts of the share stand in the sentence beside it.
        on_few = pl.col("toelichting").map_elements(_says_too_few, return_dtype=pl.Boolean)
    weergave = (
        pl.when(left_out | (is_count & value.is_null()))
        .then(pl.lit(WEGGELATEN))
        .when((kind != "geen") & (value.is_null() | (is_count & (value == 0)) | on_few))
        .then(pl.lit(BESCHERMD))
        .otherwise(pl.lit(AFGEROND))
    )
    gone = (weergave != AFGEROND) | ((kind == "duur") & value.is_infinite())
    shown = pl.when(~gone).then(value.round(2) if kolom in AANDELEN else value)
    # Days are whole in both views; only the infinity of "not reached" needed a fraction.
    return shown.cast(pl.Int64) if kolom == "mediaan_dagen" else shown, weergave.alias(beside)


def _kind(question: str, kolom: str) -> pl.Expr:
    """Per row what a column holds: a telling, an aandeel, a duur, or geen (the interval of what is no share)."""
    if kolom in ("waarde", "ci_laag", "ci_hoog") and "indicator" in queries.VRAGEN[question].kolommen:
        kinds = {name: _KINDS[kind_of_waarde(name)] for name in queries.INDICATOREN}
        if kolom != "waarde":
            kinds |= {name: "geen" for name, kind in kinds.items() if kind != "aandeel"}
        return pl.col("indicator").replace_strict(kinds, return_dtype=pl.String)
    if (question, kolom) == ("evaluatie_meetbaarheid", "waarde"):
        is_group = pl.col("voorwaarde").str.starts_with("groep_")
        return pl.when(is_group).then(pl.lit("telling")).otherwise(pl.lit("aandeel"))
    return pl.lit(next(kind for columns, kind in _KINDS.items() if kolom in columns))


def _says_too_few(sentence: str) -> bool:
    told = out_of(sentence)
    return told is not None and too_few(*told)


def _sentence(text: str) -> str:
    """A rounded 0 is not nobody in a sentence either, and counts of a share that is not shown are not told."""
    if _says_too_few(text):
        return WEGGELATEN_ZIN
    return re.sub(r"(?<![\d.,])0(?![\d.,]*\d)", FEW, ZINNEN.get(text, text))
