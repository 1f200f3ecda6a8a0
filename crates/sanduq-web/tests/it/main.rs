//! The pages over HTTP: every route with every role, what must not be reachable, what each page
//! must say.

#[path = "../../examples/sample/nation.rs"]
mod nation;
#[path = "../../examples/sample/story.rs"]
mod story;

mod locale;
mod lock;
mod login;
mod page;
mod role;
mod site;
