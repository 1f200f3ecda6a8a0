//! The doors that take something in, and what they say to it. Always true here: whoever sends is a
//! page of this site, or a program that says the same, because no other may make a browser send.

use crate::openapi::Codes;
use crate::openapi::Parameter;
use crate::openapi::doors::ACT;
use crate::openapi::doors::of;
use crate::openapi::english;
use crate::openapi::parameter;
use crate::router;
use crate::router::ROUTES;
use crate::router::Verb;
use schemars::Schema;
use schemars::SchemaGenerator;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// A door that takes an object.
pub struct Taking {
    /// The address; `{…}` stands for one of the words of its parameter.
    pub path: &'static str,
    /// The key of what it does.
    pub key: &'static str,
    /// What it is told besides the object.
    pub parameters: &'static [Parameter],
    /// The key of what the object is.
    pub(super) body: &'static str,
    /// The status of a yes, and the key of what has happened then.
    pub(super) done: (&'static str, &'static str),
    /// Every status of a no, and the key of what it means.
    pub(super) refused: &'static [(&'static str, &'static str)],
}

/// Every door that takes something in.
pub const TAKINGS: &[Taking] = &[Taking {
    path: "/ballot/practice/{act}",
    key: "developers-door-practice-cast",
    parameters: &[ACT],
    body: "developers-practice-body",
    done: ("201", "developers-practice-taken"),
    refused: &[
        ("400", "developers-practice-unfit"),
        ("403", "developers-other-origin"),
        ("404", "developers-not-found"),
        ("409", "developers-practice-conflict"),
        ("413", "developers-too-long"),
        ("422", "developers-practice-unfit"),
        ("429", "developers-too-many"),
    ],
}];

/// Whether a door that takes something in is at this path, where no page of its own stands.
pub fn takes(path: &str) -> bool {
    let mut takings = TAKINGS.iter();
    let mut shown = ROUTES.iter().filter(|route| route.verb == Verb::Get);
    takings.any(|taking| router::leads(taking.path, path)) && !shown.any(|one| one.path == path)
}

/// Where a browser says from which site a change comes, a program says it too.
fn from_here() -> Value {
    json!({
        "name": "sec-fetch-site",
        "in": "header",
        "required": true,
        "description": english("developers-from-here"),
        "schema": {"type": "string", "enum": ["same-origin"]},
    })
}

/// The description of a door that takes something in.
pub(super) fn operation(
    taking: &Taking,
    codes: &Codes,
    problem: &Schema,
    generator: &mut SchemaGenerator,
) -> Value {
    let mut responses = Map::new();
    let (status, key) = taking.done;
    responses.insert(status.to_owned(), json!({"description": english(key)}));
    for (status, key) in taking.refused {
        let refused = json!({
            "description": english(key),
            "content": {"application/problem+json": {"schema": problem}},
        });
        responses.insert((*status).to_owned(), refused);
    }
    let own = taking.parameters.iter().map(|one| parameter(one, codes));
    let parameters: Vec<Value> = own.chain([from_here()]).collect();
    let body = of::<BTreeMap<String, Value>>(generator);
    json!({"post": {
        "operationId": taking.key.trim_start_matches("developers-door-"),
        "summary": english(taking.key),
        "parameters": parameters,
        "requestBody": {
            "required": true,
            "description": english(taking.body),
            "content": {"application/json": {"schema": body}},
        },
        "responses": responses,
    }})
}
