"""Tables: Dutch headings and notation, numbers to the right, totals last, nothing unescaped."""

from datetime import date

import polars as pl

from pages.show import table
from tests.pages.show import answers
from tests.pages.show.published import exact, published


def test_a_part_of_a_text_is_a_link_when_its_address_is_known():
    told = ["Bron: ", ("<CBS>", 'https://cbs.nl/?a="b"'), ", ", ("Schulinck", ""), "."]
    assert table.inline(told) == ('Bron: <a href="https://cbs.nl/?a=&quot;b&quot;">&lt;CBS&gt;</a>, Schulinck.')
    assert table.inline("<b>") == "&lt;b&gt;"


def test_numbers_stand_right_in_dutch_notation_and_text_left():
    html = table.html(pl.DataFrame({"wijkteam": ["Oost"], "open_90_plus": [1234]}), "x", totals=("open_90_plus",))
    assert '<td>Oost</td><td class="getal">1.234</td>' in html
    assert '<th scope="col">Wijkteam</th><th class="getal" scope="col">Open, meer dan 90 dagen</th>' in html
    # One row has no total of itself.
    assert "Totaal" not in html


def test_totals_are_the_last_row_and_only_of_the_columns_that_add_up():
    frame = pl.DataFrame({"wijkteam": ["Oost", "Onbekend"], "aantal": [2, None], "mediaan_dagen": [31.0, None]})
    html = table.html(frame, "Overdracht", totals=("aantal",))
    assert html.index("Onbekend") < html.index("Totaal")
    assert '<tr class="totaal"><td>Totaal</td><td class="getal">2</td><td class="getal"></td></tr>' in html


def test_values_are_written_by_what_they_are():
    frame = answers.rows("maand overleving mediaan_maanden reden", (date(2022, 3, 1), 0.5, None, None), voldaan=False)
    html = table.html(frame, "x")
    for written in ("maart 2022", "50,0%", "nog niet bereikt", "nee", "—"):
        assert f">{written}<" in html


def test_a_value_cannot_bring_html_along():
    html = table.html(pl.DataFrame({"reden": ["<script>alert(1)</script>"]}), '"><b>')
    html += table.facts([("<b>naam</b>", "<script>")])
    assert "<script>" not in html and "<b>" not in html


def test_what_a_row_is_about_leads_to_where_there_is_a_way():
    frame = pl.DataFrame({"wijkteam": ["Oost", "Onbekend"], "aantal": [2, 3]})
    html = table.html(frame, "x", totals=("aantal",), to={"Oost": "/p?a=1&b=2", "Onbekend": ""})
    assert '<td><a href="/p?a=1&amp;b=2">Oost</a></td><td class="getal">2</td>' in html
    assert "<td>Onbekend</td>" in html and "<td>Totaal</td>" in html


def test_a_table_that_is_too_long_says_what_is_left_out():
    html = table.html(pl.DataFrame({"dag": range(table.MAX_ROWS + 2)}), "Overleving")
    assert html.count("<tr>") == table.MAX_ROWS + 1
    assert "De laatste 2 rijen staan hier niet." in html


STATUS = pl.DataFrame({"stadsdeel": ["Oost", "Oost", "Noord"], "status": ["niet", "wel", "half"], "aantal": [1, 8, 20]})
NAMES = {"wel": "Wel", "half": "Half", "niet": "Niet", "nooit": "Nooit"}


def test_a_crosstab_has_a_column_per_part_that_occurs_and_adds_up():
    crossed = table.crosstab(exact(STATUS), "stadsdeel", "status", NAMES)
    assert crossed.columns == ["stadsdeel", "Wel", "Half", "Niet", "totaal"]
    assert crossed.rows() == [("Oost", 8, 0, 1, 9), ("Noord", 0, 20, 0, 20)]
    assert table.crosstab(exact(STATUS).clear(), "stadsdeel", "status", NAMES).is_empty()


def test_a_crosstab_of_rounded_counts_has_no_total_and_says_how_each_is_shown():
    small = published(STATUS.with_columns(aantal=pl.Series([None, 10, 20])))
    crossed = table.crosstab(small, "stadsdeel", "status", NAMES)
    assert "totaal" not in crossed.columns
    assert crossed.select("Niet", "Niet_weergave").rows() == [(None, "beschermd"), (0, "exact")]
