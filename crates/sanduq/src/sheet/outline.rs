//! Outlines of units from a file of boundaries: GeoJSON (RFC 7946), one feature a unit, its code
//! in a named property. Always true here: a coordinate is read from its digits and rounded once,
//! to the millionth of a degree; what the file does not say is not guessed.

use crate::sheet::refusal::ImportRefusal;
use sanduq_core::id::UnitCode;
use sanduq_core::outline::Ring;
use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::Path;

/// The largest file that is read: one in far more detail than a map needs.
const MAX_BYTES: u64 = 64 << 20;
/// The only system of coordinates that GeoJSON has; older files name it.
const WGS_84: [&str; 2] = ["CRS84", "4326"];

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(default)]
    crs: Value,
    #[serde(borrow, default)]
    features: Option<Vec<Feature<'a>>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(borrow, default)]
    geometry: Option<Geometry<'a>>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
}

type Position<'a> = Vec<&'a RawValue>;
type Polygon<'a> = Vec<Vec<Position<'a>>>;

/// The outlines of a file, each with the code of its unit.
pub fn read(path: &Path, property: &str) -> Result<Vec<(UnitCode, Vec<Ring>)>, ImportRefusal> {
    let no = |code: &'static str, why: String| {
        ImportRefusal::Whole(code, format!("{}: {why}", path.display()))
    };
    let unread = |why: &dyn core::fmt::Display| no("outline.unreadable", why.to_string());
    let size = std::fs::metadata(path).map_err(|why| unread(&why))?.len();
    if size > MAX_BYTES {
        let why = format!("the file has {size} bytes, more than {MAX_BYTES}; simplify it");
        return Err(no("outline.too_long", why));
    }
    let text = std::fs::read_to_string(path).map_err(|why| unread(&why))?;
    outlines(&text, property).map_err(|(code, why)| no(code, why))
}

type Fault = (&'static str, String);

fn outlines(text: &str, property: &str) -> Result<Vec<(UnitCode, Vec<Ring>)>, Fault> {
    let unreadable = |why: String| ("outline.unreadable", why);
    let text = text.trim_start_matches('\u{feff}');
    let file: Collection<'_> =
        serde_json::from_str(text).map_err(|why| unreadable(why.to_string()))?;
    let crs = file.crs.pointer("/properties/name").and_then(Value::as_str);
    if let Some(crs) = crs.filter(|crs| !WGS_84.iter().any(|known| crs.ends_with(known))) {
        let why = format!("the coordinates are {crs}; write them in degrees of WGS 84");
        return Err(("outline.other_system", why));
    }
    let Some(features) = file.features else {
        let why = "no `features`: give a GeoJSON FeatureCollection, one feature a unit";
        return Err(unreadable(why.to_owned()));
    };
    let mut all = Vec::new();
    for (nth, feature) in features.iter().enumerate() {
        let at = |(code, why): Fault| (code, format!("feature {}: {why}", nth + 1));
        let code = code(feature, property).map_err(at)?;
        let rings = rings(feature).map_err(at)?;
        all.push((code, rings));
    }
    Ok(all)
}

fn code(feature: &Feature<'_>, property: &str) -> Result<UnitCode, Fault> {
    let properties = feature.properties.as_ref();
    let text = match properties.and_then(|all| all.get(property)) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => {
            let known = properties.map(|all| all.keys().cloned().collect::<Vec<_>>().join(", "));
            let known = known.unwrap_or_default();
            let why = format!("no text or number `{property}`; its properties are: {known}");
            return Err(("outline.no_code", why));
        }
    };
    UnitCode::new(&text).map_err(|why| ("outline.no_code", format!("`{property}`: {why}")))
}

fn rings(feature: &Feature<'_>) -> Result<Vec<Ring>, Fault> {
    let unreadable = |why: &dyn core::fmt::Display| ("outline.unreadable", why.to_string());
    let geometry = feature.geometry.as_ref();
    let pair = geometry.and_then(|geometry| Some((&geometry.kind, geometry.coordinates?)));
    let Some((kind, coordinates)) = pair else {
        return Err(unreadable(&"no geometry; take the feature out"));
    };
    let coordinates = coordinates.get();
    let polygons: Vec<Polygon<'_>> = match kind.as_str() {
        "Polygon" => vec![serde_json::from_str(coordinates).map_err(|why| unreadable(&why))?],
        "MultiPolygon" => serde_json::from_str(coordinates).map_err(|why| unreadable(&why))?,
        other => {
            let why = format!("a {other} has no inside; give a Polygon or MultiPolygon");
            return Err(unreadable(&why));
        }
    };
    polygons.iter().flatten().map(|ring| whole(ring)).collect()
}

/// A ring in millionths; points that fall on one of them stand once.
fn whole(ring: &[Position<'_>]) -> Result<Ring, Fault> {
    let mut points = Vec::with_capacity(ring.len());
    for position in ring {
        let [east, north, ..] = position.as_slice() else {
            let why = "a position has two numbers, east and north";
            return Err(("outline.unreadable", why.to_owned()));
        };
        points.push((millionths(north.get())?, millionths(east.get())?));
    }
    points.dedup();
    Ok(points)
}

/// Degrees as millionths, rounded half away from nought; what is too great to be a place stays so.
fn millionths(number: &str) -> Result<i32, Fault> {
    let unreadable = || ("outline.unreadable", format!("`{number}` is no degree"));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent: i32 = exponent.parse().map_err(|_| unreadable())?;
    let (is_south, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unreadable());
    }
    // The place of the first digit that is rounded away.
    let cut = i32::try_from(whole.len()).unwrap_or(i32::MAX);
    let cut = cut.saturating_add(exponent).saturating_add(6);
    let mut value: i64 = 0;
    for at in 0..cut.max(0) {
        let digit = usize::try_from(at)
            .ok()
            .and_then(|at| all.as_bytes().get(at));
        let digit = digit.map_or(0, |digit| i64::from(digit - b'0'));
        value = (value * 10 + digit).min(i64::from(i32::MAX));
        // Only noughts follow, or it is too great already.
        let behind = usize::try_from(at).is_ok_and(|at| at >= all.len());
        if value == i64::from(i32::MAX) || behind && value == 0 {
            break;
        }
    }
    let next = usize::try_from(cut)
        .ok()
        .and_then(|cut| all.as_bytes().get(cut));
    if next.is_some_and(|digit| *digit >= b'5') {
        value += 1;
    }
    let value = i32::try_from(value).unwrap_or(i32::MAX);
    Ok(if is_south { -value } else { value })
}

#[cfg(test)]
mod tests;
