//! The description of every JSON door, for programs (OpenAPI 3.1) and for people who write them
//! (`/developers`). Always true here: the schema of an answer is made from the very type that the
//! handler serialises; both pages read one list of doors, and a test holds it against the table of
//! routes.

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::html;
use crate::language::language;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Html;
use axum::response::Response;
use sanduq_core::names::Locale;
use sanduq_count::publication::LICENCE;
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

/// What a door is told.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Whether it stands in the query, and not in the path.
    pub in_query: bool,
    /// Its schema.
    schema: fn() -> Value,
    /// What it is, in the sentence of this key.
    key: &'static str,
}

/// A door: an address that answers with JSON.
pub struct Door {
    /// The address; `{…}` stands for a code.
    pub path: &'static str,
    /// The key of what it answers.
    pub key: &'static str,
    /// What it is told.
    pub parameters: &'static [Parameter],
    /// Whether the same stands at the same address with `.csv`, as a table.
    pub csv: bool,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

fn text() -> Value {
    json!({"type": "string"})
}

fn number() -> Value {
    json!({"type": "integer", "format": "uint64", "minimum": 0, "maximum": u64::MAX})
}

fn order() -> Value {
    json!({"type": "string", "enum": ["newest", "oldest"]})
}

const fn in_path(name: &'static str, key: &'static str) -> Parameter {
    Parameter {
        name,
        in_query: false,
        schema: text,
        key,
    }
}

const fn in_query(name: &'static str, key: &'static str, schema: fn() -> Value) -> Parameter {
    Parameter {
        name,
        in_query: true,
        schema,
        key,
    }
}

const UNIT: Parameter = in_path("unit", "developers-unit");
const CONTEST: Parameter = in_path("contest", "developers-contest");
const STATION: Parameter = in_path("station", "developers-station");

/// The schema of an answer of type `T`.
fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

const fn door(
    path: &'static str,
    key: &'static str,
    parameters: &'static [Parameter],
    schema: fn(&mut SchemaGenerator) -> Schema,
) -> Door {
    Door {
        path,
        key,
        parameters,
        csv: true,
        schema,
    }
}

/// A file of the published folder; the folder's own README says what is in it.
const fn file(path: &'static str, key: &'static str) -> Door {
    door(path, key, &[CONTEST], of::<BTreeMap<String, Value>>)
}

/// Every door.
pub const DOORS: &[Door] = &[
    door(
        "/index.json",
        "developers-door-nation",
        &[],
        of::<crate::unit::Object<'static>>,
    ),
    door(
        "/unit/{unit}.json",
        "developers-door-unit",
        &[UNIT],
        of::<crate::unit::Object<'static>>,
    ),
    door(
        "/votes/{unit}.json",
        "developers-door-votes",
        &[UNIT],
        of::<crate::unit::votes::Object<'static>>,
    ),
    door(
        "/margins.json",
        "developers-door-margins",
        &[],
        of::<crate::unit::votes::Margins<'static>>,
    ),
    door(
        "/contests.json",
        "developers-door-contests",
        &[],
        of::<crate::contest::Object<'static>>,
    ),
    door(
        "/sheet/{contest}/{station}.json",
        "developers-door-sheet",
        &[CONTEST, STATION],
        of::<crate::sheet::Object<'static>>,
    ),
    door(
        "/images/{contest}.json",
        "developers-door-images",
        &[CONTEST],
        of::<crate::image::Object<'static>>,
    ),
    door(
        "/search.json",
        "developers-door-search",
        &[in_query("q", "developers-q", text)],
        of::<crate::search::Object<'static>>,
    ),
    door(
        "/board.json",
        "developers-door-board",
        &[],
        of::<crate::board::Object>,
    ),
    door(
        "/board/needs/{unit}.json",
        "developers-door-needs",
        &[UNIT],
        of::<crate::needs::Object<'static>>,
    ),
    door(
        "/journal.json",
        "developers-door-journal",
        &[
            in_query("before", "developers-before", number),
            in_query("order", "developers-order", order),
            in_query("after", "developers-after", number),
        ],
        of::<crate::journal::Object<'static>>,
    ),
    door(
        "/processes.json",
        "developers-door-processes",
        &[],
        of::<crate::process::Object>,
    ),
    Door {
        csv: false,
        ..door(
            "/law.json",
            "developers-door-law",
            &[],
            of::<crate::law::Object<'static>>,
        )
    },
    file("/files/sheets/{contest}.json", "developers-door-sheets"),
    file("/files/totals/{contest}.json", "developers-door-totals"),
    file("/files/seats/{contest}.json", "developers-door-seats"),
    Door {
        csv: false,
        ..file("/files/nist/{contest}.json", "developers-door-nist")
    },
    Door {
        csv: false,
        ..door(
            "/openapi.json",
            "developers-door-openapi",
            &[],
            of::<BTreeMap<String, Value>>,
        )
    },
];

/// The live feeds, which are no JSON: address, and the key of what they send.
pub const FEEDS: [(&str, &str); 2] = [
    ("/board/events", "developers-feed-board"),
    ("/wall/events", "developers-feed-wall"),
];

fn english(key: &str) -> String {
    language(Locale::En).say(key)
}

/// Codes of the election that is served, as examples.
#[derive(Default)]
struct Codes {
    unit: String,
    contest: String,
    station: String,
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
        }
    }

    /// The example of a parameter; none before an event is called.
    fn example(&self, name: &str) -> Option<&str> {
        let code = match name {
            "unit" => &self.unit,
            "contest" => &self.contest,
            "station" => &self.station,
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
fn document(codes: &Codes) -> Value {
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .with_transform(without_tuples);
    let mut generator = settings.into_generator();
    let problem = of::<Problem<'static>>(&mut generator);
    let paths: Map<String, Value> = DOORS
        .iter()
        .map(|door| {
            let operation = operation(door, codes, &problem, &mut generator);
            (door.path.to_owned(), operation)
        })
        .collect();
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
        "components": {"schemas": generator.take_definitions(true)},
    })
}

fn operation(
    door: &Door,
    codes: &Codes,
    problem: &Schema,
    generator: &mut SchemaGenerator,
) -> Value {
    let parameters: Vec<Value> = door
        .parameters
        .iter()
        .map(|parameter| {
            let mut described = json!({
                "name": parameter.name,
                "in": if parameter.in_query { "query" } else { "path" },
                "required": !parameter.in_query,
                "description": english(parameter.key),
                "schema": (parameter.schema)(),
            });
            if let Some(code) = codes.example(parameter.name) {
                described["example"] = code.into();
            }
            described
        })
        .collect();
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
    json!({"get": {
        "operationId": door.key.trim_start_matches("developers-door-"),
        "summary": english(door.key),
        "parameters": parameters,
        "responses": responses,
    }})
}

/// The description for programs.
pub async fn json(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    reply(
        (Format::Json, &asked.headers),
        String::new,
        || document(&Codes::of(app.live().as_deref())),
        Table::default,
    )
}

struct DoorRow<'a> {
    door: &'a Door,
    /// An address of this election; none while nothing answers there.
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
        let path = door.path.replace("{unit}", &codes.unit);
        let path = path.replace("{contest}", contest);
        Some(path.replace("{station}", &codes.station))
    };
    let doors = DOORS.iter().map(|door| DoorRow {
        door,
        example: example(door),
    });
    Ok(Html(html(&DevelopersPage {
        page: &page,
        doors: doors.collect(),
        snapshot: snapshot.id(),
        licence: LICENCE,
    })))
}
