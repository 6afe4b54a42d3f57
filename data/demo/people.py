"""A life course as a whole, and its beginning and end: how somebody comes in beeld, where he lives, when he leaves."""

import math
from functools import cache

from data.demo import guidance, inburgering, weights
from data.demo.chance import NEVER, Chance, day, key_of, working_day, working_days
from data.demo.life import LifeCourse, Teams, known
from data.demo.weights import VERDELING

SPECIAL_EVERY, SPECIAL_OFFSET = 20, 7
GOLDEN_RATIO = (math.sqrt(5) - 1) / 2


def life_course(chance: Chance, seed: int, number: int, team_van: Teams, year: int | None = None) -> LifeCourse:
    """Return the whole life course of one person.

    year None: one of those in beeld on 2022-12-31; a later year: one of those who came in beeld in it.
    chance is seeded anew here: one object for all persons costs less than one each, but is for one thread.
    """
    key = key_of(seed, "persoon" if year is None else f"persoon-{year}", number)
    chance.seed(int.from_bytes(key[8:]))
    special = None
    if year is None and number % SPECIAL_EVERY == SPECIAL_OFFSET:
        special = tuple(weights.BIJZONDER)[number // SPECIAL_EVERY % len(weights.BIJZONDER)]
    # The golden ratio spreads the kinds evenly over the numbers: a small municipality has the shares as well.
    arrival = weights.BIJZONDER[special][0] if special else VERDELING["komst"].at(number * GOLDEN_RATIO % 1)
    if year is not None and arrival == "WI2013":
        arrival = "azc"
    life = LifeCourse("demo-" + key[:8].hex(), arrival, special)
    _arrive(chance, life, year)
    # The wijk is known from the first of housing and BRP on. Some have none, some move.
    wijkcode, roll = chance.pick(weights.WIJK[life.doelgroep]), chance.random()
    if life.special != "geen wijkcode" and (life.special or roll >= 0.012):
        since = life.brp if life.huisvesting is None else min(life.huisvesting, life.brp)
        life.wijken.append((since, wijkcode))
        if life.special is None and roll > 0.96:
            moved = since + chance.between(90, 1200)
            life.wijken.append((moved, chance.pick(weights.WIJK[life.doelgroep])))
    _leave(chance, life)
    if life.wet == "WI2021":
        inburgering.follow(chance, life)
    period = None
    if life.doelgroep == weights.ASIEL and life.huisvesting is not None:
        period = guidance.guide(chance, life)
    right = guidance.pay_uitkering(chance, life)
    if right and life.wet == "WI2021" and life.verblijfsrecht == "asiel":
        guidance.relieve(chance, life, *right)
    if period:
        guidance.hand_over(chance, life, team_van, *period)
    return life


def _arrive(chance: Chance, life: LifeCourse, year: int | None) -> None:
    """Draw how and when somebody comes in beeld; the first of the three dates is always a day of arrival."""
    if life.special:
        days = weights.BIJZONDER[life.special][1]
    else:
        days = chance.pick(weights.AANKOMST[life.arrival]) if year is None else _working_days_of(year)
    first = chance.item(days)
    if life.arrival == "WI2013":
        life.wet, life.huisvesting = "WI2013", first
        life.brp = max(weights.HUISVESTING_VANAF, working_day(first + chance.between(-14, 10)))
        life.verblijfsrecht = "regulier" if chance.happens(0.02) else "asiel"
    elif life.arrival == "azc":
        life.kennisgeving = _after_pause(chance, first, weights.ASIEL)
        # Each of the special ones needs some weeks between kennisgeving and BRP.
        wait = chance.between(75, 150) if life.special else 10 + min(chance.wait(150), 500)
        life.huisvesting = working_day(life.kennisgeving + wait)
        life.brp = working_day(life.huisvesting + chance.between(-5, 12))
        if life.special == "nog geen BRP":  # in the queue at the town hall until after New Year
            life.brp = day(2023, 1, 9) + chance.between(0, 4)
    elif life.arrival == "eerst gehuisvest":
        life.huisvesting = first
        life.brp = working_day(first + chance.between(0, 12))
        life.kennisgeving = _after_pause(chance, life.brp + chance.between(10, 90), weights.ASIEL)
    elif life.arrival == "nareiziger":
        life.huisvesting = life.brp = first
        life.kennisgeving = _after_pause(chance, first + chance.between(14, 80), weights.ASIEL)
        if life.special == "nareiziger regulier" or chance.happens(0.12):
            life.verblijfsrecht = "regulier"
    else:
        life.doelgroep, life.verblijfsrecht, life.brp = weights.GEZIN, "regulier", first
        notice_first = not life.special and chance.happens(0.06)
        delay = -chance.between(5, 40) if notice_first else chance.between(14, 70)
        life.kennisgeving = _after_pause(chance, first + delay, weights.GEZIN)
        if chance.happens(0.10):
            life.huisvesting = first


@cache
def _working_days_of(year: int) -> list[int]:
    return working_days((year, 1), (year, 12))


def _after_pause(chance: Chance, intended: int, doelgroep: str) -> int:
    """Return the day of DUO's kennisgeving: not before the law, and not in the pause of early 2022."""
    intended = max(intended, weights.WI2021_VANAF)
    if weights.PAUZE_VANAF <= intended < weights.HERVAT[doelgroep]:
        intended = weights.HERVAT[doelgroep] + min(chance.wait(14), 45)  # the catch-up took some weeks
    return working_day(intended)


def _leave(chance: Chance, life: LifeCourse) -> None:
    """Draw the end of the inburgeringsplicht, and departure from the municipality: whichever comes first counts.

    Who leaves before being housed or registered never is.
    """
    if life.special in weights.GEGEVEN["bijzonder_uitstroom"]:
        since, first, last, life.reden_uitstroom = weights.GEGEVEN["bijzonder_uitstroom"][life.special]
        life.uitstroom = getattr(life, since) + chance.between(first, last)
    elif life.special is None:
        reden = chance.pick(VERDELING["uitstroom"]["gezin" if life.doelgroep == weights.GEZIN else life.wet])
        moment = NEVER
        if reden == "Inburgeringsplicht voldaan":
            moment = life.in_beeld + (chance.around(1250, 200) if life.wet == "WI2013" else chance.around(850, 150))
        elif reden is not None:
            moment = life.in_beeld + chance.between(*weights.GEGEVEN["uitstroom_na"][reden])
        departure = life.in_beeld + 20 + chance.wait(4700 if life.doelgroep == weights.GEZIN else 6200)
        if departure < moment:
            moment, reden = departure, chance.pick(VERDELING["reden_vertrek"])
        life.uitstroom, life.reden_uitstroom = working_day(moment), reden
    for date in ("huisvesting", "brp", "kennisgeving"):
        if (getattr(life, date) or 0) > life.gone:
            setattr(life, date, None)
    life.wijken = [(since, wijkcode) for since, wijkcode in life.wijken if since <= life.gone]
    dates = map(known, (life.kennisgeving, life.brp, life.huisvesting))
    left = (known(life.until), known(life.until, life.reden_uitstroom))
    group = (life.wet, life.doelgroep, life.verblijfsrecht)
    life.add("inburgeraar", life.in_beeld, *group, *dates, life.wijken, *left)
