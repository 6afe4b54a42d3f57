"""Requests at the wijkteams: a stream of their own, nothing links one to a person."""

from collections.abc import Iterator
from datetime import date

from data import contract
from data.demo.chance import EPOCH, Chance, Weighted, key_of, working_days
from data.demo.life import Teams
from data.demo.weights import GEGEVEN, GEZIEN_VANAF, WIJKEN

EERSTE_JAAR = 2020
GROEPEN = tuple(contract.GEMEENTE.groepen)
MELDINGEN_PER_PERSOON_PER_MAAND = 26 / 600


def draw_meldingen(
    seed: int, personen: int, peildatum: int, team_van: Teams, met_statushouder: bool
) -> Iterator[tuple]:
    """Yield the rows of `melding` up to the peildatum, per month and wijkteam.

    With `met_statushouder` the rows carry the two optional columns, and the referrer is registered far more often, as
    where it was agreed to keep record; everything else in the rows is the same as without.
    """
    # Of each team by the statushouders in its wijken.
    weights, last = dict.fromkeys(team_van.values(), 0.0), date.fromordinal(peildatum + EPOCH)
    for wijkcode, team in team_van.items():
        weights[team] += WIJKEN.get(wijkcode, (1,))[0]
    total = sum(weights.values()) or 1.0
    for number in range(EERSTE_JAAR * 12, last.year * 12 + last.month):
        year, month = number // 12, number % 12 + 1
        days, moment_in_years = working_days((year, month), (year, month)), year + month / 12
        growth = 1 + 0.12 * min(moment_in_years - 2020, 4)
        # Money weighs more from 2022, family reunion in the autumn; zelforganisaties slowly find the way.
        about = dict(GEGEVEN["hulpvraag"])
        if year >= 2022:
            about["Geldzaken"] += 0.02 * (month if year == 2022 else 12) / 2
        if month >= 9:
            about["Verblijf en gezinshereniging"] += 0.03
        hulpvragen = Weighted.of(about)
        known_to = {"Zelforganisatie": 0.05 + 0.025 * max(0, min(year, 2024) - 2020)}
        verwijzers = Weighted.of(GEGEVEN["verwijzer"] | known_to)
        aandeel_nu = min(0.9, max(0.0, (moment_in_years - GEZIEN_VANAF) * 0.3))
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
                extra = _asker(registration, aandeel_nu) if met_statushouder else ()
                if moment <= peildatum:
                    melding_id = "melding-" + key_of(seed, "melding-id", f"{stream}:{sequence}")[:8].hex()
                    soort = "Begeleidingstraject" if traject else "Hulpvraag"
                    yield (melding_id, moment, team, hulpvraag, soort, verwijzer, *extra)


def _asker(chance: Chance, aandeel_nu: float) -> tuple[bool | None, str | None]:
    """Draw whether a statushouder asked, and under which regime; both are rarely left open."""
    is_statushouder, is_nu, roll = chance.happens(0.46), chance.happens(aandeel_nu), chance.random()
    if roll < 0.02 or not is_statushouder:
        return (None if roll < 0.02 else False), None
    return True, None if roll > 0.98 else GROEPEN[-1 if is_nu else 0]
