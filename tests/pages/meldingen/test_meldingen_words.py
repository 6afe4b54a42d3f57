"""What the page Meldingen says of the requests, in either view."""

from datetime import date
from functools import partial

import polars as pl
import pytest

from pages.meldingen import charts
from pages.meldingen import words as says
from tests.pages.show import answers
from tests.pages.show.published import exact, published

Q3, Q4 = date(2022, 7, 1), date(2022, 10, 1)


shares = partial(answers.rows, "kwartaal teller noemer waarde")
Q3_SHARE = (Q3, 40, 100, 0.4)
ROUNDED = shares(Q3_SHARE, (Q4, 20, 110, 0.18))
LATEST = {
    "exact": (exact(shares(Q3_SHARE, (Q4, 19, 107, 0.178))), "107, waarvan 19", "18% (19 van 107)"),
    "few": (exact(shares((Q4, 2, 7, 0.29))), "7, waarvan 2", "te weinig waarnemingen (2 van 7)"),
    "rounded": (published(ROUNDED), "ongeveer 110, waarvan ongeveer 20", "ongeveer 18% (20 van 110)"),
    # The latest that may be told, with its own quarter.
    "too small": (published(shares(Q3_SHARE, (Q4, 10, 10, None))), "ongeveer 10", "ongeveer 40% (40 van 100)"),
}


@pytest.mark.parametrize(("frame", "counted", "share"), LATEST.values(), ids=LATEST)
def test_the_latest_quarter_is_told_as_it_may_be_shown(frame, counted, share):
    found = f"Meldingen in het 4e kwartaal 2022: {counted}{' begeleidingstrajecten' if 'waarvan' in counted else ''}."
    assert says.finding(frame, {"waarde": 0.0}) == f"{found} {says.TEXTS['asker_unknown']}"
    assert says.finding(frame, {"waarde": 0.98}) == f"{found} {says.TEXTS['asker_known']}"
    assert says.latest_share(frame, "Deel") == f"Deel: {share} in het {3 if '40%' in share else 4}e kwartaal 2022"


def over_time(period, *numbers):
    starts = pl.date_range(date(2022, 1, 1), date(2022, 12, 1), {"maand": "1mo", "kwartaal": "1q"}[period], eager=True)
    return pl.DataFrame({period: starts[: len(numbers)], "noemer": pl.Series(numbers, dtype=pl.Int64)})


LEFT_OUT = published(over_time("kwartaal", 70, 110), left_out=("noemer",))
TITLES = {
    "exact": (
        *(exact(over_time("maand", 7, 3, 12)), date(2022, 3, 10)),
        "van 1 maart tot en met 10 maart 2022: 12; eerder hoogstens 7 per maand",
    ),
    "published": (
        *(published(over_time("kwartaal", None, 110, None)), date(2022, 9, 30)),
        "van 1 juli tot en met 30 september 2022: minder dan 10; eerder hoogstens ongeveer 110 per kwartaal",
    ),
    "the most is not known of what is left out": (
        pl.concat([LEFT_OUT, published(over_time("kwartaal", None, None, 20, 30).tail(2))]),
        *(date(2022, 12, 31), "van 1 oktober tot en met 31 december 2022: ongeveer 30"),
    ),
}


@pytest.mark.parametrize(("frame", "peildatum", "title"), TITLES.values(), ids=TITLES)
def test_the_latest_month_or_quarter_is_told_beside_the_most_before(frame, peildatum, title):
    assert says.over_time_title(frame, peildatum) == f"Meldingen {title}"


REFERRED = {"VluchtelingenWerk": 12, "School": 6, "Huisarts": 1, "Gemeente": 1, charts.UNKNOWN: 40}


@pytest.mark.parametrize(
    ("shown", "counts", "title"),
    [
        (exact, REFERRED, ": het vaakst VluchtelingenWerk (12), School (6) en Huisarts (1)"),
        (exact, {"School": 4, charts.UNKNOWN: 5}, ""),
        (exact, {charts.UNKNOWN: 40}, ""),
        (exact, {}, ""),
        (published, {"School": 20, "Huisarts": 10}, ""),
    ],
    ids=["who is not registered is nobody's", "fewer than 10", "nobody known", "none", "rounded: none is picked"],
)
def test_what_was_counted_most_is_told_of_exact_counts(shown, counts, title):
    frame = pl.DataFrame(
        {"verwijzer": list(counts), "aantal": list(counts.values())}, schema_overrides={"aantal": pl.Int64}
    )
    assert says.most(shown(frame), "verwijzer") == f"Meldingen naar verwijzer{title}"


def test_diversity_is_told_of_the_latest_quarter_with_enough_requests():
    frame = exact(pl.DataFrame({"kwartaal": [Q3, Q4], "diversiteit": [5.52, None]}))
    assert says.diversity_title(frame) == "Zo gevarieerd als 5,5 onderwerpen die even vaak voorkomen (3e kwartaal 2022)"
    assert says.diversity_title(frame.tail(1)) == says.SUBJECTS["diversity"]
