"""What the page Verantwoording says in sentences: the delivery in short, who is gone, and what the data cannot say."""

from __future__ import annotations

from collections.abc import Mapping

import queries
from pages.shared import formats

DEMO = "Alle cijfers komen uit demogegevens: een verzonnen gemeente. Ze zeggen niets over het echte Haarlem."
NOT_TOLD = "Bij deze gegevens staat niet wat er per tabel is geleverd."
NO_EARLIER = "Er is geen eerdere levering om mee te vergelijken."
FILTERS = (
    "De filters gelden alleen voor de cijfers die hier achter een kengetal staan. Definities, leveringen en "
    "beperkingen staan er altijd helemaal."
)

STEPS = (
    "Zoek het cijfer hieronder bij **Wat elk cijfer betekent**, of de tabel bij **De vragen achter de pagina’s**.",
    "Lees de definitie: wie telt mee in de noemer, wie in de teller, en vanaf wanneer.",
    "Open de SQL. Die wordt letterlijk zo uitgevoerd; er is geen andere plek waar het cijfer wordt gemaakt.",
    "Reken het na met de opdracht die erbij staat: die geeft hetzelfde cijfer voor dezelfde filters.",
    "Kijk bij **Wat er is geleverd** welke rijen niet meetellen, en bij **Breuken en beperkingen** wat u er niet uit "
    "mag afleiden.",
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
MATURING = "Sommige kengetallen rijpen na"


def finding(delivery: queries.Delivery) -> str:
    """The delivery in one or two sentences: how many rows, how many of them rejected, and whether it is the demo."""
    if not delivery.tabellen:
        told = NOT_TOLD
    elif not delivery.gelezen:
        told = "De levering bevat geen enkele rij."
    else:
        told = _rows(delivery)
    return f"{DEMO} {told}" if delivery.demo else told


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


def maturing(indicators: Mapping[str, queries.Indicator]) -> str:
    """Which KPIs still rise after entry, and what that means for the latest quarters."""
    names = [f"“{entry.titel}”" for entry in indicators.values() if entry.rijpt]
    if not names:
        return "Er is geen kengetal waarvan de uitkomst later nog verandert."
    return (
        f"Bij {formats.enumerate_words(names)} kan de uitkomst nog komen nadat iemand is gaan meetellen. Wie later "
        "instroomde, had minder tijd. Een lager laatste kwartaal kan daarvan komen."
    )


def limits(indicators: Mapping[str, queries.Indicator]) -> list[str]:
    """The limits as lines of a list, each with its name in front."""
    every = {MATURING: maturing(indicators), **LIMITS}
    return [f"**{name}.** {words}" for name, words in every.items()]
