//! Tables as files: what is refused and how, what real tables give, what reads back.

mod cells;
mod kinds;
mod making;
mod real;
mod refusals;
