//! The pages over HTTP: every route with every role, what must not be reachable, what each page
//! must say.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../../sanduq-rehearsal/src/drawing.rs"]
mod drawing;
#[path = "../../examples/sample/large.rs"]
mod large;
#[path = "../../examples/sample/nation.rs"]
mod nation;
#[path = "../../examples/sample/story.rs"]
mod story;
#[path = "../../examples/sample/typing.rs"]
mod typing;

mod ballot;
mod board;
mod certification;
mod busy;
mod check;
mod components;
mod conduct;
mod decision;
mod desk;
mod downloads;
mod entry;
mod expectation;
mod file;
mod first_password;
mod folder;
mod glossary;
mod image;
mod journal;
mod kept;
mod locale;
mod lock;
mod login;
mod map;
mod openapi;
mod own_station;
mod page;
mod previous;
mod reach;
mod readings;
mod role;
mod search;
mod seats;
mod session;
mod site;
mod snapshot;
mod staff;
mod standing;
mod station;
mod typed_text;
mod votes;
mod weight;
mod words;
