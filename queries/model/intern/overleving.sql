-- The curve as the reader gets it in the view `intern`: every day on which something happens.
create macro overleving(waarnemingen) as table (
    from overleving_per_dag(waarnemingen)
);
