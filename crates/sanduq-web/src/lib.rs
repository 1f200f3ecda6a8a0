//! The only HTTP: the router with every route and its roles, handlers, templates, locales.
//!
//! [`serve::serve`] serves the pages of an [`app::App`]. Always true here: every figure on a page
//! is read from one snapshot and carries its id; a route without roles cannot exist; no page needs
//! a script.

pub mod app;
pub mod asked;
pub mod asset;
pub mod attempts;
pub mod board;
pub mod check;
pub mod chronicle;
pub mod component;
pub mod components;
pub mod condition;
pub mod contest;
pub mod date;
pub mod day;
pub mod decision;
pub mod desk;
pub mod entry;
pub mod figure;
pub mod file;
pub mod folder;
pub mod guard;
pub mod journal;
pub mod kept;
pub mod language;
pub mod law;
pub mod lease;
pub mod links;
pub mod login;
pub mod needs;
pub mod openapi;
pub mod own_station;
pub mod pace;
pub mod page;
pub mod password;
pub mod previous;
pub mod process;
pub mod provinces;
pub mod refusal;
pub mod reply;
pub mod router;
pub mod search;
pub mod seating;
pub mod serve;
pub mod sheet;
pub mod source;
pub mod staff;
pub mod station;
pub mod two_persons;
pub mod unit;
pub mod view;
pub mod wall;
