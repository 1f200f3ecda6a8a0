//! Stories of the count, from the outside.

mod nation;
mod publication;
