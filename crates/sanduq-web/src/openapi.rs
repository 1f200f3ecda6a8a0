//! The description of every JSON door, for programs (OpenAPI 3.1) and for people who write them
//! (`/developers`). Always true here: the schema of an answer is made from the very type that the
//! handler serialises; both pages read one list of doors, and a test holds it against the table of
//! routes.

mod doors;
mod taking;

pub use doors::DOORS;
pub use doors::Door;
pub use doors::Parameter;
pub use taking::TAKINGS;
pub use taking::Taking;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::html;
use crate::language::language;
use crate::login::cookie_name;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::router;
use crate::router::Roles;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use axum::response::Response;
use doors::of;
use sanduq_core::names::Locale;
use sanduq_count::publication::LICENCE;
use sanduq_operations::staff::Role;
use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// A name in up to four languages, as `sanduq_core::names::Names` is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Names")]
pub struct NamesSchema {
    #[serde(skip_serializing_if = "String::is_empty")]
    ar: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    fa: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    fr: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    en: String,
}

/// An entry of the journal, as `sanduq_core::act::Entry` is written.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
pub struct EntrySchema {
    /// The code of the act.
    act: String,
    /// When, in UTC (RFC 3339).
    at: String,
    /// The service number of whoever acted.
    actor: String,
    /// In whose name.
    organ: String,
    /// What.
    facts: BTreeMap<String, String>,
}

/// A no, for programs (RFC 9457).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct Problem<'a> {
    /// The page that explains the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What has happened, in the language of the reader.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// The stable code.
    pub code: &'a str,
}

/// The live feeds, which are no JSON: address, and the key of what they send.
pub const FEEDS: [(&str, &str); 2] = [
    ("/board/events", "developers-feed-board"),
    ("/wall/events", "developers-feed-wall"),
];

fn english(key: &str) -> String {
    language(Locale::En).say(key)
}

/// The tracking number of no ballot, as an example.
const NOBODYS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Whether the door at a path answers with JSON though no `.json` stands behind it.
#[must_use]
pub fn is_door(path: &str) -> bool {
    let bare = |door: &&Door| !door.path.ends_with(".json");
    let mut doors = DOORS.iter().filter(bare);
    doors.any(|door| router::leads(door.path, path)) || taking::takes(path)
}

/// Codes of the election that is served, as examples.
#[derive(Default)]
struct Codes {
    unit: String,
    contest: String,
    station: String,
    snapshot: String,
}

impl Codes {
    fn of(live: Option<&Live>) -> Self {
        let Some(live) = live else {
            return Self::default();
        };
        let snapshot = &live.view.snapshot;
        // A contest and a station that is in it.
        let contest = snapshot.contests.first();
        let mut stations = snapshot.geography.stations();
        let station = stations.find(|ix| {
            let mut own = live.view.contests_of(*ix);
            own.any(|entry| Some(&entry.contest.code) == contest.map(|entry| &entry.contest.code))
        });
        let code = |ix| snapshot.geography.unit(ix).code.to_string();
        Self {
            unit: snapshot.geography.nation().code.to_string(),
            contest: contest.map_or_else(String::new, |entry| entry.contest.code.to_string()),
            station: station.map_or_else(String::new, code),
            snapshot: snapshot.id(),
        }
    }

    /// The example of a parameter; none before an event is called.
    fn example(&self, name: &str) -> Option<&str> {
        let code = match name {
            "unit" => &self.unit,
            "contest" => &self.contest,
            "station" => &self.station,
            "snapshot" => &self.snapshot,
            "language" => Locale::En.tag(),
            "tracker" => NOBODYS,
            "act" => "cast",
            _ => return None,
        };
        (!code.is_empty()).then_some(code)
    }
}

/// A tuple as a list of so many of its kinds: readers of OpenAPI that know no tuples are many.
fn without_tuples(schema: &mut Schema) {
    transform_subschemas(&mut without_tuples, schema);
    if let Some(Value::Array(mut kinds)) = schema.remove("prefixItems") {
        kinds.dedup();
        schema.insert("items".to_owned(), json!({"anyOf": kinds}));
    }
}

/// The description of all doors.
fn document(codes: &Codes, secure: bool) -> Value {
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .with_transform(without_tuples);
    let mut generator = settings.into_generator();
    let problem = of::<Problem<'static>>(&mut generator);
    let mut paths: Map<String, Value> = DOORS
        .iter()
        .map(|door| {
            let operation = operation(door, codes, &problem, &mut generator);
            (door.path.to_owned(), operation)
        })
        .collect();
    for taking in TAKINGS {
        let operation = taking::operation(taking, codes, &problem, &mut generator);
        paths.insert(taking.path.to_owned(), operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": english("developers-name"),
            "description": english("developers-why"),
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": LICENCE, "identifier": LICENCE},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {SESSION: {
                "type": "apiKey",
                "in": "cookie",
                "name": cookie_name(secure),
                "description": english("developers-session"),
            }},
        },
    })
}

/// The description of what a door is told.
fn parameter(parameter: &Parameter, codes: &Codes) -> Value {
    let mut described = json!({
        "name": parameter.name,
        "in": if parameter.in_query { "query" } else { "path" },
        "required": !parameter.in_query,
        "description": english(parameter.key),
        "schema": (parameter.schema)(),
    });
    let example = codes.example(parameter.name);
    if let Some(code) = example.filter(|_| !parameter.in_query) {
        described["example"] = code.into();
    }
    described
}

fn parameters(door: &Door, codes: &Codes) -> Vec<Value> {
    let described = |one: &Parameter| parameter(one, codes);
    door.parameters.iter().map(described).collect()
}

/// The name of the session in the description.
const SESSION: &str = "session";

/// Who may open a door, in words; empty where everybody may.
fn only_for(door: &Door, locale: Locale) -> String {
    let roles = door.roles();
    if roles == Roles::Everybody {
        return String::new();
    }
    let say = |key: &str| language(locale).say(key);
    let may = Role::ALL.into_iter().filter(|role| roles.allow(*role));
    let names = may.map(|role| say(&format!("role-{}", role.code().replace('_', "-"))));
    let names: Vec<String> = names.collect();
    format!("{} {}", say("developers-only"), names.join(" · "))
}

fn operation(
    door: &Door,
    codes: &Codes,
    problem: &Schema,
    generator: &mut SchemaGenerator,
) -> Value {
    let refused = |key: &str| {
        json!({
            "description": english(key),
            "content": {"application/problem+json": {"schema": problem}},
        })
    };
    let answer = (door.schema)(generator);
    let mut responses = json!({
        "200": {
            "description": english(door.key),
            "headers": {"etag": {
                "description": english("developers-etag"),
                "schema": {"type": "string"},
            }},
            "content": {"application/json": {"schema": answer}},
        },
        "304": {"description": english("developers-not-modified")},
        "404": refused("developers-not-found"),
    });
    if door.parameters.iter().any(|parameter| parameter.in_query) {
        responses["400"] = refused("developers-bad-query");
    }
    let mut described = json!({
        "operationId": door.key.trim_start_matches("developers-door-"),
        "summary": english(door.key),
        "parameters": parameters(door, codes),
    });
    if door.roles() != Roles::Everybody {
        responses["401"] = refused("developers-not-logged-in");
        responses["403"] = refused("developers-not-permitted");
        described["security"] = json!([{ SESSION: [] }]);
        described["description"] = only_for(door, Locale::En).into();
    }
    described["responses"] = responses;
    json!({"get": described})
}

/// The description for programs.
pub async fn json(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    reply(
        (Format::Json, &asked.headers),
        String::new,
        || document(&Codes::of(app.live().as_deref()), app.secure()),
        Table::default,
    )
}

struct DoorRow<'a> {
    door: &'a Door,
    /// Who may, in words; empty where everybody may.
    only_for: String,
    /// An address of this election; none while nothing answers there, or not to everybody.
    example: Option<String>,
}

#[derive(Template)]
#[template(path = "developers/page.html")]
struct DevelopersPage<'a> {
    page: &'a Page,
    doors: Vec<DoorRow<'a>>,
    snapshot: String,
    licence: &'static str,
}

/// The description for people.
pub async fn developers(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Html<String>, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let page = asked.page(&live);
    let codes = Codes::of(Some(&live));
    let mut contests = snapshot.contests.iter();
    let seated = contests.find(|entry| live.view.seats(&entry.contest).is_some());
    let example = |door: &Door| {
        let contest = match seated {
            _ if !door.path.contains("/seats/") => codes.contest.as_str(),
            Some(entry) => entry.contest.code.as_str(),
            None => return None,
        };
        if door.roles() != Roles::Everybody {
            return None;
        }
        let path = door.path.replace("{unit}", &codes.unit);
        let path = path.replace("{contest}", contest);
        let path = path.replace("{snapshot}", &codes.snapshot);
        let path = path.replace("{language}", page.locale.tag());
        let path = path.replace("{tracker}", NOBODYS);
        Some(path.replace("{station}", &codes.station))
    };
    let doors = DOORS.iter().map(|door| DoorRow {
        door,
        only_for: only_for(door, page.locale),
        example: example(door),
    });
    Ok(Html(html(&DevelopersPage {
        page: &page,
        doors: doors.collect(),
        snapshot: snapshot.id(),
        licence: LICENCE,
    })))
}
