//! The parsers of sidecars: every kind of record, its hints, and a sidecar as a whole.

use crate::making::full;
use crate::parsers::E;
use crate::parsers::Parser;
use crate::sidecar::records;
use crate::sidecar::sealed;
use sanduq_ballot::hints::Hints;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::sidecar::Reader;
use sanduq_ballot::sidecar::Record;
use sanduq_ballot::sidecar::RecordKind;
use sanduq_ballot::sidecar::State;

fn parser(
    name: &'static str,
    sample: Vec<u8>,
    parse: impl Fn(&[u8]) -> Result<Vec<u8>, Refusal> + 'static,
) -> Parser {
    let parse = move |bytes: &[u8]| parse(bytes).map_err(|refusal| refusal.to_string());
    Parser {
        name,
        sample,
        parse: Box::new(parse),
    }
}

/// A kind of record that is added stands in [`RecordKind::ALL`], and is tried.
pub fn of_sidecars() -> Vec<Parser> {
    let sealed = sealed::<E>(35);
    let records = records(&sealed.making, &sealed.sidecar);
    let mut all: Vec<Parser> = RecordKind::ALL
        .into_iter()
        .map(|kind| {
            let record = records.iter().find(|record| record.kind() == kind);
            parser(
                "record of a sidecar",
                record.unwrap().body(),
                move |bytes| Record::from_body(kind, bytes).map(|record| record.body()),
            )
        })
        .collect();
    let (making, ballots) = full::<E>(36, 9);
    let hints = Hints::make(&making.election, &ballots[0].1);
    all.push(parser("Hints", hints.to_bytes(), |bytes| {
        // What is left over at the end is looked at by the record that they stand in.
        let hints = Hints::from_bytes(bytes).to_bytes();
        (hints.len() == bytes.len())
            .then_some(hints)
            .ok_or(Refusal::Form)
    }));
    let mut state = State::new(true);
    state.height = u64::MAX;
    all.push(parser("State", state.to_bytes().to_vec(), |bytes| {
        let state = bytes.try_into().ok().and_then(State::from_bytes);
        state
            .map(|state| state.to_bytes().to_vec())
            .ok_or(Refusal::Form)
    }));
    let points = Hints::count::<E>(making.election.questions());
    all.push(parser("sidecar", sealed.sidecar.clone(), move |bytes| {
        whole(points, bytes)
    }));
    all
}

/// A sidecar whose records hang on one another, written again.
fn whole(points: usize, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut reader = Reader::new(bytes, points);
    reader.set_ciphertexts(40);
    let mut written = Vec::new();
    while let Some(link) = reader.next_record()? {
        if !link.follows {
            return Err(Refusal::SidecarChain);
        }
        let body = link.record.body();
        let length = u32::try_from(body.len()).unwrap();
        written.push(link.record.kind().byte());
        written.extend(length.to_be_bytes());
        written.extend(body);
        written.extend(reader.chain().0);
    }
    Ok(written)
}
