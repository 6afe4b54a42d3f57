"""What is public: a snapshot made into aggregates that are protected, and how these are read."""
