"""The inburgering under the new law: brede intake, leerbaarheidstoets and PIPs. Nothing happens after uitstroom."""

from data.demo import weights
from data.demo.chance import Chance, day, working_day
from data.demo.life import LifeCourse, known
from data.demo.weights import VERDELING

_VOORJAAR_2022 = (day(2022, 2, 15), day(2022, 6, 15))
# Somebody whose PIP is scaled down from B1 to A2.
LOWERED = "van B1 naar A2"


# A first PIP as it is planned: the day, the gemeentecode where it is made, and whether a third party asks for delay.
FirstPip = tuple[int, str, bool]


def follow(chance: Chance, life: LifeCourse) -> None:
    """Draw the intake and the PIPs of one person."""
    pip = _plan(chance, life)
    taken_over = pip is not None and pip[1] != weights.HERE
    uitslag = _hold_intake(chance, life, pip and pip[0], pip is None or taken_over)
    if pip is not None and working_day(pip[0]) < life.until:
        _sign(chance, life, pip, uitslag, taken_over)


def _plan(chance: Chance, life: LifeCourse) -> FirstPip | None:
    """Draw the first PIP: in the azc, by the municipality there or by this one, else around the ten weeks.

    The catch-up in the spring of 2022 made many late.
    """
    registered = life.brp if life.brp is not None else life.uitstroom
    lead = registered - life.kennisgeving if life.kennisgeving is not None and registered is not None else 0
    early = chance.random()
    waits = life.special is None and lead > 60
    if life.special == "PIP vorige gemeente" or (waits and early < 0.06):
        gemeentecode = chance.item(weights.ANDERE_GEMEENTEN)
        return life.kennisgeving + chance.between(35, min(lead - 5, 100)), gemeentecode, False
    if life.special == "PIP voor inschrijving" or (waits and early < 0.16):
        return life.kennisgeving + chance.between(40, min(lead - 5, 120)), weights.HERE, False
    start = life.start_termijn
    if start is None:
        return None
    late_share, deadline = 0.26 if _VOORJAAR_2022[0] <= start < _VOORJAAR_2022[1] else 0.12, start + weights.TERMIJN_PIP
    roll = chance.random()
    uitstel = False
    if roll < late_share * life.pressure:
        lost_sight_of = chance.happens(0.22)
        moment = deadline + (chance.between(90, 260) if lost_sight_of else 1 + min(chance.wait(24), 120))
    elif roll > 0.96:  # a third party's information was missing
        moment, uitstel = deadline + chance.between(-6, 40), True
    else:
        moment = start + min(chance.around(50, 12), weights.TERMIJN_PIP - 2)
    if life.special == LOWERED:
        moment, uitstel = start + chance.between(40, 68), False
    return moment, weights.HERE, uitstel


def _hold_intake(chance: Chance, life: LifeCourse, pip: int | None, may_lack: bool) -> str | None:
    """Draw the brede intake: partly while the person still lives in an azc, else once the term has started.

    pip: day of the first PIP. may_lack: somebody without an intake is possible. Returns the outcome of the
    leerbaarheidstoets.
    """
    in_azc = life.start_termijn is None or chance.happens(0.25)
    moment = life.in_beeld + chance.between(21, 120) if in_azc else life.start_termijn + chance.between(10, 60)
    if pip is not None:
        moment = min(moment, pip - chance.between(7, 28))
    moment = working_day(max(moment, life.in_beeld))
    if (chance.happens(0.04) and may_lack) or moment >= life.until:
        return None
    toets, uitslag = None, None
    if chance.happens(0.88):
        toets = moment + chance.between(3, 35)
        toets = working_day(toets if pip is None else min(toets, pip))
        uitslag = chance.pick(VERDELING["toets"])
        if toets >= life.until:
            toets, uitslag = None, None
    life.add("intake", moment, moment, known(toets, uitslag))
    return uitslag


def _sign(chance: Chance, life: LifeCourse, pip: FirstPip, uitslag: str | None, taken_over: bool) -> None:
    """Draw what the first PIP says, and whether it is revised; one that is taken over mostly is."""
    moment, gemeentecode, uitstel = pip
    first, lowered = working_day(moment), life.special == LOWERED
    leerroute = "B" if lowered else chance.pick(VERDELING["leerroute"][uitslag])
    # What follows from the leerroute is left out at times; A2 under route B must be said.
    niveau = None if chance.happens(0.08) else weights.NIVEAU[leerroute]
    life.add("pip", first, first, gemeentecode, leerroute, niveau, uitstel)
    if not (lowered or chance.happens(0.6 if taken_over else 0.22)):
        return
    soon = taken_over or life.special
    moment = working_day(first + (chance.between(60, 110) if soon else chance.between(45, 420)))
    if moment >= life.until:
        return
    leerroute, niveau = chance.pick(VERDELING["herzien"][leerroute]).split()
    if lowered:
        leerroute, niveau = "B", "A2"
    if niveau == weights.NIVEAU[leerroute] and chance.happens(0.08):
        niveau = None
    life.add("pip", moment, moment, weights.HERE, leerroute, niveau, False)
