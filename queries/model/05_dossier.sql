-- The dossier: what is known of every selected person at the end of each stand. Each macro takes the standen (dates)
-- and the selection (keuze) and repeats its rows per stand. Dates after the stand are empty, and so is what hangs on
-- them; wet, verblijfsrecht and wijkcode have no history.

-- grain: stand x selected person, also persons who are not in beeld yet
create macro personen(standen, selectie) as table (
    with
    gekozen_standen as (
        select unnest(standen::date[]) as stand
    ),
    gekozen_keuze as (
        select selectie::keuze as keuze
    ),
    geplaatst as (
        select
            stand,
            inburgeraar.*,
            coalesce(wijk.stadsdeel, 'Onbekend') as stadsdeel,
            coalesce(wijkteam.wijkteam, 'Onbekend') as wijkteam
        from inburgeraar
        cross join gekozen_standen
        left join wijk on wijk.wijkcode = inburgeraar.wijkcode
        left join wijkteam
            on wijkteam.wijkcode = inburgeraar.wijkcode
            and coalesce(datum_huisvesting, datum_inschrijving_brp, stand) >= coalesce(geldig_van, date '0001-01-01')
            and coalesce(datum_huisvesting, datum_inschrijving_brp, stand) < coalesce(geldig_tot, date '9999-12-31')
    ),
    geselecteerd as (
        select geplaatst.*
        from geplaatst
        cross join gekozen_keuze
        where gekozen(stadsdeel, keuze.stadsdelen)
            and gekozen(wijkteam, keuze.wijkteams)
            and gekozen(doelgroep, keuze.doelgroepen)
            and gekozen(wet, keuze.wetten)
            and (len(keuze.cohorten) = 0
                or coalesce(list_contains(keuze.cohorten, year(datum_kennisgeving)::integer), false))
            and binnen(datum_huisvesting, keuze.huisvesting_van, keuze.huisvesting_tot)
            and binnen_grens(wijkteam, keuze.grens)
    )
    select
        stand,
        inburgeraar_id,
        celsleutel_van('persoon', inburgeraar_id) as celsleutel,
        wet,
        doelgroep,
        verblijfsrecht,
        stadsdeel,
        wijkteam,
        datum_huisvesting as huisvesting_geregistreerd,
        tot(datum_kennisgeving, stand) as datum_kennisgeving,
        tot(datum_inschrijving_brp, stand) as datum_inschrijving_brp,
        tot(datum_huisvesting, stand) as datum_huisvesting,
        tot(datum_uitstroom, stand) as datum_uitstroom,
        case
            when reden_uitstroom in ('Vertrek uit Nederland', 'Overlijden', 'Verhuizing')
            then tot(datum_uitstroom, stand)
        end as vertrokken_op,
        coalesce(least(datum_kennisgeving, datum_inschrijving_brp, datum_huisvesting) <= stand, false) as in_beeld,
        in_beeld and tot(datum_uitstroom, stand) is null as actief
    from geselecteerd
);

-- grain: stand x period of begeleiding that has started
-- duur_dagen: to its end or to the stand; tijd and gebeurtenis: the observation for Kaplan-Meier
create macro begeleidingen(standen, selectie) as table (
    with
    perioden as (
        select
            persoon.stand,
            persoon.inburgeraar_id,
            persoon.celsleutel as celsleutel_persoon,
            celsleutel_van('periode', begeleiding.inburgeraar_id || '|' || begeleiding.datum_start) as celsleutel,
            persoon.wet,
            persoon.stadsdeel,
            persoon.wijkteam,
            persoon.datum_huisvesting,
            persoon.vertrokken_op,
            coalesce(persoon.huisvesting_geregistreerd, begeleiding.datum_start) as bepaalt_regime,
            begeleiding.datum_start,
            tot(begeleiding.datum_einde, persoon.stand) as datum_einde,
            case when begeleiding.datum_einde <= persoon.stand then begeleiding.reden_einde end as reden_einde
        from personen(standen, selectie) as persoon
        join begeleiding
            on begeleiding.inburgeraar_id = persoon.inburgeraar_id
            and begeleiding.datum_start <= persoon.stand
    )
    select
        stand,
        inburgeraar_id,
        celsleutel_persoon,
        celsleutel,
        wet,
        stadsdeel,
        wijkteam,
        datum_huisvesting,
        vertrokken_op,
        case
            when bepaalt_regime < date '2020-01-01' then '24 maanden'
            when bepaalt_regime < date '2022-01-01' then '12 maanden'
            else '12 maanden (contract 2022)'
        end as regime,
        case when regime = '24 maanden' then 730 else 365 end as norm_dagen,
        datum_start,
        datum_einde,
        reden_einde,
        datum_einde is not null as beeindigd,
        greatest(0, coalesce(datum_einde, stand) - datum_start) as duur_dagen,
        greatest(0, coalesce(datum_einde, least(stand, vertrokken_op)) - datum_start) as tijd,
        beeindigd and reden_einde <> 'Verhuisd' as gebeurtenis,
        -- Judged against the norm from 31 days after it; who left before that day and has no end is not judged.
        datum_start + norm_dagen + 31 <= stand
            and (beeindigd or coalesce(vertrokken_op > datum_start + norm_dagen + 30, true)) as norm_te_beoordelen,
        norm_te_beoordelen and duur_dagen > norm_dagen + 30 as over_norm
    from perioden
);

-- grain: stand x person under WI2021 who is in beeld
-- The ten weeks: Wet inburgering 2021 art. 15, Besluit inburgering 2021 art. 5.3.
-- tijd (days from start_termijn) and gebeurtenis (a PIP): the observation for Kaplan-Meier
create macro pips(standen, selectie) as table (
    with
    gemaakt as (
        select
            persoon.stand,
            persoon.inburgeraar_id,
            min_by(pip, pip.dagtekening_pip) as eerste,
            max_by(pip, pip.dagtekening_pip) as laatste
        from personen(standen, selectie) as persoon
        join pip
            on pip.inburgeraar_id = persoon.inburgeraar_id
            and pip.dagtekening_pip <= persoon.stand
        group by persoon.stand, persoon.inburgeraar_id
    ),
    termijnen as (
        select
            persoon.stand,
            persoon.inburgeraar_id,
            persoon.celsleutel,
            persoon.doelgroep,
            persoon.stadsdeel,
            persoon.wijkteam,
            persoon.actief,
            persoon.datum_kennisgeving,
            persoon.datum_uitstroom,
            case
                when persoon.datum_kennisgeving is not null and persoon.datum_inschrijving_brp is not null
                then greatest(persoon.datum_kennisgeving, persoon.datum_inschrijving_brp)
            end as start_termijn,
            start_termijn + 70 as uiterste_datum,
            gemaakt.eerste.dagtekening_pip as eerste_pip,
            coalesce(gemaakt.eerste.gemeentecode <> '0392', false) as vorige_gemeente,
            coalesce(gemaakt.eerste.uitstel_derden, false) as uitstel_derden,
            gemaakt.eerste.leerroute as eerste_leerroute,
            gemaakt.laatste.leerroute as leerroute,
            coalesce(
                gemaakt.laatste.niveau,
                case when gemaakt.laatste.leerroute in ('B', 'O') then 'B1'
                     when gemaakt.laatste.leerroute = 'Z' then 'A2' end
            ) as niveau
        from personen(standen, selectie) as persoon
        left join gemaakt
            on gemaakt.inburgeraar_id = persoon.inburgeraar_id
            and gemaakt.stand = persoon.stand
        where persoon.wet = 'WI2021' and persoon.in_beeld
    )
    select
        stand,
        inburgeraar_id,
        celsleutel,
        doelgroep,
        stadsdeel,
        wijkteam,
        actief,
        datum_kennisgeving,
        datum_uitstroom,
        start_termijn,
        uiterste_datum,
        eerste_pip,
        vorige_gemeente,
        coalesce(eerste_leerroute, 'Nog geen PIP') as eerste_leerroute,
        coalesce(leerroute, 'Nog geen PIP') as leerroute,
        niveau,
        eerste_pip is not null as gebeurtenis,
        greatest(0, coalesce(eerste_pip, least(stand, datum_uitstroom)) - start_termijn) as tijd,
        case
            when vorige_gemeente then 'Vorige gemeente'
            when eerste_pip is not null and start_termijn is null then 'Termijn onbekend'
            when eerste_pip <= uiterste_datum then 'Op tijd'
            when eerste_pip > uiterste_datum and uitstel_derden then 'Met uitstel'
            when eerste_pip > uiterste_datum then 'PIP te laat'
            when datum_uitstroom is not null and (start_termijn is null or datum_uitstroom <= uiterste_datum)
            then 'Uitgestroomd zonder PIP'
            when start_termijn is null then 'Termijn niet gestart'
            when stand > uiterste_datum then 'Termijn verstreken zonder PIP'
            else 'Binnen termijn'
        end as pip_status
    from termijnen
);

-- grain: stand x person of the target group of financieel ontzorgen
create macro ontzorgingen(standen, selectie) as table (
    with
    rechten as (
        select
            persoon.stand,
            persoon.inburgeraar_id,
            min(uitkering.datum_start) as recht_vanaf,
            -- The whole row, because min_by passes over rows whose first argument is null.
            tot(min_by(uitkering, uitkering.datum_start).datum_einde, persoon.stand) as recht_tot
        from personen(standen, selectie) as persoon
        join uitkering
            on uitkering.inburgeraar_id = persoon.inburgeraar_id
            and uitkering.datum_start <= persoon.stand
        where persoon.wet = 'WI2021' and persoon.in_beeld and persoon.verblijfsrecht = 'asiel'
        group by persoon.stand, persoon.inburgeraar_id
    ),
    doelgroep as (
        select
            persoon.stand,
            persoon.inburgeraar_id,
            persoon.celsleutel,
            persoon.stadsdeel,
            persoon.wijkteam,
            persoon.actief,
            persoon.vertrokken_op,
            rechten.recht_vanaf,
            rechten.recht_tot,
            ontzorging.inburgeraar_id is not null as geregistreerd,
            tot(ontzorging.datum_start, persoon.stand) as datum_start,
            tot(ontzorging.datum_einde, persoon.stand) as datum_einde,
            ontzorging.reden_niet_gestart,
            case when ontzorging.datum_einde <= persoon.stand then ontzorging.reden_einde end as reden_einde,
            ontzorging.huur,
            ontzorging.energie,
            ontzorging.zorgpremie,
            ontzorging.gesprekken_budgetcoach
        from rechten
        join personen(standen, selectie) as persoon
            on persoon.inburgeraar_id = rechten.inburgeraar_id
            and persoon.stand = rechten.stand
        left join ontzorging on ontzorging.inburgeraar_id = persoon.inburgeraar_id
    )
    select
        stand,
        inburgeraar_id,
        celsleutel,
        stadsdeel,
        wijkteam,
        actief,
        vertrokken_op,
        recht_vanaf,
        recht_tot,
        datum_start,
        datum_einde,
        reden_niet_gestart,
        reden_einde,
        huur,
        energie,
        zorgpremie,
        gesprekken_budgetcoach,
        datum_start is not null as gestart,
        -- The last day of the six months that the right must have run, and of those that are judged.
        plus_maanden(recht_vanaf, 6) - 1 as recht_zes_maanden,
        plus_maanden(greatest(recht_vanaf, datum_start), 6) - 1 as beoordeeld_op,
        case
            when not geregistreerd then 'Geen registratie'
            when datum_start is null then 'Niet gestart'
            when datum_einde is null then 'Lopend'
            when datum_einde >= plus_maanden(datum_start, 6) - 1 then 'Voltooid'
            else 'Voortijdig beëindigd'
        end as ontzorging_status
    from doelgroep
);

-- grain: stand x person whose begeleiding ended as Afgerond under the contract of 2022
create macro overdrachten(standen, selectie) as table (
    with
    afgerond as (
        select stand, inburgeraar_id, max(datum_einde) as datum_einde
        from begeleidingen(standen, selectie)
        where reden_einde = 'Afgerond' and datum_einde >= date '2022-01-01'
        group by stand, inburgeraar_id
    ),
    populatie as (
        select
            persoon.stand,
            persoon.inburgeraar_id,
            persoon.celsleutel,
            persoon.stadsdeel,
            coalesce(overdracht.wijkteam, persoon.wijkteam) as overdracht_wijkteam,
            persoon.vertrokken_op,
            afgerond.datum_einde,
            overdracht.inburgeraar_id is not null as geregistreerd,
            -- Afgerond only after the stand: planned when a planned date is known, else not registered.
            case
                when overdracht.status = 'Afgerond' and overdracht.datum_overdracht > persoon.stand
                then case when overdracht.datum_gepland is not null then 'Gepland' end
                else overdracht.status
            end as status,
            tot(overdracht.datum_overdracht, persoon.stand) as datum_overdracht,
            case when overdracht.datum_overdracht <= persoon.stand then overdracht.vorm end as vorm,
            overdracht.begeleidingsbehoefte,
            tot(overdracht.datum_wijkteambezoek, persoon.stand) as datum_wijkteambezoek
        from afgerond
        join personen(standen, selectie) as persoon
            on persoon.inburgeraar_id = afgerond.inburgeraar_id
            and persoon.stand = afgerond.stand
        left join overdracht on overdracht.inburgeraar_id = persoon.inburgeraar_id
    )
    select
        stand,
        inburgeraar_id,
        celsleutel,
        stadsdeel,
        overdracht_wijkteam,
        datum_einde,
        geregistreerd,
        datum_overdracht,
        vorm,
        begeleidingsbehoefte,
        datum_wijkteambezoek,
        case
            when status = 'Afgerond' then 'Overgedragen'
            when status = 'Vertrokken' or vertrokken_op is not null then 'Vertrokken'
            when status in ('Gepland', 'Niet bereikt', 'Afgezien') then status
            else 'Geen overdracht geregistreerd'
        end as overdracht_status,
        overdracht_status in ('Gepland', 'Niet bereikt', 'Geen overdracht geregistreerd') as open,
        stand - datum_einde as dagen_sinds_einde,
        overdracht_status = 'Overgedragen' as gebeurtenis,
        greatest(0, case when gebeurtenis then datum_overdracht else stand end - datum_einde) as tijd
    from populatie
);

-- grain: request of a wijkteam up to the stand; it follows the wijkteams, and the stadsdelen through the reference table
create macro meldingen(stand, selectie) as table (
    with
    gekozen_keuze as (
        select selectie::keuze as keuze
    )
    select
        melding.melding_id,
        celsleutel_van('melding', melding.melding_id) as celsleutel,
        melding.datum_melding,
        melding.wijkteam,
        melding.hulpvraag,
        melding.soort,
        melding.verwijzer,
        melding.statushouder,
        melding.begeleidingsregime
    from melding
    cross join gekozen_keuze
    left join wijkteam_gebied on wijkteam_gebied.wijkteam = melding.wijkteam
    where melding.datum_melding <= stand
        and gekozen(melding.wijkteam, keuze.wijkteams)
        and gekozen(coalesce(wijkteam_gebied.stadsdeel, 'Onbekend'), keuze.stadsdelen)
        and binnen_grens(melding.wijkteam, keuze.grens)
);
