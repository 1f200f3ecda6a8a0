//! Objects that claim to be larger than any of their kind: files with holes cost nothing to make.

use crate::making::full;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::verify;
use std::io::Read;
use std::io::Result;
use std::io::Seek;
use std::io::SeekFrom;

/// Bytes, and behind them zeros that nobody keeps.
struct Hole {
    bytes: Vec<u8>,
    length: u64,
    at: u64,
    /// How far it was read.
    farthest: u64,
}

impl Read for Hole {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let start = usize::try_from(self.at).unwrap().min(self.bytes.len());
        let mut there = &self.bytes[start..];
        let mut read = there.read(to)?;
        if read == 0 {
            let left = usize::try_from(self.length - self.at).unwrap();
            read = left.min(to.len());
            to[..read].fill(0);
        }
        self.at += u64::try_from(read).unwrap();
        self.farthest = self.farthest.max(self.at);
        Ok(read)
    }
}

impl Seek for Hole {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.at = match to {
            SeekFrom::Start(place) => place,
            SeekFrom::End(more) => self.length.checked_add_signed(more).unwrap(),
            SeekFrom::Current(more) => self.at.checked_add_signed(more).unwrap(),
        };
        Ok(self.at)
    }
}

fn size(head: &[u8]) -> usize {
    usize::from_str_radix(std::str::from_utf8(&head[124..135]).unwrap(), 8).unwrap()
}

/// Where the records of an archive begin.
fn heads(archive: &[u8]) -> Vec<usize> {
    let mut places = vec![0];
    while let Some(place) = places.last() {
        let body = size(&archive[*place..]).next_multiple_of(512);
        let next = *place + 512 + body;
        if next == archive.len() {
            break;
        }
        places.push(next);
    }
    places
}

/// A head that claims another size.
fn claiming(head: &[u8], size: u64) -> Vec<u8> {
    let mut head = head.to_vec();
    head[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    head[148..156].fill(b' ');
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    head
}

#[test]
fn what_is_larger_than_its_kind_is_refused_where_it_stands_and_is_not_read() {
    let (mut making, cast) = full::<Ed25519>(7, 3);
    let acts = making.acts(&cast);
    let archive = making.archive(&acts);
    let heads = heads(&archive);
    let last = u64::try_from(acts.len()).unwrap();
    // The first record, four of the setup and its event; then a ballot and its event, and so on.
    let table = [
        (0, 0, Refusal::TooLarge),
        (1, 0, Refusal::Form),
        (3, 0, Refusal::Form),
        (5, 0, Refusal::TooLarge),
        (6, 1, Refusal::TooLarge),
        (7, 1, Refusal::TooLarge),
        (8, 2, Refusal::TooLarge),
        (heads.len() - 2, last, Refusal::TooLarge),
    ];
    for claimed in [1 << 20, 3 << 30] {
        for (record, event, refusal) in table {
            let place = heads[record];
            let mut bytes = archive[..place].to_vec();
            bytes.extend(claiming(&archive[place..place + 512], claimed));
            let begun = u64::try_from(bytes.len()).unwrap();
            let mut hole = Hole {
                bytes,
                length: begun + claimed,
                at: 0,
                farthest: 0,
            };
            let report = verify(&mut hole, Options::default(), &mut |_| {});
            let found = report.failures.iter();
            let mut found = found.filter(|one| one.refusal == refusal);
            let place = found.next().map(|one| one.place.event);
            assert_eq!(place, Some(Some(event)), "{record}: {:?}", report.failures);
            assert!(hole.farthest - begun <= 1 << 17, "{record}: all was read");
        }
    }
}
