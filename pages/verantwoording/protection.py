"""How the published figures were protected, for their reader: the rules, what the attack found, what is not public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import queries
from pages.words import formats

TITLE = "Hoe deze cijfers zijn afgeschermd"
WHY = (
    "In een stadsdeel of een kwartaal gaat het vaak om maar een paar mensen. Wie iemand kent, zou aan zulke aantallen "
    "iets over die persoon kunnen zien. Daarom gelden deze regels, voor elk cijfer en elk bestand."
)
OPEN_DATA_TITLE = "Alle openbare cijfers als open data"
OPEN_DATA = (
    "Alle cijfers achter deze pagina’s, op dezelfde manier afgerond, in één ZIP-bestand: een CSV per vraag, een "
    "codeboek dat elke kolom uitlegt (codeboek.csv) en een beschrijving voor een datacatalogus (dcat.json)."
)
# The threshold of queries/model/openbaar/telling.sql, for the reader.
ENOUGH = 50

COUNTS = (
    "Willekeurig naar boven of naar beneden afgerond op een tiental. Hoe dichter het echte aantal bij een tiental "
    "ligt, hoe groter de kans op dat tiental. Dezelfde groep krijgt altijd hetzelfde getal, op elke pagina en in elke "
    "publicatie."
)
SECRET = "Welke kant het op gaat, hangt af van een geheime sleutel van de gemeente."
NO_SECRET = "Welke kant het op gaat, hangt af van een sleutel; bij demogegevens is die niet geheim."
RULES: tuple[tuple[str, str], ...] = (
    (
        "Kleine aantallen",
        "<10 betekent: minder dan 10. Dat kan ook niemand zijn.",
    ),
    (
        "Totalen",
        "Apart afgerond. Delen tellen daardoor niet altijd op tot het geheel: tel afgeronde aantallen niet zelf op.",
    ),
    (
        "Percentages",
        f"Hele procenten, berekend uit de afgeronde aantallen. Ze staan er alleen als het geheel {ENOUGH} of meer is, "
        "en als zowel het deel als de rest 10 of meer is.",
    ),
    (
        "Hoeveel dat scheelt",
        "Een afgerond aantal ligt hoogstens 9 van het echte aantal. Een percentage over 180 personen kan er zo’n "
        "3 procentpunt naast zitten. Een klein verschil tussen twee openbare cijfers kan dus alleen van de afronding "
        "komen.",
    ),
    (
        "Duur",
        f"Hele maanden of hele weken, als het om {ENOUGH} of meer gaat, en zonder de aantallen erachter. Een lijn die "
        "laat zien hoe lang iets duurt, heeft één punt per maand.",
    ),
    (
        "Reeksen",
        "Per kwartaal. Een reeks van aantallen begint met het eerste kwartaal waarin een aantal 10 of meer is. De "
        "aantallen achter een percentage per kwartaal staan er alleen als het percentage er ook staat.",
    ),
    (
        "Wat u kunt kiezen",
        "Heel Haarlem, één stadsdeel of één doelgroep, op de dag van de publicatie. Niet twee tegelijk: dan worden de "
        "groepen te klein.",
    ),
    (
        "Wijkteams",
        "Alleen om hoeveel personen het bij de overdracht gaat en hoeveel er zijn overgedragen, voor zover die "
        "aantallen groot genoeg zijn. Wie er nog wacht en hoe lang, staat er niet per wijkteam.",
    ),
)
NEVER_PUBLIC = "Gegevens van personen, exacte aantallen, datums van huisvesting, en wat er is geleverd en afgekeurd."


def facts(manifest: queries.PublicationManifest, questions: Sequence[str]) -> list[tuple[str, str]]:
    """How the figures of a publication were protected, as label and text.

    manifest: of the publication. questions: the names of those that were published.
    """
    secret = NO_SECRET if manifest.demo else SECRET
    return [("Aantallen", f"{COUNTS} {secret}"), *RULES, *_attacked(manifest.aanval), _not_public(questions)]


def open_data_name(peildatum: date, *, demo: bool) -> str:
    """The name of the file with the open data."""
    return f"open-data_{peildatum.isoformat()}_openbaar{'_demo' if demo else ''}.zip"


def _attacked(attack: queries.Aanval | None) -> list[tuple[str, str]]:
    """What the attack on the publication found; nothing when the manifest does not tell."""
    if attack is None:
        return []
    earlier = ", ook die van eerdere publicaties" if attack.publicaties > 1 else ""
    words = (
        "Voordat dit openbaar werd, is met een rekenprogramma geprobeerd de echte aantallen terug te vinden uit alle "
        f"openbare cijfers samen{earlier}. "
    )
    if attack.smalste is None:
        words += "Er was geen aantal bij dat onder 10 kan liggen."
    else:
        words += f"Bij elk aantal dat onder 10 kan liggen, bleven minstens {attack.smalste} uitkomsten mogelijk."
    if left_out := attack.weggelaten:
        words += (
            f" Daarvoor {'is 1 cijfer' if left_out == 1 else f'zijn {formats.count(left_out)} cijfers'} niet getoond."
        )
    return [("Nagerekend", words)]


def _not_public(questions: Sequence[str]) -> tuple[str, str]:
    names = [f"“{question.titel}”" for name, question in queries.VRAGEN.items() if name not in questions]
    if not names:
        return "Niet openbaar", NEVER_PUBLIC
    verb = "is" if len(names) == 1 else "zijn"
    return "Niet openbaar", (
        f"{NEVER_PUBLIC} Ook niet openbaar {verb} {formats.enumerate_words(names)}: bijna alle aantallen daarin zijn "
        "kleiner dan 10."
    )
