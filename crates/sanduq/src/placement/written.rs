//! The files of a placement: the stations or the voters as CSV, whose cells run as no formula, and
//! both as GeoJSON (RFC 7946) for a map.

use crate::placement::census::Census;
use crate::placement::centres::Centre;
use crate::placement::centres::Centres;
use crate::placement::roll::Roll;
use crate::progress::Progress;
use sanduq_core::cell::guarded;
use sanduq_placement::nation::Placement;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Class;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

/// A field of CSV in quotes where it needs them (RFC 4180), behind an apostrophe where it would be
/// a formula.
pub fn field(text: &str) -> String {
    let text = guarded(text);
    if text.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

/// The stations of a list of centres: one row each.
pub fn stations(out: &mut impl Write, centres: &Centres, census: &Census) -> io::Result<()> {
    writeln!(out, "station,row,district,centre,committee,voters")?;
    for (centre, rooms) in centres.list.iter().zip(&census.stations) {
        let district = field(&centres.districts[centre.district as usize]);
        let (id, name, row) = (field(&centre.id), field(&centre.name), centre.row);
        for (voters, committee) in rooms.iter().zip(1..) {
            writeln!(out, "{id},{row},{district},{name},{committee},{voters}")?;
        }
    }
    Ok(())
}

/// The columns of a file of voters with their stations.
pub const VOTERS: &str =
    "voter,district,household,station,committee,metres,latitude,longitude,class";

/// Degrees in six places.
pub fn degrees(microdegrees: i32) -> String {
    let sign = if microdegrees < 0 { "-" } else { "" };
    let size = microdegrees.unsigned_abs();
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}

/// The class of a voter as a word: sex where the law separates, and a need.
pub fn class_word(class: Class) -> &'static str {
    match class.number() {
        0 => "all",
        1 => "women",
        2 => "men",
        3 => "all+step_free",
        4 => "women+step_free",
        _ => "men+step_free",
    }
}

/// Where a voter of the roll votes, as a row.
pub fn voter_row(
    out: &mut impl Write,
    (centres, roll): (&Centres, &Roll),
    at: usize,
    (station, room, metres): (u32, u16, u32),
) -> io::Result<()> {
    let voter = roll.voters[at];
    let place = voter.place;
    writeln!(
        out,
        "{},{},{},{},{},{metres},{},{},{}",
        field(roll.ids.get(at)),
        field(&centres.districts[usize::from(voter.district)]),
        field(roll.households.get(voter.household as usize)),
        field(&centres.list[station as usize].id),
        u32::from(room) + 1,
        degrees(place.latitude_microdegrees()),
        degrees(place.longitude_microdegrees()),
        class_word(voter.class),
    )
}

/// Every voter of the roll with station, committee and metres.
pub fn voters(
    out: &mut impl Write,
    (centres, roll): (&Centres, &Roll),
    (placement, metres): (&Placement, &[u32]),
    progress: &mut Progress,
) -> io::Result<()> {
    progress.stage("writing", roll.voters.len() as u64, "voters");
    writeln!(out, "{VOTERS}")?;
    for (at, metres) in metres.iter().enumerate() {
        let seat = (placement.stations[at], placement.rooms[at], *metres);
        voter_row(out, (centres, roll), at, seat)?;
        progress.reached(at as u64 + 1);
    }
    progress.end();
    Ok(())
}

/// Longitude and latitude, as GeoJSON has them.
fn position(place: Place) -> String {
    format!(
        "[{},{}]",
        degrees(place.longitude_microdegrees()),
        degrees(place.latitude_microdegrees())
    )
}

/// A collection of features that is written one after the other.
struct Features<'a, W: Write> {
    out: &'a mut W,
    first: bool,
}

impl<'a, W: Write> Features<'a, W> {
    fn begin(out: &'a mut W) -> io::Result<Self> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { out, first: true })
    }

    fn add(&mut self, geometry: Option<(&str, String)>, told: &Value) -> io::Result<()> {
        let comma = if self.first { "\n" } else { ",\n" };
        self.first = false;
        let geometry = geometry.map_or("null".to_owned(), |(kind, coordinates)| {
            format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}")
        });
        write!(
            self.out,
            "{comma}{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{told}}}"
        )
    }

    fn end(self) -> io::Result<()> {
        writeln!(self.out, "\n]}}")
    }
}

fn told(centres: &Centres, centre: &Centre, rooms: &[u32]) -> Value {
    let voters: u64 = rooms.iter().map(|room| u64::from(*room)).sum();
    json!({
        "kind": "station",
        "station": centre.id,
        "row": centre.row,
        "district": centres.districts[centre.district as usize],
        "centre": centre.name,
        "voters": voters,
        "stations": rooms.len(),
        "sizes": rooms,
        "capacity": centre.capacity,
    })
}

/// Stations with their load, and lines: from a centre to where its voters go, or from the blocks of
/// a roll to their stations. A centre without coordinates has no geometry.
pub fn geojson(
    out: &mut impl Write,
    centres: &Centres,
    rooms: &[Vec<u32>],
    lines: &BTreeMap<(Place, u32), u64>,
) -> io::Result<()> {
    let mut features = Features::begin(out)?;
    for (centre, rooms) in centres.list.iter().zip(rooms) {
        let point = centre.place.map(|place| ("Point", position(place)));
        features.add(point, &told(centres, centre, rooms))?;
    }
    for ((from, to), voters) in lines {
        let centre = &centres.list[*to as usize];
        let Some(place) = centre.place else {
            continue;
        };
        let line = format!("[{},{}]", position(*from), position(place));
        let told = json!({
            "kind": "way",
            "station": centre.id,
            "voters": voters,
            "metres": from.metres_to(place),
        });
        features.add(Some(("LineString", line)), &told)?;
    }
    features.end()
}

#[cfg(test)]
mod tests {
    use super::degrees;
    use super::field;

    #[test]
    fn cells_and_degrees_are_written_to_be_read_again() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("مدرسة", "مدرسة"),
        ] {
            assert_eq!(field(text), expected);
        }
        for (microdegrees, expected) in [(-500_000, "-0.500000"), (36_721_842, "36.721842")] {
            assert_eq!(degrees(microdegrees), expected);
        }
    }
}
