"""What the municipality does for somebody: begeleiding, uitkering, ontzorging and the handover to a wijkteam."""

from data.demo import weights
from data.demo.chance import NEVER, Chance, six_months_after, working_day
from data.demo.life import LifeCourse, Teams, known, latest
from data.demo.weights import VERDELING

Period = tuple[int, int, str]  # first day, last day, why it ended


def guide(chance: Chance, life: LifeCourse) -> Period | None:
    """Draw the periods of maatschappelijke begeleiding under the regime of who is housed then, and return the last."""
    roll = chance.random()
    if life.special is None and roll < (0.10 if life.arrival == "nareiziger" else 0.03):
        return None
    start = working_day(life.huisvesting + chance.between(*((19, 80) if roll > 0.86 else (0, 18))))
    if start >= life.gone:
        return None
    norm, ends = next(each[1:] for each in weights.REGIMES if life.huisvesting >= each[0])
    course = chance.pick(ends)
    if course == "tijdig" or life.special in ("tweede periode", "ander wijkteam", "vertrokken voor overdracht"):
        course, duration = "tijdig", chance.around(norm - 4, 11)
    elif course == "uitloop":
        duration = norm + 31 + min(chance.wait(70), 420)
    else:
        duration = chance.between(*((norm // 2, norm - 31) if course == "vroeg" else (45, norm - 20)))
    einde = working_day(start + duration)
    reden = {"eigen verzoek": "Op eigen verzoek", "overig": "Overig"}.get(course, "Afgerond")
    # Of one in twelve who left, nobody closed the file.
    if life.gone < einde and (life.special or chance.happens(0.92)):
        einde = life.gone + chance.between(0, 20)
        reden = "Overig" if life.reden_uitstroom == "Overlijden" else "Verhuisd"
    periods = [(start, einde, reden)]
    if life.special == "tweede periode" or (life.special is None and chance.happens(0.025)):
        again = working_day(einde + chance.between(30, 180))
        if again < life.gone:
            einde = working_day(again + chance.between(60, 200))
            periods.append((again, *min((einde, "Afgerond"), (life.gone, "Verhuisd"))))
    for start, einde, reden in periods:
        life.add("begeleiding", start, start, known(einde), known(einde, reden))
    return periods[-1]


def pay_uitkering(chance: Chance, life: LifeCourse) -> tuple[int, int] | None:
    """Draw the periods of bijstand, most statushouders at once, few others; return first and last day of the first."""
    since = life.huisvesting if life.huisvesting is not None else life.brp
    if life.special in ("juist zes maanden", "juist te kort"):
        periods = [(since, NEVER)]
    elif since is None or chance.random() > (0.07 if life.doelgroep == weights.GEZIN else 0.90):
        return None
    else:
        start = since + chance.between(*((0, 12) if chance.happens(0.85) else (13, 75)))
        if start >= life.gone:
            return None
        einde = start + 60 + chance.wait(1500)
        periods = [(start, min(einde, life.gone))]
        if einde < life.gone and chance.happens(0.25):  # work that did not last
            again = einde + chance.between(40, 400)
            if again < life.gone:
                periods.append((again, life.gone))
    for start, einde in periods:
        life.add("uitkering", start, start, known(einde))
    return periods[0]


def relieve(chance: Chance, life: LifeCourse, recht: int, recht_tot: int) -> None:
    """Draw ontzorging: due from the first day of bijstand, for six months. Where it is busy it goes less well."""
    choice = chance.pick(VERDELING["start_ontzorging"], life.pressure)
    course = chance.pick(VERDELING["einde_ontzorging"])
    if life.special in ("juist zes maanden", "juist te kort"):
        choice, course = "meteen", life.special
    if choice == "geen registratie":
        return
    geregistreerd, waarom_niet, start = None, None, NEVER
    if choice == "meteen":
        start = recht + chance.between(0, 24)
    elif choice == "later":
        start = recht + 25 + round(chance.wait(35) * life.pressure)
    else:
        geregistreerd, waarom_niet = recht + chance.between(7, 30), choice
        if choice == "Wachtlijst" and chance.happens(0.8):
            start = geregistreerd + round(chance.between(40, 130) * life.pressure)
    if recht_tot < start < NEVER:
        geregistreerd, waarom_niet = geregistreerd or recht_tot, waarom_niet or "Bijstand beëindigd"
        start = NEVER
    # A row without a start is there until ontzorging starts.
    first = NEVER if geregistreerd is None or geregistreerd >= life.gone else geregistreerd
    if start >= life.gone:
        if first < NEVER:
            life.add("ontzorging", first, None, None, waarom_niet, None, False, False, False, 0)
        return
    einde, reden = _end_of_relief(chance, course, start, recht_tot, life.gone)
    lasten = (chance.happens(0.94), chance.happens(0.70), chance.happens(0.87))
    talks = [(first, 0), (start, 0)]
    if chance.happens(0.84):
        talk = start + chance.between(14, 75)
        while talk <= einde and len(talks) < 8:
            talks.append((talk, len(talks) - 1))
            talk += chance.between(30, 75)
    paid = ([(first, False), (start, huur)] for huur in lasten)
    not_started = [(first, waarom_niet), (start, None)]
    ended = known(einde, reden)
    life.add("ontzorging", min(first, start), known(start), known(einde), not_started, ended, *paid, talks)


def _end_of_relief(chance: Chance, course: str, start: int, recht_tot: int, gone: int) -> tuple[int, str]:
    vol = six_months_after(start) - 1  # the last day of six months
    einde, reden = vol, "Periode voltooid"
    if course in ("zes maanden", "langer"):
        einde += chance.between(*((0, 20) if course == "zes maanden" else (25, 180)))
    elif course == "juist te kort":
        einde -= chance.between(1, 12)
        # A reason that the dates contradict happens as well.
        reden = "Overig" if chance.happens(0.7) else reden
    elif course != "juist zes maanden":
        einde, reden = start + chance.between(30, 160), course
    if gone <= einde:
        return gone, "Verhuisd"
    if recht_tot < einde:
        return recht_tot, "Bijstand beëindigd" if recht_tot < vol else "Periode voltooid"
    return einde, reden


def hand_over(chance: Chance, life: LifeCourse, team_van: Teams, begin: int, einde: int, reden: str) -> None:
    """Draw the warme overdracht, due since 2022 when the last period of begeleiding is completed."""
    if reden != "Afgerond" or einde < weights.OVERDRACHT_VANAF:
        return
    uitkomst = chance.pick(VERDELING["uitkomst_overdracht"], life.pressure)
    if life.special in ("ander wijkteam", "vertrokken voor overdracht"):
        uitkomst = "Afgerond"
    if uitkomst == "geen registratie":
        return
    geregistreerd = working_day(max(begin, weights.OVERDRACHT_VANAF, einde - chance.between(0, 45)))
    if geregistreerd >= life.gone:
        return
    # To the team of the residence, or any where that is not known; at times to another.
    teams, own = list(dict.fromkeys(team_van.values())), team_van.get(latest(life.wijken, geregistreerd))
    wijkteam = own or chance.item(teams)
    if life.special == "ander wijkteam" or chance.happens(0.05):
        wijkteam = chance.item([team for team in teams if team != own] or [wijkteam])
    gepland = working_day(max(geregistreerd, einde + chance.between(-5, 20)))
    # It started slowly, and some teams have a backlog.
    slow_start = chance.between(15, 60) if einde < weights.OVERDRACHT_VANAF + 75 else 0
    if life.special == "ander wijkteam":
        dag = einde + chance.between(3, 25)
    elif life.special == "vertrokken voor overdracht":
        dag = life.gone
    else:
        dag = gepland + slow_start + round(chance.wait(10 * life.pressure * life.pressure))
    dag = working_day(max(dag, geregistreerd))
    if uitkomst in ("Niet bereikt", "Afgezien"):
        dag += chance.between(0, 30)
    elif uitkomst == "blijft liggen":  # planned, and months later still waiting
        uitkomst, dag = "Afgerond", working_day(dag + chance.between(90, 400))
    if life.gone <= dag:
        uitkomst, dag = "Vertrokken", life.gone
    roll = chance.random()
    behoefte = None if roll < 0.18 else roll > 0.62
    behoefte_dag = max(begin, geregistreerd - chance.between(0, 20))
    done = [[], []]
    if uitkomst == "Afgerond":
        vorm = "Driegesprek" if chance.happens(0.83 if behoefte else 0.12) else "Kennismaking"
        done = [known(dag), known(dag, vorm)]
    bezoek = begin + chance.between(30, max(31, einde - begin)) if chance.happens(0.62) else None
    if chance.happens(0.03):
        gepland = None
    status = [(geregistreerd, "Gepland"), (dag, uitkomst)]
    asked = known(behoefte_dag, behoefte)
    life.add("overdracht", geregistreerd, wijkteam, status, gepland, *done, asked, known(bezoek))
