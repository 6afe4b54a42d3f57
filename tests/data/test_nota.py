"""What the municipality fills in above a briefing: read as it stands, and a slip told by the name of its field."""

from datetime import date

import pytest

from data import contract
from data.reference.nota import BESTAND, Nota, nota


@pytest.fixture
def filled_in(tmp_path, monkeypatch):
    """Writes the file; None takes it away."""

    def write(text):
        monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
        if text is not None:
            (tmp_path / BESTAND).write_text(text, encoding="utf-8")

    return write


def test_the_file_that_comes_with_the_monitor_is_empty():
    assert nota() == Nota()
    assert not any(value for name, value in nota() if name != "gevraagd")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, Nota()),
        ('datum = 2023-03-14\nafdeling = " Samenleving "', Nota(datum=date(2023, 3, 14), afdeling="Samenleving")),
        ('datum = "2023-03-14"\neerdere_besluiten = ["A"]', Nota(datum=date(2023, 3, 14), eerdere_besluiten=("A",))),
    ],
)
def test_what_is_filled_in_is_read(filled_in, text, expected):
    filled_in(text)
    assert nota() == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('datum = "14 maart"', "nota.toml, regel 1: ‘datum’ is geen datum zoals 2023-03-14."),
        ('zaaknumer = "1"', "nota.toml, regel 1: ‘zaaknumer’ is geen veld (bedoelt u ‘zaaknummer’?)."),
        (
            "afdeling = 3\ncontact = true",
            "nota.toml, regel 1: ‘afdeling’ is geen tekst; regel 2: ‘contact’ is geen tekst.",
        ),
        ('eerdere_besluiten = "A"', "nota.toml, regel 1: ‘eerdere_besluiten’ is geen lijst."),
        ("\nafdeling = Samenleving", "nota.toml, regel 2: dit is niet te lezen als TOML, in UTF-8."),
    ],
)
def test_a_slip_is_told_by_name(filled_in, text, message):
    filled_in(text)
    with pytest.raises(contract.ReferentieError) as slip:
        nota()
    assert str(slip.value) == message
