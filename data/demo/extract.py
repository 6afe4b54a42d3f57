"""The cut at the peildatum: what an extract made at the end of that day shows of a life course."""

from data.demo.life import LifeCourse, Ontzorging, Overdracht

Rows = dict[str, list[tuple]]


def add_state_on(life: LifeCourse, peildatum: int, rows: Rows) -> None:
    """Add one person's rows to `rows`, as an extract made at the end of day `peildatum` shows them.

    Columns in the order of the contract. Nothing is added for who is not in beeld yet.
    """

    def known(moment: int | None) -> int | None:
        return moment if moment is not None and moment <= peildatum else None

    if life.in_beeld > peildatum:
        return
    id_ = life.inburgeraar_id
    uitstroom = known(life.uitstroom)
    rows["inburgeraar"].append(
        (
            id_,
            life.wet,
            life.doelgroep,
            life.verblijfsrecht,
            known(life.kennisgeving),
            known(life.brp),
            known(life.huisvesting),
            life.wijkcode_on(peildatum),
            uitstroom,
            life.reden_uitstroom if uitstroom is not None else None,
        )
    )
    if life.intake is not None and life.intake <= peildatum:
        rows["intake"].append((id_, life.intake, life.uitslag if known(life.toets) is not None else None))
    for pip in life.pips:
        if pip[0] <= peildatum:
            rows["pip"].append((id_, *pip))
    for start, einde, reden in life.begeleiding:
        if start <= peildatum:
            rows["begeleiding"].append((id_, start, einde, reden) if einde <= peildatum else (id_, start, None, None))
    for start, einde in life.uitkering:
        if start <= peildatum:
            rows["uitkering"].append((id_, start, known(einde)))
    if life.ontzorging is not None:
        _add_ontzorging(life.ontzorging, id_, peildatum, rows)
    if life.overdracht is not None:
        _add_overdracht(life.overdracht, id_, peildatum, rows)


def _add_ontzorging(ontzorging: Ontzorging, id_: str, peildatum: int, rows: Rows) -> None:
    if ontzorging.start is not None and ontzorging.start <= peildatum:
        ended = ontzorging.einde is not None and ontzorging.einde <= peildatum
        gesprekken = sum(talk <= peildatum for talk in ontzorging.gesprekken)
        einde, reden = (ontzorging.einde, ontzorging.reden_einde) if ended else (None, None)
        rows["ontzorging"].append((id_, ontzorging.start, einde, None, reden, *ontzorging.lasten, gesprekken))
    elif ontzorging.geregistreerd is not None and ontzorging.geregistreerd <= peildatum:
        reden = ontzorging.reden_niet_gestart
        rows["ontzorging"].append((id_, None, None, reden, None, False, False, False, 0))


def _add_overdracht(overdracht: Overdracht, id_: str, peildatum: int, rows: Rows) -> None:
    if overdracht.geregistreerd > peildatum:
        return
    status = overdracht.uitkomst if overdracht.uitkomst_dag <= peildatum else "Gepland"
    completed = status == "Afgerond"
    rows["overdracht"].append(
        (
            id_,
            overdracht.wijkteam,
            status,
            overdracht.gepland,
            overdracht.uitkomst_dag if completed else None,
            overdracht.vorm if completed else None,
            overdracht.behoefte if overdracht.behoefte_dag <= peildatum else None,
            overdracht.bezoek if overdracht.bezoek is not None and overdracht.bezoek <= peildatum else None,
        )
    )
