//! The doors: every address that answers with JSON, what it is told and what it answers. Always
//! true here: who may open a door is read from the table of routes.

use crate::router;
use crate::router::Roles;
use sanduq_core::names::Locale;
use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// What a door is told.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Whether it stands in the query, and not in the path.
    pub in_query: bool,
    /// Its schema.
    pub(super) schema: fn() -> Value,
    /// What it is, in the sentence of this key.
    pub(crate) key: &'static str,
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
    pub(super) schema: fn(&mut SchemaGenerator) -> Schema,
}

fn text() -> Value {
    json!({"type": "string"})
}

fn number() -> Value {
    json!({"type": "integer", "format": "uint64", "minimum": 0, "maximum": u64::MAX})
}

/// A language of the practice ballot.
fn language() -> Value {
    json!({"type": "string", "enum": Locale::ALL.map(Locale::tag)})
}

/// What is done with a practice ballot that is sent.
fn act() -> Value {
    json!({"type": "string", "enum": ["cast", "spoil"]})
}

/// A SHA-256 in hexadecimal digits.
fn digest() -> Value {
    json!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
}

/// As in every field of a form, what is empty is not asked.
fn order() -> Value {
    json!({"type": "string", "enum": ["", "newest", "oldest"]})
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
/// Of a practice ballot that is sent.
pub(super) const ACT: Parameter = Parameter {
    schema: act,
    ..in_path("act", "developers-act")
};

impl Door {
    /// Who may: what the route says that answers here.
    #[must_use]
    pub fn roles(&self) -> Roles {
        router::roles_of(self.path)
    }
}

/// The schema of an answer of type `T`.
pub(super) fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
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
        "/hours/{unit}.json",
        "developers-door-hours",
        &[UNIT],
        of::<crate::unit::hours::Object<'static>>,
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
        "/snapshot/{snapshot}.json",
        "developers-door-snapshot",
        &[in_path("snapshot", "developers-snapshot-id")],
        of::<crate::snapshot::Object<'static>>,
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
        "/board/conditions.json",
        "developers-door-conditions",
        &[],
        of::<crate::board::conditions::Object<'static>>,
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
    door(
        "/desk/staff.json",
        "developers-door-staff",
        &[
            in_query("role", "developers-role", text),
            in_query("unit", "developers-unit", text),
            in_query("state", "developers-account-state", text),
            in_query("after", "developers-after-number", text),
        ],
        of::<crate::staff::Object<'static>>,
    ),
    door(
        "/desk/two-persons.json",
        "developers-door-two-persons",
        &[in_query("state", "developers-act-state", text)],
        of::<crate::two_persons::Object<'static>>,
    ),
    door(
        "/desk/certification.json",
        "developers-door-certification",
        &[in_query("stage", "developers-stage", text)],
        of::<crate::certification::Object<'static>>,
    ),
    door(
        "/desk/decisions.json",
        "developers-door-decisions",
        &[
            in_query("check", "developers-check", text),
            in_query("unit", "developers-province", text),
        ],
        of::<crate::desk::decisions::Object<'static>>,
    ),
    door(
        "/desk/stations.json",
        "developers-door-stations",
        &[],
        of::<crate::desk::stations::Object<'static>>,
    ),
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
            "/ballot/practice/election/{language}.json",
            "developers-door-practice-election",
            &[Parameter {
                schema: language,
                ..in_path("language", "developers-language")
            }],
            of::<BTreeMap<String, Value>>,
        )
    },
    Door {
        csv: false,
        ..door(
            "/ballot/practice/ballots/{tracker}",
            "developers-door-practice-ballot",
            &[Parameter {
                schema: digest,
                ..in_path("tracker", "developers-tracker")
            }],
            of::<crate::ballot::Told>,
        )
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
