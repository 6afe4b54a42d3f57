-- How many persons the filters leave, as of $peildatum.
-- grain: one row; aantal: persons in beeld by then, also who left since
select getoond(aantal(celsleutel)) as aantal
from persoon
where in_beeld <= $peildatum::date and van <= $peildatum::date and $peildatum::date < tot and $selectie
