-- Dates, and stretches of days. "Never" is infinity, so that a comparison needs no case for a date that is empty.

-- A date as it was known at the end of the peildatum: empty when it lies later.
create macro bekend(datum, peildatum) as case when datum <= peildatum then datum end;

create macro of_nooit(datum) as coalesce(datum, date 'infinity');

-- From when a condition holds that time does not change: always or never.
create macro altijd_als(voorwaarde) as case when voorwaarde then date '-infinity' else date 'infinity' end;

-- Same day of the month n months on, or that month's last day when it has no such day.
create macro plus_maanden(datum, n) as (datum + to_months(n))::date;

create macro eerste_van_kwartaal(datum) as date_trunc('quarter', datum)::date;

-- The last days of the steps (months) of the peildatum's calendar year before it, then the peildatum itself.
create macro dagen_van_het_jaar(peildatum) as list_filter(
    list_transform(range(stap(), 13, stap()), lambda maand: last_day(make_date(year(peildatum), maand, 1))),
    lambda dag: dag < peildatum
) || [peildatum];

-- The step of the first of these days on or after a date, as its first day; never when it is after the last one.
create macro stap_van(datum, peildatum) as case
    when datum <= peildatum then eerste_van_stap(greatest(datum, make_date(year(peildatum), 1, 1)))
    else date 'infinity'
end;

-- The days in [van, tot) on which something can change, in their order; van is the first.
create macro keerpunten(dagen, van, tot) as
    list_sort(list_distinct(list_filter(dagen || [van], lambda dag: dag >= van and dag < tot)));

-- Rows with such days (dagen) as stretches, one per day, the last one up to the row's tot; none is empty.
create macro stukken(tabel) as table (
    from (
        select * exclude (dagen, van, tot), unnest(dagen) as van, unnest(dagen[2:] || [tot]) as tot
        from query_table(tabel)
    )
    where van < tot
);

-- A table of stretches as of a peildatum: the rows that hold on that day.
-- tijd: days on the clock of a row, to the peildatum or until it stopped
create macro op(tabel, peildatum) as table (
    select *, greatest(0, least(peildatum, klok_tot) - klok_van) as tijd
    from query_table(tabel)
    where van <= peildatum and peildatum < tot
);
