"""What the page Verantwoording says in sentences: the delivery or the publication in short, and the limits of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

import queries
from pages.words import formats

DEMO = "Alle cijfers komen uit demogegevens: een verzonnen gemeente. Ze zeggen niets over het echte Haarlem."
NOT_TOLD = "Bij deze gegevens staat niet wat er per tabel is geleverd."
REJECTED = "Elke rij telt één keer, bij de eerste regel die zij breekt. Regelnummers zijn die van het bestand."
NO_EARLIER = "Er is geen eerdere levering om mee te vergelijken."
HISTORY = "Eerdere leveringen"
KEPT = "Elke levering waarvan de gegevens zijn bewaard, de nieuwste eerst."
KEPT_DRAWN = "Rijen per levering waarvan de gegevens zijn bewaard. De afgekeurde rijen hebben een eigen schaal."
PUBLISHED = (
    "Dit zijn de openbare cijfers: vooraf afgeschermd en daarom afgerond. Hier staat hoe dat is gedaan, wat elk cijfer "
    "betekent, en wat u er niet uit mag afleiden."
)
NOT_PUBLIC = "Het antwoord op deze vraag is niet openbaar: bijna alle aantallen daarin zijn kleiner dan 10."
FILTERS = (
    "De filters gelden alleen voor de cijfers die hier achter een kengetal staan. Definities, leveringen en "
    "beperkingen staan er altijd helemaal."
)
FILTERS_PUBLISHED = FILTERS.replace("Definities, leveringen en beperkingen", "Definities en beperkingen")
QUESTIONS = "Elke tabel en grafiek is een antwoord op een van deze vragen. Per vraag de kolommen en de SQL."
QUESTIONS_PUBLISHED = (
    f"{QUESTIONS} In de openbare cijfers gaat een reeks per kwartaal, ook waar bij een kolom ‘maand’ staat, en blijft "
    "leeg wat niet openbaar of te klein om te tonen is."
)
MODEL = "De begrippen waar alle vragen op staan: wie meetelt op een peildatum, termijnen, intervallen en medianen."
MODEL_PUBLISHED = (
    f"{MODEL} Voor een publicatie komt wat onder openbaar/ staat in de plaats van het tellen, de percentages, de "
    "intervallen en de duren van het model: daar staan de afronding en de drempels. Alleen de geheime sleutel niet."
)

STEPS = (
    "Zoek het cijfer hieronder bij **Wat elk cijfer betekent**, of de tabel bij **De vragen achter de pagina’s**.",
    "Lees de definitie: wie telt mee in de noemer, wie in de teller, en vanaf wanneer.",
    "Open de SQL. Die wordt letterlijk zo uitgevoerd; er is geen andere plek waar het cijfer wordt gemaakt.",
    "Reken het na met de opdracht die erbij staat: die geeft hetzelfde cijfer voor dezelfde filters.",
    "Kijk bij **Wat er is geleverd** welke rijen niet meetellen, en bij **Breuken en beperkingen** wat u er niet uit "
    "mag afleiden.",
)

STEPS_PUBLISHED = (
    *STEPS[:2],
    "Open de SQL. Die is letterlijk zo uitgevoerd; waar “getoond” staat, is een aantal bij het publiceren afgerond.",
    "Narekenen met de exacte aantallen kan alleen bij de gemeente: die zijn niet openbaar.",
    "Kijk bij **Hoe deze cijfers zijn afgeschermd** hoeveel de afronding scheelt, en bij **Breuken en beperkingen** "
    "wat u er niet uit mag afleiden.",
)

# Per limit a short name and what it means for the reader of a figure.
LIMITS: Mapping[str, str] = {
    "Een eerdere peildatum is bij benadering": (
        "Van wet, verblijfsrecht en wijk is alleen de laatste stand bekend. Bij een eerdere peildatum telt iemand mee "
        "met de wet en de wijk van nu. Ook de status van een overdracht die niet is afgerond en de reden waarom "
        "ontzorgen niet begon, hebben geen eigen datum en tellen zoals ze nu geregistreerd staan."
    ),
    "De lijst van wijkteams is een aanname": (
        "De officiële lijst van 2022 (welke wijk bij welk Sociaal Wijkteam hoort) is niet openbaar. De lijst in deze "
        "monitor is een aanname, tot de gemeente haar vervangt. Bekend is dat er in Schalkwijk drie teams werken, en "
        "dat de teams op 1 januari 2023 naar de organisatie Buurts gingen."
    ),
    "Twee stadsdelen zijn niet bevestigd": (
        "Duinwijk telt hier bij Zuid-West en Spaarndam (westelijk deel) bij Noord. Dat is niet bevestigd."
    ),
    "De 30 dagen speling zijn een eigen keuze": (
        "Begeleiding, ontzorgen en overdracht hoeven niet op de dag zelf te beginnen, en begeleiding mag iets langer "
        "duren: pas na 30 dagen telt iemand als gemist. De wet en het contract noemen dat getal niet."
    ),
    "Kleine aantallen": (
        "Onder de 10 personen of perioden geeft de monitor geen oordeel. Bij kleine groepen kan een verschil toeval "
        "zijn; daarom staat er een 95%-interval bij (99% als gebieden met de rest van de stad worden vergeleken, omdat "
        "het er veel zijn)."
    ),
    "Een mediaan is geen norm": (
        "Een mediaan zegt na hoeveel tijd de helft zover is. Wie nog wacht, telt mee zo lang als het wachten duurt "
        "(Kaplan-Meier). Dat de helft binnen een termijn is, zegt niet dat de termijn is gehaald."
    ),
    "Het eerste jaar is kort": (
        "De begeleiding van wie in 2022 kwam, eindigt meestal pas in 2023. Over de duur en de overdracht van die groep "
        "is eind 2022 nog weinig te zeggen."
    ),
    "Meldingen zijn niet aan personen te koppelen": (
        "De wijkteams leggen de hulpvraag vast, niet wie hem stelt. Een melding is geen persoon: iemand kan vaker "
        "komen. De filters op doelgroep, wet, cohort en huisvesting gelden niet voor meldingen."
    ),
    "Woonwijk en ontvangend wijkteam": (
        "Het filter “Woont in het gebied van” gaat over het woonadres. De overdracht telt bij het wijkteam dat iemand "
        "ontvangt, en dat kan een ander team zijn."
    ),
    "Landelijke cijfers": (
        "Er is alleen een landelijk cijfer over de brede intake (CBS). Dat telt ook mensen mee die in een azc wonen. "
        "Voor leerroutes, het PIP en ontzorgen is geen landelijk cijfer gevonden; er is er ook geen geschat."
    ),
    "Wat er niet in zit": (
        "De monitor krijgt geen naam, geboortedatum, geslacht, nationaliteit, adres, BSN of V-nummer. Over verschillen "
        "daartussen is dus niets te zeggen. Wie nooit is geregistreerd, telt nergens mee."
    ),
    "Geen oorzaken": (
        "De cijfers laten zien wat er is gebeurd, niet waardoor. Een verandering na een maatregel bewijst niet dat de "
        "maatregel werkte."
    ),
}
# What a limit says to the public reader, where that is something else.
LIMITS_PUBLISHED: Mapping[str, str] = {
    "Een eerdere peildatum is bij benadering": (
        "Van wet, verblijfsrecht en wijk is alleen de laatste stand bekend. In een reeks telt iemand bij een eerder "
        "kwartaal mee met de wet en de wijk van nu. Ook de status van een overdracht die niet is afgerond en de reden "
        "waarom ontzorgen niet begon, hebben geen eigen datum en tellen zoals ze nu geregistreerd staan."
    ),
    "Kleine aantallen": (
        "Over kleine groepen staan er geen percentages en geen oordelen. Ook bij grotere groepen kan een verschil "
        "toeval zijn of van de afronding komen; daarom staat er een 95%-interval bij (99% als gebieden met de rest van "
        "de stad worden vergeleken, omdat het er veel zijn)."
    ),
    "Meldingen zijn niet aan personen te koppelen": (
        "De wijkteams leggen de hulpvraag vast, niet wie hem stelt. Een melding is geen persoon: iemand kan vaker "
        "komen. Het filter op doelgroep geldt niet voor meldingen."
    ),
    "Woonwijk en ontvangend wijkteam": (
        "Een stadsdeel gaat over het woonadres. De overdracht telt bij het wijkteam dat iemand ontvangt, en dat kan "
        "een team in een ander stadsdeel zijn."
    ),
}


def finding(delivery: queries.Delivery) -> str:
    """The delivery in one or two sentences: how many rows, how many of them rejected, and whether it is the demo."""
    if not delivery.tabellen:
        told = NOT_TOLD
    elif not delivery.gelezen:
        told = "De levering bevat geen enkele rij."
    else:
        told = _rows(delivery)
    return f"{DEMO} {told}" if delivery.demo else told


def published(demo: bool) -> str:
    """What the public reader finds on the page, and whether it is the demo."""
    return f"{DEMO} {PUBLISHED}" if demo else PUBLISHED


@dataclass(frozen=True)
class Words:
    """What is said above the parts of the page: how to check a figure, what the filters change, and so on."""

    steps: tuple[str, ...]
    filters: str
    questions: str
    model: str


def words(is_published: bool) -> Words:
    """The words for the intern or the public reader; the public one cannot repeat an exact figure."""
    if is_published:
        return Words(STEPS_PUBLISHED, FILTERS_PUBLISHED, QUESTIONS_PUBLISHED, MODEL_PUBLISHED)
    return Words(STEPS, FILTERS, QUESTIONS, MODEL)


def _rows(delivery: queries.Delivery) -> str:
    delivered = formats.count(delivery.gelezen)
    if not delivery.afgekeurd:
        rows = "De ene geleverde rij telt" if delivery.gelezen == 1 else f"Alle {delivered} geleverde rijen tellen"
        return f"{rows} mee; er is niets afgekeurd."
    share = formats.percent(delivery.aandeel_afgekeurd, decimals=1)
    number = formats.count(delivery.afgekeurd)
    rejected = "is er 1 afgekeurd" if delivery.afgekeurd == 1 else f"zijn er {number} afgekeurd"
    rows = "de ene geleverde rij" if delivery.gelezen == 1 else f"de {delivered} geleverde rijen"
    who = "die telt" if delivery.afgekeurd == 1 else "die tellen"
    return f"Van {rows} {rejected} ({share}); {who} in geen enkel cijfer mee."


def gone(delivery: queries.Delivery) -> str:
    """How many persons of the previous delivery are not in this one."""
    if delivery.verdwenen is None or delivery.vorige_peildatum is None:
        return NO_EARLIER
    since = formats.long_date(delivery.vorige_peildatum)
    if delivery.verdwenen == 0:
        return f"Iedereen uit de levering van {since} staat ook in deze levering."
    number = formats.persons(delivery.verdwenen)
    verb = "staat" if delivery.verdwenen == 1 else "staan"
    return (
        f"{number} uit de levering van {since} {verb} niet meer in deze levering. Ook wie vertrokken is, hoort erin: "
        "zonder hen lijken de cijfers anders dan ze zijn."
    )


def developed(deliveries: pl.DataFrame) -> str:
    """How the last delivery compares with the one before it: rows, and the share rejected.

    deliveries: see charts.comparable(); the title of the history when there are fewer than two.
    """
    if deliveries.height < 2:
        return HISTORY
    before, last = deliveries.tail(2).iter_rows(named=True)
    difference = last["gelezen"] - before["gelezen"]
    if difference:
        rows = f"{_rows_words(abs(difference))} {'meer' if difference > 0 else 'minder'}"
    else:
        rows = "evenveel rijen"
    since = formats.long_date(before["peildatum"])
    rejected = [formats.percent(row["aandeel"], decimals=1) for row in (before, last)]
    than = "dan" if difference else "als"
    if None in (before["aandeel"], last["aandeel"]):
        return f"De laatste levering heeft {rows} {than} die van {since}"
    if rejected[0] == rejected[1]:
        share = f"beide keren is {rejected[1]} afgekeurd"
    else:
        share = f"{rejected[1]} is afgekeurd, toen {rejected[0]}"
    return f"De laatste levering heeft {rows} {than} die van {since}; {share}"


def _rows_words(number: int) -> str:
    return f"{formats.count(number)} {'rij' if number == 1 else 'rijen'}"


def limits(is_published: bool = False) -> list[str]:
    """The limits as lines of a list, each with its name in front; to the public reader some say something else."""
    every = LIMITS | (LIMITS_PUBLISHED if is_published else {})
    return [f"**{name}.** {words}" for name, words in every.items()]
