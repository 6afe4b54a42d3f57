"""The cut at the peildatum: what an extract made at the end of that day shows of a life course."""

from data.demo.life import LifeCourse, Ontzorging, Overdracht

Rows = dict[str, list[tuple]]


def _known(moment: int | None, peildatum: int) -> int | None:
    return moment if moment is not None and moment <= peildatum else None


def add_state_on(life: LifeCourse, peildatum: int, rows: Rows) -> None:
    """Add one person's rows to `rows`, as an extract made at the end of day `peildatum` shows them.

    Columns in the order of the contract. Nothing is added for who is not in beeld yet.
    """
    if life.in_beeld > peildatum:
        return
    id_ = life.inburgeraar_id
    group = (life.wet, life.doelgroep, life.verblijfsrecht)
    dates = [_known(moment, peildatum) for moment in (life.kennisgeving, life.brp, life.huisvesting)]
    left = (None, None) if life.until > peildatum else (life.uitstroom, life.reden_uitstroom)
    rows["inburgeraar"].append((id_, *group, *dates, life.wijkcode_on(peildatum), *left))
    if _known(life.intake, peildatum) is not None:
        uitslag = None if _known(life.toets, peildatum) is None else life.uitslag
        rows["intake"].append((id_, life.intake, uitslag))
    for pip in life.pips:
        if pip[0] <= peildatum:
            rows["pip"].append((id_, *pip))
    for start, einde, reden in life.begeleiding:
        if start <= peildatum:
            rows["begeleiding"].append((id_, start, *((einde, reden) if einde <= peildatum else (None, None))))
    for start, einde in life.uitkering:
        if start <= peildatum:
            rows["uitkering"].append((id_, start, _known(einde, peildatum)))
    if life.ontzorging is not None:
        rows["ontzorging"] += [(id_, *row) for row in _ontzorging(life.ontzorging, peildatum)]
    if life.overdracht is not None and life.overdracht.geregistreerd <= peildatum:
        rows["overdracht"].append((id_, *_overdracht(life.overdracht, peildatum)))


def _ontzorging(ontzorging: Ontzorging, peildatum: int) -> list[tuple]:
    """The row that is there by then, if any."""
    if _known(ontzorging.start, peildatum) is not None:
        ended = ontzorging.einde <= peildatum
        einde, reden = (ontzorging.einde, ontzorging.reden_einde) if ended else (None, None)
        gesprekken = sum(talk <= peildatum for talk in ontzorging.gesprekken)
        return [(ontzorging.start, einde, None, reden, *ontzorging.lasten, gesprekken)]
    if _known(ontzorging.geregistreerd, peildatum) is not None:
        return [(None, None, ontzorging.reden_niet_gestart, None, False, False, False, 0)]
    return []


def _overdracht(overdracht: Overdracht, peildatum: int) -> tuple:
    status = overdracht.uitkomst if overdracht.uitkomst_dag <= peildatum else "Gepland"
    done = (overdracht.uitkomst_dag, overdracht.vorm) if status == "Afgerond" else (None, None)
    behoefte = overdracht.behoefte if overdracht.behoefte_dag <= peildatum else None
    return overdracht.wijkteam, status, overdracht.gepland, *done, behoefte, _known(overdracht.bezoek, peildatum)
