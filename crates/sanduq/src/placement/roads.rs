//! A matrix of roads: block, station, metres. A pair that does not stand in it cannot be gone: the
//! straight line would make just the ways cheap that nobody has measured, those over a river. A
//! block that reaches no station of its district is refused, with how many live there.

use crate::exit::Ended;
use crate::placement::centres::Centres;
use crate::placement::roll::Blocks;
use crate::placement::roll::rows;
use sanduq_core::cell::bare;
use sanduq_matching::source::Column;
use sanduq_placement::nation::Roads;
use std::collections::BTreeMap;
use std::path::Path;

/// Reads the roads to these stations.
///
/// # Errors
/// When the file is no matrix, or a row names a block or a station that is not known.
pub fn read(path: &Path, centres: &Centres, blocks: &Blocks) -> Result<Roads, Ended> {
    let numbers = centres.list.iter().zip(0_u32..);
    let stations: BTreeMap<&str, u32> = numbers
        .map(|(centre, at)| (centre.id.as_str(), at))
        .collect();
    let columns = ["block", "station", "metres"].map(Column::required);
    let mut roads = Roads::new();
    rows(path, &columns, |row| {
        let (block, station) = (row.field(0).trim(), row.field(1).trim());
        let place = blocks.get(block).ok_or_else(|| {
            let why = format!("the block “{block}” is not in the file of --blocks");
            ("placement.unknown_block", why)
        })?;
        let at = stations.get(&*bare(station)).ok_or_else(|| {
            let why = format!("the station “{station}” is not in the list of stations");
            ("placement.unknown_station", why)
        })?;
        let metres = row.field(2).trim();
        let metres = metres.parse::<u32>().map_err(|_| {
            let why = format!("“{metres}” is no whole number of metres");
            ("placement.metres", why)
        })?;
        roads.entry(*place).or_default().push((*at, metres));
        Ok(())
    })?;
    for ways in roads.values_mut() {
        // Two names of one place: the shorter way counts.
        ways.sort_unstable();
        ways.dedup_by_key(|way| way.0);
    }
    Ok(roads)
}
