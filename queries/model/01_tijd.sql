-- Dates as of a stand, and the calendar.

-- A date as it was known at the end of the stand: empty when it lies later.
create macro tot(datum, stand) as case when datum <= stand then datum end;

-- Same day of the month n months on, or that month's last day when it has no such day.
create macro plus_maanden(datum, n) as (datum + to_months(n))::date;

create macro eerste_van_maand(datum) as date_trunc('month', datum)::date;

create macro eerste_van_kwartaal(datum) as date_trunc('quarter', datum)::date;

create macro laatste_van_maand(datum) as last_day(datum)::date;

-- Month ends of the peildatum's calendar year before the peildatum, then the peildatum itself.
create macro standen_van_het_jaar(peildatum) as list_append(
    list_filter(
        list_transform(
            range(0, 12),
            lambda maand: laatste_van_maand((make_date(year(peildatum), 1, 1) + to_months(maand::integer))::date)
        ),
        lambda stand: stand < peildatum
    ),
    peildatum
);

-- First days of the months from the first date to the stand's month, without gaps; none when the first is empty.
create macro maanden(eerste, stand) as table (
    select unnest(
        generate_series(eerste_van_maand(eerste)::timestamp, eerste_van_maand(stand)::timestamp, interval 1 month)
    )::date as maand
);
