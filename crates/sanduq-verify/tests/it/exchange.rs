//! NIST SP 1500-100 v2: the reports of Wadi against the standard's own schema, and what must be in
//! them. The schema's language is JSON Schema draft 4; the standard uses fifteen words of it, all
//! of them are checked here, and a word that is not known stops the test.

use crate::folder::Files;
use crate::folder::public;
use crate::folder::wadi;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The schema, when the shared data lie beside the project.
fn schema() -> Option<Value> {
    let path = "../../../shared/data/schemas/nist-1500-100/NIST_V2_election_results_reporting.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/data is absent");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// A validator of the words that the standard's schema uses.
struct Validator<'a> {
    root: &'a Value,
    faults: Vec<String>,
}

impl Validator<'_> {
    fn validate(root: &Value, value: &Value) -> Vec<String> {
        let mut validator = Validator {
            root,
            faults: Vec::new(),
        };
        validator.check("", root, value);
        validator.faults
    }

    fn fault(&mut self, place: &str, what: impl Into<String>) {
        self.faults.push(format!("{place}: {}", what.into()));
    }

    fn check(&mut self, place: &str, schema: &Value, value: &Value) {
        for (word, rule) in schema.as_object().unwrap() {
            match word.as_str() {
                "$schema" | "definitions" | "refTypes" => {}
                "$ref" => {
                    let name = rule
                        .as_str()
                        .unwrap()
                        .strip_prefix("#/definitions/")
                        .unwrap();
                    let root = self.root;
                    self.check(place, &root["definitions"][name], value);
                }
                "type" => self.kind(place, rule.as_str().unwrap(), value),
                "enum" if !rule.as_array().unwrap().contains(value) => {
                    self.fault(place, format!("{value} is none of {rule}"));
                }
                "enum" => {}
                "required" => {
                    for name in rule.as_array().unwrap() {
                        if value.get(name.as_str().unwrap()).is_none() {
                            self.fault(place, format!("{name} is missing"));
                        }
                    }
                }
                "properties" | "additionalProperties" => self.members(place, schema, value),
                "items" => {
                    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(&format!("{place}/{at}"), rule, item);
                    }
                }
                "minItems" => {
                    let most = rule.as_u64().unwrap();
                    if value
                        .as_array()
                        .is_some_and(|items| (items.len() as u64) < most)
                    {
                        self.fault(place, "too few items");
                    }
                }
                "maxLength" => {
                    let most = rule.as_u64().unwrap();
                    if value
                        .as_str()
                        .is_some_and(|text| text.chars().count() as u64 > most)
                    {
                        self.fault(place, "too long");
                    }
                }
                "oneOf" => self.one_of(place, rule, value),
                "pattern" => self.pattern(place, rule.as_str().unwrap(), value),
                "format" => self.format(place, rule.as_str().unwrap(), value),
                word => panic!("the schema says {word}, which this validator does not know"),
            }
        }
    }

    fn kind(&mut self, place: &str, kind: &str, value: &Value) {
        let fits = match kind {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            kind => panic!("the schema says the type {kind}"),
        };
        if !fits {
            self.fault(place, format!("{value} is not of the type {kind}"));
        }
    }

    fn members(&mut self, place: &str, schema: &Value, value: &Value) {
        assert_ne!(schema.get("additionalProperties"), Some(&Value::Bool(true)));
        for (name, member) in value.as_object().into_iter().flatten() {
            match schema["properties"].get(name) {
                Some(rule) => self.check(&format!("{place}/{name}"), rule, member),
                None => self.fault(place, format!("{name} is no member")),
            }
        }
    }

    fn one_of(&mut self, place: &str, rules: &Value, value: &Value) {
        let fits = |rule: &&Value| {
            let mut alone = Validator {
                root: self.root,
                faults: Vec::new(),
            };
            alone.check(place, rule, value);
            alone.faults.is_empty()
        };
        let fitting = rules.as_array().unwrap().iter().filter(fits).count();
        if fitting != 1 {
            self.fault(
                place,
                format!("fits {fitting} of the shapes, not one: {value}"),
            );
        }
    }

    fn pattern(&mut self, place: &str, pattern: &str, value: &Value) {
        assert!(
            pattern.starts_with("[0-9]{4}-(0?[1-9]|1[012])-"),
            "the pattern {pattern}"
        );
        let text = value.as_str().unwrap();
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        if shape != "0000-00-00T00:00:00Z" || text.parse::<jiff::Timestamp>().is_err() {
            self.fault(place, format!("{text} is not a time with its zone"));
        }
    }

    fn format(&mut self, place: &str, format: &str, value: &Value) {
        let text = value.as_str().unwrap_or_default();
        let fits = match format {
            "date" => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
            "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
            "uri" => text.contains(':'),
            format => panic!("the schema says the format {format}"),
        };
        if !fits {
            self.fault(place, format!("{text} is not of the format {format}"));
        }
    }
}

fn report(files: &Files, contest: &str) -> Value {
    serde_json::from_slice(&files[&format!("nist/{contest}.json")]).unwrap()
}

const CONTESTS: [&str; 4] = ["president", "council-d1", "council-d2", "question"];

#[test]
fn every_report_is_valid_against_the_schema_of_the_standard() {
    let Some(schema) = schema() else {
        return;
    };
    let files = public(&wadi());
    for contest in CONTESTS {
        let faults = Validator::validate(&schema, &report(&files, contest));
        assert_eq!(faults, [""; 0], "{contest}");
    }
}

#[test]
fn the_validator_finds_what_is_not_valid() {
    let Some(schema) = schema() else {
        return;
    };
    let good = report(&public(&wadi()), "president");
    type Spoil = fn(&mut Value);
    let cases: [(&str, Spoil); 9] = [
        ("Issuer\" is missing", |r| {
            drop(r.as_object_mut().unwrap().remove("Issuer"))
        }),
        ("Wadi is no member", |r| r["Wadi"] = 1.into()),
        ("is none of", |r| r["Status"] = "sure".into()),
        ("not of the type integer", |r| {
            r["SequenceStart"] = 1.5.into()
        }),
        ("not a time", |r| {
            r["GeneratedDate"] = "2026-10-01T17:28:00.5Z".into()
        }),
        ("not of the type boolean", |r| r["IsTest"] = "yes".into()),
        ("not of the format date", |r| {
            r["Election"][0]["StartDate"] = "1 October".into()
        }),
        ("/Election/0/Contest/0: fits 0", |r| {
            r["Election"][0]["Contest"][0]["VotesAllowed"] = Value::Null;
        }),
        ("/GpUnit/0: fits 0", |r| {
            r["GpUnit"][0]["Type"] = "planet".into()
        }),
    ];
    for (what, spoil) in cases {
        let mut report = good.clone();
        spoil(&mut report);
        let faults = Validator::validate(&schema, &report);
        assert!(
            faults.iter().any(|fault| fault.contains(what)),
            "{what}: {faults:?}"
        );
    }
}

/// Every object with an id, by its id, and every member that refers to one.
fn walk<'a>(
    value: &'a Value,
    ids: &mut BTreeMap<&'a str, &'a str>,
    references: &mut Vec<(&'a str, &'a str)>,
) {
    match value {
        Value::Object(members) => {
            if let (Some(id), Some(kind)) = (members.get("@id"), members.get("@type")) {
                let twice = ids.insert(id.as_str().unwrap(), kind.as_str().unwrap());
                assert_eq!(twice, None, "{id} twice");
            }
            for (name, member) in members {
                let refers = name.ends_with("Id") || name.ends_with("Ids");
                if refers && !matches!(name.as_str(), "VendorApplicationId" | "@id") {
                    let one = core::slice::from_ref(member);
                    for id in member.as_array().map_or(one, Vec::as_slice) {
                        references.push((name, id.as_str().unwrap()));
                    }
                }
                walk(member, ids, references);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, ids, references)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_to_an_object_of_the_right_kind() {
    let files = public(&wadi());
    let mut kinds = BTreeMap::new();
    for contest in CONTESTS {
        let report = report(&files, contest);
        let (mut ids, mut references) = (BTreeMap::new(), Vec::new());
        walk(&report, &mut ids, &mut references);
        for (name, id) in references {
            let kind = ids
                .get(id)
                .unwrap_or_else(|| panic!("{contest}: {name} {id}"));
            let wanted = match name {
                "CandidateIds" => "Candidate",
                "PartyId" | "PartyIds" => "Party",
                "OfficeIds" => "Office",
                _ => "ReportingUnit",
            };
            assert_eq!(
                *kind,
                format!("ElectionResults.{wanted}"),
                "{contest}: {name} {id}"
            );
            kinds.insert(name.to_owned(), ());
        }
    }
    let kinds: Vec<&str> = kinds.keys().map(String::as_str).collect();
    let expected = [
        "CandidateIds",
        "ComposingGpUnitIds",
        "ElectionDistrictId",
        "ElectionScopeId",
        "GpUnitId",
        "OfficeIds",
        "PartyId",
        "PartyIds",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn counts_are_those_of_the_sheets() {
    let files = public(&wadi());
    let president = report(&files, "president");
    assert_eq!(president["Status"], "unofficial-complete");
    assert_eq!(president["IsTest"], true);
    let contest = &president["Election"][0]["Contest"][0];
    assert_eq!(contest["@type"], "ElectionResults.CandidateContest");
    assert_eq!(contest["VoteVariation"], "majority");
    let count = |selection: usize, unit: &str, kind: &str| {
        let counts = contest["ContestSelection"][selection]["VoteCounts"]
            .as_array()
            .unwrap();
        let is = |count: &&Value| count["GpUnitId"] == unit && count["Type"] == kind;
        counts
            .iter()
            .find(is)
            .map(|count| count["Count"].as_u64().unwrap())
    };
    assert_eq!(count(0, "unit-n", "total"), Some(551));
    assert_eq!(count(1, "unit-d2", "total"), Some(331));
    assert_eq!(count(2, "unit-d2-3", "total"), Some(69));
    // A second round is open: nobody has the seat yet.
    assert_eq!(count(1, "unit-n", "seats"), None);
    let other = &contest["OtherCounts"][0];
    assert_eq!(
        (&other["GpUnitId"], &other["Undervotes"]),
        (&"unit-n".into(), &12.into())
    );
    let ballots = &president["Election"][0]["BallotCounts"][0];
    let cast = (&ballots["BallotsCast"], &ballots["BallotsRejected"]);
    assert_eq!(cast, (&1458.into(), &12.into()));

    let council = report(&files, "council-d1");
    assert_eq!(council["Status"], "unofficial-partial");
    let contest = &council["Election"][0]["Contest"][0];
    assert_eq!(contest["@type"], "ElectionResults.PartyContest");
    assert_eq!(
        (&contest["SubUnitsReported"], &contest["TotalSubUnits"]),
        (&2.into(), &3.into())
    );
    let counts = contest["ContestSelection"][0]["VoteCounts"]
        .as_array()
        .unwrap();
    let seats = counts
        .iter()
        .find(|count| count["Type"] == "seats")
        .unwrap();
    assert_eq!(
        (&seats["GpUnitId"], &seats["Count"]),
        (&"unit-d1".into(), &2.into())
    );
    let question = report(&files, "question");
    let contest = &question["Election"][0]["Contest"][0];
    assert_eq!(contest["@type"], "ElectionResults.BallotMeasureContest");
}

/// A unit of which nothing is counted has no figures, which is not the same as noughts.
#[test]
fn what_is_not_counted_has_no_counts() {
    let council = report(&public(&wadi()), "council-d1");
    let contest = &council["Election"][0]["Contest"][0];
    let counts = contest["ContestSelection"][0]["VoteCounts"].as_array();
    let counts = counts.unwrap();
    let units = council["GpUnit"].as_array().unwrap();
    let waits = |unit: &&Value| unit["CountStatus"][0]["Status"] == "not-processed";
    let waiting: Vec<&Value> = units
        .iter()
        .filter(waits)
        .map(|unit| &unit["@id"])
        .collect();
    assert_eq!(waiting.len(), 1);
    let ballots = council["Election"][0]["BallotCounts"].as_array().unwrap();
    assert_eq!(ballots.len(), 3);
    for count in ballots.iter().chain(counts) {
        assert!(!waiting.contains(&&count["GpUnitId"]), "{count}");
    }
}
