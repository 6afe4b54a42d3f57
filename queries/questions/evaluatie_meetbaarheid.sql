-- Whether the regimes can be compared on the requests of the wijkteams, condition by condition, as of $peildatum.
-- grain: condition, in a fixed order; the comparison is possible when all are met
-- waarde and drempel: fraction (first three), persons (groups), difference of two shares (last; met when at most drempel)
-- waarde is null when there is nothing to measure on, and then the condition is not met; toelichting: a Dutch sentence
with
gemeld as (
    select
        getoond(aantal(celsleutel)) as alle,
        getoond(aantal_als(celsleutel, statushouder is not null)) as met_statushouder,
        getoond(aantal_als(celsleutel, statushouder)) as van_statushouders,
        getoond(aantal_als(celsleutel, statushouder and begeleidingsregime is not null)) as met_regime,
        getoond(aantal_als(celsleutel, verwijzer is not null)) as met_verwijzer
    from meldingen
    where datum_melding <= $peildatum::date and $gebied
),
per_persoon as (
    select distinct regime = '24 maanden' as is_24, inburgeraar_id, celsleutel_persoon
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
),
groepen as (
    select
        getoond(aantal_als(celsleutel_persoon, is_24)) as n24,
        getoond(aantal_als(celsleutel_persoon, not is_24)) as n12
    from per_persoon
),
gemeten as (
    select
        1 as volgorde,
        'statushouder_geregistreerd' as voorwaarde,
        case
            when not (select statushouder from melding_kolommen) then 0.0
            when alle > 0 then met_statushouder::double / alle
        end as waarde,
        0.95 as drempel,
        case
            when not (select statushouder from melding_kolommen)
            then 'De wijkteams registreren de hulpvraag en niet wie die stelt: of de vrager statushouder is, staat '
                || 'niet in de levering.'
            when alle = 0 then 'Er zijn in deze selectie geen meldingen, dus er is niets te meten.'
            else 'Bij ' || met_punten(met_statushouder) || ' van ' || met_woord(alle, 'melding', 'meldingen')
                || ' is vastgelegd of de vrager statushouder is.'
        end as toelichting
    from gemeld
    union all
    select
        2,
        'regime_geregistreerd',
        case when van_statushouders > 0 then met_regime::double / van_statushouders end,
        0.95,
        case
            when not (select statushouder from melding_kolommen)
            then 'Van wie een melding is, staat niet in de levering; dus ook de duur van de begeleiding is er niet aan te koppelen.'
            when van_statushouders = 0
            then 'Geen melding is als die van een statushouder herkenbaar, dus ook de duur van de begeleiding is er niet aan te koppelen.'
            else 'Bij ' || met_punten(met_regime) || ' van '
                || met_woord(van_statushouders, 'melding van een statushouder', 'meldingen van statushouders')
                || ' is het begeleidingsregime vastgelegd.'
        end
    from gemeld
    union all
    select
        3,
        'verwijzer_bekend',
        case when alle > 0 then met_verwijzer::double / alle end,
        0.80,
        case
            when alle = 0 then 'Er zijn in deze selectie geen meldingen, dus er is niets te meten.'
            else 'Bij ' || met_punten(met_verwijzer) || ' van ' || met_woord(alle, 'melding', 'meldingen')
                || ' is vastgelegd wie verwees.'
        end
    from gemeld
    union all
    select
        4,
        'groep_24_maanden',
        n24,
        30,
        'Het aantal personen met begeleiding in het regime van 24 maanden is ' || met_punten(n24) || '; nodig zijn er 30.'
    from groepen
    union all
    select
        5,
        'groep_12_maanden',
        n12,
        30,
        'Het aantal personen met begeleiding in een regime van 12 maanden is ' || met_punten(n12) || '; nodig zijn er 30.'
    from groepen
    union all
    select
        6,
        'aantoonbaar_verschil',
        aantoonbaar_verschil(n24, n12),
        0.10,
        case
            when n24 = 0 or n12 = 0 then 'Een van beide groepen is leeg, dus er valt geen verschil te zien.'
            when aantoonbaar_verschil(n24, n12) > 1
            then 'Met groepen van ' || met_punten(n24) || ' en ' || met_woord(n12, 'persoon', 'personen')
                || ' valt geen enkel verschil tussen twee aandelen op.'
            else 'Met groepen van ' || met_punten(n24) || ' en ' || met_woord(n12, 'persoon', 'personen')
                || ' valt pas een verschil van '
                || procentpunten(aantoonbaar_verschil(n24, n12))
                || ' procentpunt tussen twee aandelen op (rond de helft, met 80% kans).'
        end
    from groepen
)
select
    voorwaarde,
    coalesce(case when voorwaarde = 'aantoonbaar_verschil' then waarde <= drempel else waarde >= drempel end, false)
        as voldaan,
    waarde::double as waarde,
    drempel::double as drempel,
    toelichting
from gemeten
order by volgorde
