//! Shared ground of the rules: ids, counts, dates as values, refusals, geography, contests, seats, law.
