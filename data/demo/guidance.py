"""What the municipality does for somebody: begeleiding, uitkering, ontzorging and the handover to a wijkteam."""

from data.demo import weights
from data.demo.chance import NEVER, Chance, six_months_after, working_day
from data.demo.life import City, LifeCourse, Ontzorging, Overdracht


def guide(chance: Chance, life: LifeCourse) -> None:
    """Draw the periods of maatschappelijke begeleiding: 24 months until 2020, then 12, with variation."""
    roll = chance.random()
    if life.special is None and roll < (0.10 if life.arrival == "nareiziger" else 0.03):
        return
    late = roll > 0.86
    start = working_day(life.huisvesting + (chance.between(19, 80) if late else chance.between(0, 18)))
    if start >= life.gone:
        return
    regime, norm = _regime(life.huisvesting)
    course = chance.pick(weights.EINDE_BEGELEIDING[regime])
    if life.special in ("tweede periode", "ander wijkteam", "vertrokken voor overdracht"):
        course = "tijdig"
    einde = working_day(start + _duration(chance, course, norm))
    reden = {"eigen verzoek": "Op eigen verzoek", "overig": "Overig"}.get(course, "Afgerond")
    # Of one in twelve who left, nobody closed the file.
    if life.gone < einde and (life.special or chance.happens(0.92)):
        einde = life.gone + chance.between(0, 20)
        reden = "Overig" if life.reden_uitstroom == "Overlijden" else "Verhuisd"
    life.begeleiding.append((start, einde, reden))
    if life.special == "tweede periode" or (life.special is None and chance.happens(0.025)):
        _guide_again(chance, life, einde)


def _regime(huisvesting: int) -> tuple[str, int]:
    """The regime of who was housed on a day, and its norm in days."""
    if huisvesting < weights.TWAALF_MAANDEN_VANAF:
        return "24 maanden", 730
    return "12 maanden" if huisvesting < weights.CONTRACT_2022_VANAF else "12 maanden (contract 2022)", 365


def _duration(chance: Chance, course: str, norm: int) -> int:
    if course == "tijdig":
        return chance.around(norm - 4, 11)
    if course == "vroeg":
        return chance.between(norm // 2, norm - 31)
    if course == "uitloop":
        return norm + 31 + min(chance.wait(70), 420)
    return chance.between(45, norm - 20)


def _guide_again(chance: Chance, life: LifeCourse, ended: int) -> None:
    again = working_day(ended + chance.between(30, 180))
    if again < life.gone:
        einde = working_day(again + chance.between(60, 200))
        moved = life.gone < einde
        life.begeleiding.append((again, life.gone, "Verhuisd") if moved else (again, einde, "Afgerond"))


def pay_uitkering(chance: Chance, life: LifeCourse) -> None:
    """Draw the periods of bijstand: most statushouders at once, few others."""
    since = life.huisvesting if life.huisvesting is not None else life.brp
    if life.special in ("juist zes maanden", "juist te kort"):
        life.uitkering.append((since, None))
        return
    if since is None or chance.random() > (0.07 if life.doelgroep == weights.GEZIN else 0.90):
        return
    at_once = chance.happens(0.85)
    start = since + (chance.between(0, 12) if at_once else chance.between(13, 75))
    gone = life.gone
    if start >= gone:
        return
    einde = start + 60 + chance.wait(1500)
    if gone <= einde:
        life.uitkering.append((start, gone))
        return
    life.uitkering.append((start, einde))
    if chance.happens(0.25):  # work that did not last
        again = einde + chance.between(40, 400)
        if again < gone:
            life.uitkering.append((again, None if gone == NEVER else gone))


def relieve(chance: Chance, life: LifeCourse) -> None:
    """Draw ontzorging: due from the first day of bijstand, for six months. Where it is busy it goes less well."""
    recht, recht_tot = life.uitkering[0]
    recht_tot = NEVER if recht_tot is None else recht_tot
    choice = chance.pick(weights.START_ONTZORGING, life.pressure)
    course = chance.pick(weights.EINDE_ONTZORGING)
    if life.special in ("juist zes maanden", "juist te kort"):
        choice, course = "meteen", life.special
    if choice == "geen registratie":
        return
    ontzorging = Ontzorging()
    start = NEVER
    if choice == "meteen":
        start = recht + chance.between(0, 24)
    elif choice == "later":
        start = recht + 25 + round(chance.wait(35) * life.pressure)
    else:
        ontzorging.geregistreerd, ontzorging.reden_niet_gestart = recht + chance.between(7, 30), choice
        if choice == "Wachtlijst" and chance.happens(0.8):
            start = ontzorging.geregistreerd + round(chance.between(40, 130) * life.pressure)
    if recht_tot < start < NEVER:
        ontzorging.geregistreerd = ontzorging.geregistreerd or recht_tot
        ontzorging.reden_niet_gestart = ontzorging.reden_niet_gestart or "Bijstand beëindigd"
    elif start < life.gone:
        _relieve_from(chance, ontzorging, course, start, recht_tot, life.gone)
    known = ontzorging.geregistreerd is not None and ontzorging.geregistreerd < life.gone
    if ontzorging.start is not None or known:
        life.ontzorging = ontzorging


def _relieve_from(chance: Chance, ontzorging: Ontzorging, course: str, start: int, recht_tot: int, gone: int) -> None:
    """Draw the period itself: its end, the fixed costs that are paid, and the talks with the budget coach."""
    vol = six_months_after(start) - 1  # the last day of six months
    reden = "Periode voltooid"
    if course == "zes maanden":
        einde = vol + chance.between(0, 20)
    elif course == "juist zes maanden":
        einde = vol
    elif course == "juist te kort":
        einde = vol - chance.between(1, 12)
        # A reason that the dates contradict happens as well.
        reden = "Overig" if chance.happens(0.7) else reden
    elif course == "langer":
        einde = vol + chance.between(25, 180)
    else:
        einde, reden = start + chance.between(30, 160), course
    if gone <= einde:
        einde, reden = gone, "Verhuisd"
    elif recht_tot < einde:
        einde, reden = recht_tot, "Bijstand beëindigd" if recht_tot < vol else "Periode voltooid"
    ontzorging.start, ontzorging.einde, ontzorging.reden_einde = start, einde, reden
    ontzorging.lasten = (chance.happens(0.94), chance.happens(0.70), chance.happens(0.87))
    if chance.happens(0.84):
        talk = start + chance.between(14, 75)
        while talk <= einde and len(ontzorging.gesprekken) < 6:
            ontzorging.gesprekken.append(talk)
            talk += chance.between(30, 75)


def hand_over(chance: Chance, life: LifeCourse, city: City) -> None:
    """Draw the warme overdracht, due since the contract of 2022 when begeleiding is completed."""
    begin, einde, reden = life.begeleiding[-1] if life.begeleiding else (0, 0, "")
    if reden != "Afgerond" or einde < weights.CONTRACT_2022_VANAF:
        return
    uitkomst = chance.pick(weights.UITKOMST_OVERDRACHT, life.pressure)
    if life.special in ("ander wijkteam", "vertrokken voor overdracht"):
        uitkomst = "Afgerond"
    if uitkomst == "geen registratie":
        return
    geregistreerd = working_day(max(begin, weights.CONTRACT_2022_VANAF, einde - chance.between(0, 45)))
    if geregistreerd >= life.gone:
        return
    wijkteam = _receiving_team(chance, life, city, geregistreerd)
    gepland = working_day(max(geregistreerd, einde + chance.between(-5, 20)))
    uitkomst, uitkomst_dag = _outcome(chance, life, uitkomst, geregistreerd, gepland)
    asked = chance.random()
    behoefte = None if asked < 0.18 else asked > 0.62
    behoefte_dag = max(begin, geregistreerd - chance.between(0, 20))
    vorm = None
    if uitkomst == "Afgerond":
        vorm = "Driegesprek" if chance.happens(0.83 if behoefte else 0.12) else "Kennismaking"
    visited = chance.happens(0.62)
    bezoek = begin + chance.between(30, max(31, einde - begin)) if visited else None
    date_lost = chance.happens(0.03)
    life.overdracht = Overdracht(
        geregistreerd=geregistreerd,
        wijkteam=wijkteam,
        gepland=None if date_lost else gepland,
        uitkomst=uitkomst,
        uitkomst_dag=uitkomst_dag,
        vorm=vorm,
        behoefte=behoefte,
        behoefte_dag=behoefte_dag,
        bezoek=bezoek,
    )


def _receiving_team(chance: Chance, life: LifeCourse, city: City, moment: int) -> str:
    """Draw the team: that of the residence, or any where that is not known; at times another."""
    own = city.team_van.get(life.wijkcode_on(moment))
    wijkteam = own or chance.item(city.teams)
    if life.special == "ander wijkteam" or chance.happens(0.05):
        return chance.item([team for team in city.teams if team != own] or [wijkteam])
    return wijkteam


def _outcome(chance: Chance, life: LifeCourse, uitkomst: str, geregistreerd: int, gepland: int) -> tuple[str, int]:
    """Draw the day of the outcome; who left by then has another outcome."""
    einde = life.begeleiding[-1][1]
    # The new contract started slowly, and some teams have a backlog.
    slow_start = chance.between(15, 60) if einde < weights.CONTRACT_2022_VANAF + 75 else 0
    if life.special == "ander wijkteam":
        moment = einde + chance.between(3, 25)
    elif life.special == "vertrokken voor overdracht":
        moment = life.gone
    else:
        moment = gepland + slow_start + round(chance.wait(10 * life.pressure * life.pressure))
    moment = working_day(max(moment, geregistreerd))
    if uitkomst in ("Niet bereikt", "Afgezien"):
        moment += chance.between(0, 30)
    elif uitkomst == "blijft liggen":  # planned, and months later still waiting
        uitkomst, moment = "Afgerond", working_day(moment + chance.between(90, 400))
    return ("Vertrokken", life.gone) if life.gone <= moment else (uitkomst, moment)
