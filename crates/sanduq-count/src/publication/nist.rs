//! `nist/<contest>.json`: the contest as NIST SP 1500-100 version 2, so that programs of others
//! read it. Always true here: every count is a total of the edition; every reference leads to an
//! object of the same file. What the standard has no word for (blank votes, checks, findings) stays
//! in our own files.
//!
//! How our words become theirs: units are ReportingUnits, stations precincts; ballots in the box
//! are BallotsCast, invalid ones BallotsRejected; marks not made on valid and blank ballots are
//! Undervotes; a contest with no seats is a BallotMeasureContest, one between lists a
//! PartyContest, any other a CandidateContest; seats are VoteCounts of the type `seats`.

mod object;

use crate::form::Form;
use crate::form::Meaning;
use crate::publication::Edition;
use crate::publication::LICENCE;
use crate::publication::PublicContest;
use crate::publication::json;
use crate::publication::seats::SeatsFile;
use crate::publication::totals::UnitTotals;
use object::BallotCounts;
use object::ContestObject;
use object::Election;
use object::List;
use object::OtherCounts;
use object::Report;
use object::Selection;
use object::VoteCounts;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::count::Votes;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use sanduq_core::seats::Method;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;

fn text(names: &Names) -> Value {
    let spelt = [&names.ar, &names.fa, &names.fr, &names.en];
    let spelt = Locale::ALL
        .into_iter()
        .zip(spelt)
        .filter(|(_, name)| !name.is_empty());
    let spelt = spelt.map(|(locale, name)| {
        json!({
            "@type": "ElectionResults.LanguageString",
            "Content": name,
            "Language": locale.tag(),
        })
    });
    json!({
        "@type": "ElectionResults.InternationalizedText",
        "Text": spelt.collect::<Vec<Value>>(),
    })
}

fn count_status(counted: u64, stations: u64) -> Value {
    let status = match counted {
        0 => "not-processed",
        _ if counted < stations => "in-process",
        _ => "completed",
    };
    json!({"@type": "ElectionResults.CountStatus", "Status": status, "Type": "total"})
}

/// What the standard calls a contest of this kind, and how votes decide in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Measure,
    Lists,
    Candidates,
}

fn kind(contest: &Contest, method: Option<&Method>) -> Kind {
    let lists = matches!(
        method,
        Some(Method::LargestRemainder(_) | Method::HighestAverages(_) | Method::AbsoluteList(_))
    );
    if contest.seats == 0 {
        Kind::Measure
    } else if lists
        || contest
            .choices
            .iter()
            .any(|choice| !choice.candidates.is_empty())
    {
        Kind::Lists
    } else {
        Kind::Candidates
    }
}

fn variation(contest: &Contest, method: Option<&Method>) -> &'static str {
    match method {
        Some(Method::LargestRemainder(_) | Method::HighestAverages(_)) => "proportional",
        Some(Method::Majority(_)) => "majority",
        Some(Method::AbsoluteList(_)) => "other",
        Some(Method::Plurality) if contest.max_choices > 1 => "n-of-m",
        Some(Method::Plurality) => "plurality",
        None => "majority",
    }
}

fn candidate(id: &str, names: &Names) -> Value {
    json!({"@type": "ElectionResults.Candidate", "@id": id, "BallotName": text(names)})
}

/// One contest with everything that its report says.
struct Page<'a> {
    edition: &'a Edition,
    entry: &'a PublicContest,
    form: &'a Form,
    kind: Kind,
    units: &'a [UnitTotals],
    ids: Vec<String>,
    seats: Option<&'a SeatsFile>,
}

impl<'a> Page<'a> {
    fn contest(&self) -> &'a Contest {
        &self.entry.contest
    }

    /// The id of a choice's object of this kind (`choice`, `party`, `candidate`).
    fn id(&self, kind: &str, choice: &Choice) -> String {
        format!("{kind}-{}-{}", self.contest().code, choice.code)
    }

    fn office(&self) -> String {
        format!("office-{}", self.contest().code)
    }

    /// The units above the contest's own, so that the tree of the file begins at the nation.
    fn above(&self) -> Vec<UnitIx> {
        let mut above = self.edition.geography.path(self.units[0].place);
        above.pop();
        above
    }

    fn unit(&self, place: UnitIx, below: Vec<String>, totals: Option<&UnitTotals>) -> Value {
        let geography = &self.edition.geography;
        let unit = geography.unit(place);
        let is_station = unit.level == geography.station_level();
        let kind = match unit.level {
            0 => "country",
            _ if is_station => "precinct",
            _ => "other",
        };
        let mut object = json!({
            "@type": "ElectionResults.ReportingUnit",
            "@id": unit_id(self.edition, place),
            "Name": text(&unit.names),
            "Type": kind,
        });
        if kind == "other" {
            object["OtherType"] = json!(self.edition.level(place));
        }
        if !below.is_empty() {
            object["ComposingGpUnitIds"] = json!(below);
        }
        if let Some(registered) = unit.registered {
            object["VotersRegistered"] = json!(registered.get());
        }
        if let Some(UnitTotals { totals, .. }) = totals {
            object["SubUnitsReported"] = json!(totals.counted);
            object["TotalSubUnits"] = json!(totals.stations);
            object["CountStatus"] = json!([count_status(totals.counted, totals.stations)]);
        }
        object
    }

    fn units(&self) -> impl Iterator<Item = Value> + Clone + '_ {
        let geography = &self.edition.geography;
        let path: Vec<UnitIx> = geography.path(self.units[0].place);
        let above = self.above().into_iter().enumerate();
        let above = above.map(move |(depth, place)| {
            self.unit(place, vec![unit_id(self.edition, path[depth + 1])], None)
        });
        let own = self.units.iter().map(move |unit| {
            let below = geography.children(unit.place).iter();
            let below = below.map(|place| unit_id(self.edition, *place));
            self.unit(unit.place, below.collect(), Some(unit))
        });
        above.chain(own)
    }

    /// The units with the figure that `count` finds for them; a unit of which no sheet is counted
    /// has no figures, which is not the same as nought.
    fn counts<T: 'a>(
        &'a self,
        count: impl Fn(&'a str, &'a UnitTotals) -> Option<T> + Clone + 'a,
    ) -> impl Iterator<Item = T> + Clone + 'a {
        let units = self.ids.iter().zip(self.units);
        let counted = units.filter(|(_, unit)| unit.totals.counted > 0);
        counted.filter_map(move |(id, unit)| count(id, unit))
    }

    fn line(&self, unit: &UnitTotals, meaning: Meaning) -> Option<u64> {
        let sum = self.form.sum_of(meaning, &unit.totals.fields)?;
        Some(sum.get())
    }

    fn ballots(&self) -> impl Iterator<Item = BallotCounts<'_>> + Clone {
        self.counts(|id, unit| {
            Some(BallotCounts {
                kind: "ElectionResults.BallotCounts",
                ballots_cast: self.line(unit, Meaning::InBox),
                ballots_rejected: self.line(unit, Meaning::Invalid),
                gp_unit_id: id,
                r#type: "total",
            })
        })
    }

    /// Marks that valid and blank ballots could have carried and do not; none where the form does
    /// not count both, or where sheets carry more marks than that.
    fn undervotes(&self) -> impl Iterator<Item = OtherCounts<'_>> + Clone {
        self.counts(|id, unit| {
            let valid = self.line(unit, Meaning::Valid)?;
            let ballots = valid.checked_add(self.line(unit, Meaning::Blank)?)?;
            let marks = ballots.checked_mul(u64::from(self.contest().max_choices))?;
            let made = Votes::sum(unit.totals.choices.iter().copied()).ok()?;
            Some(OtherCounts {
                kind: "ElectionResults.OtherCounts",
                gp_unit_id: id,
                undervotes: marks.checked_sub(made.get())?,
            })
        })
    }

    fn selection(&self, at: usize) -> Selection<impl Serialize> {
        let choice = &self.contest().choices[at];
        let votes = self.counts(move |id, unit| {
            let votes = unit.totals.choices.get(at)?;
            Some(VoteCounts::new(id, "total", votes.get()))
        });
        let seats = self.seats.and_then(|seats| seats.settled(&choice.code));
        let seats = seats.map(|seats| VoteCounts::new(&self.ids[0], "seats", u64::from(seats)));
        let only = |kind, prefix| (self.kind == kind).then(|| [self.id(prefix, choice)]);
        Selection {
            kind: match self.kind {
                Kind::Measure => "ElectionResults.BallotMeasureSelection",
                Kind::Lists => "ElectionResults.PartySelection",
                Kind::Candidates => "ElectionResults.CandidateSelection",
            },
            id: self.id("choice", choice),
            sequence_order: at + 1,
            candidate_ids: only(Kind::Candidates, "candidate"),
            party_ids: only(Kind::Lists, "party"),
            selection: (self.kind == Kind::Measure).then(|| text(&choice.names)),
            vote_counts: self.entry.released.then(|| List(votes.chain(seats))),
        }
    }

    fn candidates(&self) -> Vec<Value> {
        let mut objects = Vec::new();
        for choice in &self.contest().choices {
            if self.kind == Kind::Candidates {
                objects.push(candidate(&self.id("candidate", choice), &choice.names));
            }
            for (number, names) in (1_u32..).zip(&choice.candidates) {
                let id = format!("{}-{number}", self.id("candidate", choice));
                let mut object = candidate(&id, names);
                if self.kind == Kind::Lists {
                    object["PartyId"] = json!(self.id("party", choice));
                }
                objects.push(object);
            }
        }
        objects
    }

    fn parties(&self) -> Vec<Value> {
        let lists = self
            .contest()
            .choices
            .iter()
            .filter(|_| self.kind == Kind::Lists);
        let party = |choice: &Choice| {
            json!({
                "@type": "ElectionResults.Party",
                "@id": self.id("party", choice),
                "Name": text(&choice.names),
            })
        };
        lists.map(party).collect()
    }

    fn offices(&self) -> Vec<Value> {
        let contest = self.contest();
        if self.kind == Kind::Measure {
            return Vec::new();
        }
        vec![json!({
            "@type": "ElectionResults.Office",
            "@id": self.office(),
            "ElectionDistrictId": self.ids[0],
            "Name": text(&contest.names),
        })]
    }

    fn election(&self, method: Option<&Method>) -> impl Serialize {
        let contest = self.contest();
        let own = &self.units[0].totals;
        let candidates = self.kind == Kind::Candidates;
        let selections = 0..contest.choices.len();
        let object = ContestObject {
            kind: match self.kind {
                Kind::Measure => "ElectionResults.BallotMeasureContest",
                Kind::Lists => "ElectionResults.PartyContest",
                Kind::Candidates => "ElectionResults.CandidateContest",
            },
            id: format!("contest-{}", contest.code),
            name: contest.names.in_locale(Locale::En),
            election_district_id: &self.ids[0],
            votes_allowed: candidates.then_some(contest.max_choices),
            number_elected: candidates.then_some(contest.seats),
            office_ids: candidates.then(|| [self.office()]),
            r#type: (self.kind == Kind::Measure).then_some("referendum"),
            vote_variation: variation(contest, method),
            sub_units_reported: own.counted,
            total_sub_units: own.stations,
            count_status: [count_status(own.counted, own.stations)],
            contest_selection: List(selections.map(|at| self.selection(at))),
            other_counts: self.entry.released.then(|| List(self.undervotes())),
        };
        let day = self.edition.event.polling_day.to_string();
        Election {
            kind: "ElectionResults.Election",
            name: text(&self.edition.event.names),
            r#type: "general",
            start_date: day.clone(),
            end_date: day,
            election_scope_id: format!("unit-{}", self.edition.geography.nation().code),
            candidate: self.candidates(),
            contest: [object],
            ballot_counts: self.entry.released.then(|| List(self.ballots())),
        }
    }
}

fn unit_id(edition: &Edition, place: UnitIx) -> String {
    format!("unit-{}", edition.geography.unit(place).code)
}

/// The report of one contest; `units` are its own unit and all below it, its own first.
pub(super) fn report(
    edition: &Edition,
    entry: &PublicContest,
    units: &[UnitTotals],
    seats: Option<&SeatsFile>,
) -> Vec<u8> {
    let rule = entry.contest.seat_rule.as_ref();
    let method = rule
        .and_then(|rule| edition.seat_rule(rule))
        .map(|rule| &rule.method);
    let paper = edition.paper(entry);
    let page = Page {
        edition,
        entry,
        form: paper.form(),
        kind: kind(&entry.contest, method),
        units,
        ids: units
            .iter()
            .map(|unit| unit_id(edition, unit.place))
            .collect(),
        seats,
    };
    let own = &units[0].totals;
    let stamp = edition.stamp();
    json::deep_bytes(&Report {
        kind: "ElectionResults.ElectionReport",
        format: "precinct-level",
        generated_date: stamp.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        issuer: edition.event.names.in_locale(Locale::En).to_owned(),
        issuer_abbreviation: stamp.event.to_string(),
        is_test: stamp.invented,
        test_type: stamp.invented.then_some("an invented nation"),
        notes: format!("snapshot {}, licence {LICENCE}", stamp.snapshot),
        sequence_start: 1,
        sequence_end: 1,
        status: match entry.certified {
            true => "certified",
            false if entry.released && own.counted == own.stations => "unofficial-complete",
            false => "unofficial-partial",
        },
        vendor_application_id: "sanduq",
        external_identifier: [json!({
            "@type": "ElectionResults.ExternalIdentifier",
            "Type": "other",
            "OtherType": "snapshot",
            "Value": stamp.snapshot,
        })],
        gp_unit: List(page.units()),
        office: page.offices(),
        party: page.parties(),
        election: [page.election(method)],
    })
}
