//! The districts that a run has done, in a folder beside its result: a run that was stopped goes on
//! behind them. The folder belongs to the same files, law and version of the program, and goes when
//! the result stands.

use crate::exit::Ended;
use crate::placement::law::Chosen;
use sanduq_matching::work::Fingerprint;
use sanduq_matching::work::Work;
use sanduq_matching::work::WorkFault;
use sanduq_placement::nation::Done;
use sanduq_placement::nation::Seat;
use sanduq_placement::nation::Summary;
use std::path::Path;

/// Bytes of a summary and of a seat.
const HEAD: usize = 48;
const SEAT: usize = 10;

/// How a fault of the folder ends the command.
pub fn ended(fault: &WorkFault) -> Ended {
    match fault {
        WorkFault::Taken(_) => Ended::Refused {
            code: "placement.taken".to_owned(),
            sentence: fault.to_string(),
        },
        WorkFault::Failed(..) => Ended::fault(fault),
    }
}

/// Opens the folder of a run of these files.
///
/// # Errors
/// When another run is at work in it, or a file cannot be read.
pub fn open(folder: &Path, chosen: &Chosen, files: &[Option<&Path>]) -> Result<Work, Ended> {
    let law = format!("{:?} {:?}", chosen.law, chosen.profile);
    let texts = ["placement 1", env!("CARGO_PKG_VERSION"), &law, &chosen.text];
    let mut mark = Fingerprint::of(&texts);
    for (at, file) in files.iter().enumerate() {
        let Some(path) = file else {
            continue;
        };
        let place = Fingerprint::of(&[&at.to_string(), &format!("{:016x}", mark.number())]);
        let with = place.with(path);
        mark = with.map_err(|fault| Ended::fault(format!("{}: {fault}", path.display())))?;
    }
    Work::open(folder, mark).map_err(|fault| ended(&fault))
}

/// The name under which a district is kept.
pub fn name(district: usize) -> String {
    format!("district-{district:05}")
}

/// What is kept of a district.
pub fn encoded((summary, seats): &Done) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + seats.len() * SEAT);
    let Summary {
        voters,
        blocks,
        households,
        divided,
        cost_metres,
        bound_metres,
    } = *summary;
    for number in [voters, blocks, households, divided] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(&cost_metres.to_le_bytes());
    bytes.extend_from_slice(&bound_metres.to_le_bytes());
    for seat in seats {
        bytes.extend_from_slice(&seat.voter.to_le_bytes());
        bytes.extend_from_slice(&seat.station.to_le_bytes());
        bytes.extend_from_slice(&seat.room.to_le_bytes());
    }
    bytes
}

/// The district of what was kept; none where it is not whole.
pub fn decoded(bytes: &[u8]) -> Option<Done> {
    let (head, seats) = bytes.split_at_checked(HEAD)?;
    let word = |at: usize| head.get(at * 8..at * 8 + 8)?.try_into().ok();
    let summary = Summary {
        voters: u64::from_le_bytes(word(0)?),
        blocks: u64::from_le_bytes(word(1)?),
        households: u64::from_le_bytes(word(2)?),
        divided: u64::from_le_bytes(word(3)?),
        cost_metres: i64::from_le_bytes(word(4)?),
        bound_metres: i64::from_le_bytes(word(5)?),
    };
    let seat = |seat: &[u8]| {
        Some(Seat {
            voter: u32::from_le_bytes(seat.get(0..4)?.try_into().ok()?),
            station: u32::from_le_bytes(seat.get(4..8)?.try_into().ok()?),
            room: u16::from_le_bytes(seat.get(8..10)?.try_into().ok()?),
        })
    };
    let seats: Option<Vec<Seat>> = seats.chunks(SEAT).map(seat).collect();
    Some((summary, seats?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_read_back_as_it_was_kept() {
        let summary = Summary {
            voters: 1,
            blocks: 2,
            households: 3,
            divided: 4,
            cost_metres: -5,
            bound_metres: i64::MAX,
        };
        let seat = |voter: u32| Seat {
            voter,
            station: 9,
            room: 513,
        };
        let done = (summary, vec![seat(1), seat(u32::MAX)]);
        let bytes = encoded(&done);
        assert_eq!(decoded(&bytes), Some(done));
        assert_eq!(decoded(&bytes[..bytes.len() - 1]), None);
        assert_eq!(decoded(&bytes[..47]), None);
    }
}
