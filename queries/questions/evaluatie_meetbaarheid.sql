-- Whether the regimes can be compared on the requests of the wijkteams, condition by condition, as of $peildatum.
-- grain: condition, in a fixed order; the comparison is possible when all are met
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
    select distinct regimegroep <> '{groep_nu}' as is_eerder, inburgeraar_id, celsleutel_persoon
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
),
groepen as (
    select
        getoond(aantal_als(celsleutel_persoon, is_eerder)) as n_toen,
        getoond(aantal_als(celsleutel_persoon, not is_eerder)) as n_nu
    from per_persoon
),
geteld as (
    select
        *,
        (select statushouder from melding_kolommen) as kent_vrager,
        aantoonbaar_verschil(n_toen, n_nu) as verschil,
        met_woord(alle, 'melding', 'meldingen') as meldingen,
        met_punten(n_toen) || ' en ' || met_woord(n_nu, 'persoon', 'personen') as groepen,
        'Het aantal personen met begeleiding in {} is {}; nodig zijn er 30.' as groep_is
    from gemeld
    cross join groepen
),
gemeten as (
    select unnest([
        {
            voorwaarde: 'statushouder_geregistreerd', drempel: 0.95::double,
            waarde: case when not kent_vrager then 0 when alle > 0 then met_statushouder::double / alle end,
            toelichting: case
                when not kent_vrager
                then 'De wijkteams registreren de hulpvraag en niet wie die stelt: of de vrager statushouder is, staat '
                    || 'niet in de levering.'
                when alle = 0 then 'Er zijn in deze selectie geen meldingen, dus er is niets te meten.'
                else format('Bij {} van {} is vastgelegd of de vrager statushouder is.', met_punten(met_statushouder), meldingen)
            end
        },
        {
            voorwaarde: 'regime_geregistreerd', drempel: 0.95,
            waarde: case when van_statushouders > 0 then met_regime::double / van_statushouders end,
            toelichting: case
                when not kent_vrager
                then 'Van wie een melding is, staat niet in de levering; dus ook de duur van de begeleiding is er niet aan te koppelen.'
                when van_statushouders = 0
                then 'Geen melding is als die van een statushouder herkenbaar, dus ook de duur van de begeleiding is er niet aan te koppelen.'
                else format(
                    'Bij {} van {} is het begeleidingsregime vastgelegd.', met_punten(met_regime),
                    met_woord(van_statushouders, 'melding van een statushouder', 'meldingen van statushouders')
                )
            end
        },
        {
            voorwaarde: 'verwijzer_bekend', drempel: 0.80,
            waarde: case when alle > 0 then met_verwijzer::double / alle end,
            toelichting: case
                when alle = 0 then 'Er zijn in deze selectie geen meldingen, dus er is niets te meten.'
                else format('Bij {} van {} is vastgelegd wie verwees.', met_punten(met_verwijzer), meldingen)
            end
        },
        {
            voorwaarde: 'groep_24_maanden', drempel: 30, waarde: n_toen,
            toelichting: format(groep_is, 'het regime van {groep_toen}', met_punten(n_toen))
        },
        {
            voorwaarde: 'groep_12_maanden', drempel: 30, waarde: n_nu,
            toelichting: format(groep_is, 'een regime van {groep_nu}', met_punten(n_nu))
        },
        {
            voorwaarde: 'aantoonbaar_verschil', drempel: 0.10, waarde: verschil,
            toelichting: case
                when n_toen = 0 or n_nu = 0 then 'Een van beide groepen is leeg, dus er valt geen verschil te zien.'
                when verschil > 1 then format('Met groepen van {} valt geen enkel verschil tussen twee aandelen op.', groepen)
                else format(
                    'Met groepen van {} valt pas een verschil van {} procentpunt tussen twee aandelen op (rond de helft, met 80% kans).',
                    groepen, procentpunten(verschil)
                )
            end
        }
    ], recursive := true)
    from geteld
)
select
    voorwaarde,
    coalesce(if(voorwaarde = 'aantoonbaar_verschil', waarde <= drempel, waarde >= drempel), false) as voldaan,
    waarde, drempel, toelichting
from gemeten
