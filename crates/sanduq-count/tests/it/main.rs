//! Stories of the count, from the outside. Modules are marked as tests so that clippy lets
//! them unwrap.

#[cfg(test)]
mod nation;
#[cfg(test)]
mod publication;
