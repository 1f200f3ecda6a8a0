//! Placements of real centres. Modules are marked as tests so that clippy lets them unwrap.

#[cfg(test)]
mod centres;
