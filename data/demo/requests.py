"""Requests at the wijkteams: a stream of their own, nothing links one to a person."""

from collections.abc import Iterator
from datetime import date

from data.demo.chance import EPOCH, Chance, Weighted, key_of, months, working_days
from data.demo.life import City
from data.demo.weights import GEGEVEN

EERSTE_MELDING = (2020, 1)
MELDINGEN_PER_PERSOON_PER_MAAND = 26 / 600


def _hulpvragen_in(year: int, month: int) -> Weighted:
    """Return the kinds of request of a month: money weighs more from 2022, family reunion in the autumn."""
    weights = dict(GEGEVEN["hulpvraag"])
    if year >= 2022:
        weights["Geldzaken"] += 0.02 * (month if year == 2022 else 12) / 2
    if month >= 9:
        weights["Verblijf en gezinshereniging"] += 0.03
    return Weighted.of(weights)


def _verwijzers_in(year: int) -> Weighted:
    """Return who referred in a year: zelforganisaties slowly find the way."""
    return Weighted.of(GEGEVEN["verwijzer"] | {"Zelforganisatie": 0.05 + 0.025 * max(0, min(year, 2024) - 2020)})


def _weights(city: City) -> dict[str, float]:
    """Return the weight of each team: by the statushouders in its wijken."""
    weights = dict.fromkeys(city.teams, 0.0)
    for wijkcode, team in city.team_van.items():
        weights[team] += GEGEVEN["wijken"].get(wijkcode, (1,))[0]
    return weights


def draw_meldingen(seed: int, personen: int, peildatum: int, city: City, met_statushouder: bool) -> Iterator[tuple]:
    """Yield the rows of `melding` up to the peildatum, per month and wijkteam.

    With `met_statushouder` the rows carry the two optional columns, and the referrer is registered far more often, as
    where it was agreed to keep record; everything else in the rows is the same as without.
    """
    weights, last = _weights(city), date.fromordinal(peildatum + EPOCH)
    total = sum(weights.values()) or 1.0
    for year, month in months(EERSTE_MELDING, (last.year, last.month)):
        days, moment_in_years = working_days(year, month), year + month / 12
        growth = 1 + 0.12 * min(moment_in_years - 2020, 4)
        hulpvragen, verwijzers = _hulpvragen_in(year, month), _verwijzers_in(year)
        aandeel_12 = min(0.9, max(0.0, (moment_in_years - 2020.1) * 0.3))
        expected = personen * MELDINGEN_PER_PERSOON_PER_MAAND * GEGEVEN["seizoen"]["melding"][month - 1] * growth
        for team, weight in weights.items():
            stream, chance, registration = f"{year}-{month:02}:{team}", Chance(), Chance()
            chance.seed(int.from_bytes(key_of(seed, "melding", stream)))
            registration.seed(int.from_bytes(key_of(seed, "statushouder", stream)))
            for sequence in range(chance.poisson(expected * weight / total)):
                moment = chance.item(days)
                hulpvraag = chance.pick(hulpvragen)
                traject = chance.happens(GEGEVEN["begeleidingstraject"].get(hulpvraag, 0.15))
                verwijzer = chance.pick(verwijzers)
                if not chance.happens(0.90 if met_statushouder else 0.64):
                    verwijzer = None
                extra = _asker(registration, aandeel_12) if met_statushouder else ()
                if moment <= peildatum:
                    melding_id = "melding-" + key_of(seed, "melding-id", f"{stream}:{sequence}")[:8].hex()
                    soort = "Begeleidingstraject" if traject else "Hulpvraag"
                    yield (melding_id, moment, team, hulpvraag, soort, verwijzer, *extra)


def _asker(chance: Chance, aandeel_12: float) -> tuple[bool | None, str | None]:
    """Draw whether a statushouder asked, and under which regime; both are rarely left open."""
    is_statushouder, regime, roll = chance.happens(0.46), chance.happens(aandeel_12), chance.random()
    if roll < 0.02:
        return None, None
    if not is_statushouder:
        return False, None
    return True, None if roll > 0.98 else ("12 maanden" if regime else "24 maanden")
