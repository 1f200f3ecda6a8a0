//! A file of boundaries is read exactly, or refused with its place.

use super::Ring;
use super::millionths;
use super::outlines;
use super::read;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Level;
use sanduq_core::geography::Unit;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::names::Names;
use sanduq_rehearsal::data::Data;
use sanduq_rehearsal::nation::invent;
use sanduq_web::map::draw;
use sanduq_web::map::draw::Projection;
use std::path::Path;
use std::path::PathBuf;

#[test]
fn degrees_are_rounded_once_from_their_digits() {
    for (number, expected) in [
        ("0", 0),
        ("-0", 0),
        ("9.970252288628814", 9_970_252),
        ("36.9323055", 36_932_306),
        ("36.9323045", 36_932_305),
        ("36.93230449999999999", 36_932_304),
        ("-36.9323045", -36_932_305),
        ("0.0000004", 0),
        ("0.0000005", 1),
        ("4e-7", 0),
        ("5E-7", 1),
        ("9e-06", 9),
        ("1.5e1", 15_000_000),
        ("180", 180_000_000),
        ("-180.0", -180_000_000),
        // Not of this world, and still not taken for another place.
        ("2147.5", i32::MAX),
        ("1e300", i32::MAX),
        ("-1e300", -i32::MAX),
        ("1e-300", 0),
        ("0e999999999", 0),
    ] {
        assert_eq!(millionths(number), Ok(expected), "{number}");
    }
    for number in [
        "",
        "-",
        "\"9\"",
        "null",
        "[1]",
        "1e",
        "1e99999999999",
        "1.2.3",
    ] {
        assert!(millionths(number).is_err(), "{number}");
    }
}

fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},
        "geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    )
}

#[test]
fn a_file_is_read_exactly() {
    const SQUARE: &str = "[[1,2],[3,2],[3,4.0000004,77],[3,4],[1,2]]";
    let ring: Ring = [(2, 1), (2, 3), (4, 3), (2, 1)]
        .map(|(north, east)| (north * 1_000_000, east * 1_000_000))
        .to_vec();
    let code = |text| UnitCode::new(text).unwrap();
    let polygon = feature(r#"{"id":7}"#, "Polygon", &format!("[{SQUARE}]"));
    assert_eq!(
        outlines(&polygon, "id"),
        Ok(vec![(code("7"), vec![ring.clone()])])
    );
    let many = format!("[[{SQUARE}],[{SQUARE},{SQUARE}]]");
    let many = feature(r#"{"id":"x-7"}"#, "MultiPolygon", &many);
    assert_eq!(
        outlines(&format!("\u{feff}{many}"), "id"),
        Ok(vec![(code("x-7"), vec![ring; 3])])
    );
    let crs = |name: &str| {
        let member = format!(r#"{{"crs":{{"properties":{{"name":"{name}"}}}},"#);
        polygon.replacen('{', &member, 1)
    };
    assert!(outlines(&crs("urn:ogc:def:crs:OGC:1.3:CRS84"), "id").is_ok());
}

#[test]
fn what_is_no_file_of_outlines_is_refused_with_its_place() {
    let polygon = feature(r#"{"id":7}"#, "Polygon", "[[[1,2],[3,2],[3,4],[1,2]]]");
    let crs = |name: &str| {
        let member = format!(r#"{{"crs":{{"properties":{{"name":"{name}"}}}},"#);
        polygon.replacen('{', &member, 1)
    };
    for (text, refusal, says) in [
        ("", "outline.unreadable", "EOF"),
        ("[]", "outline.unreadable", "features"),
        ("{}", "outline.unreadable", "FeatureCollection"),
        (
            &crs("urn:ogc:def:crs:EPSG::32632"),
            "outline.other_system",
            "32632",
        ),
        (
            &feature(r#"{"ID":7}"#, "Polygon", "[]"),
            "outline.no_code",
            "feature 1: no text or number `id`; its properties are: ID",
        ),
        (
            &feature("null", "Polygon", "[]"),
            "outline.no_code",
            "feature 1",
        ),
        (
            &feature(r#"{"id":"a b"}"#, "Polygon", "[]"),
            "outline.no_code",
            "`id`",
        ),
        (
            &feature(r#"{"id":7}"#, "Point", "[1,2]"),
            "outline.unreadable",
            "Point",
        ),
        (
            &feature(r#"{"id":7}"#, "Polygon", "[[[1],[2]]]"),
            "outline.unreadable",
            "two numbers",
        ),
        (
            &feature(r#"{"id":7}"#, "Polygon", r#"[[["1",2]]]"#),
            "outline.unreadable",
            "no degree",
        ),
        (
            &polygon.replace("Polygon", "MultiPolygon"),
            "outline.unreadable",
            "feature 1",
        ),
    ] {
        let (code, why) = outlines(text, "id").unwrap_err();
        assert_eq!(code, refusal, "{text}: {why}");
        assert!(why.contains(says), "{text}: {why}");
    }
}

/// The files of boundaries below a folder.
fn boundaries(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            boundaries(&path, found);
        } else if name.ends_with(".geojson") || name.ends_with("_boundaries.json") {
            found.push(path);
        }
    }
}

/// The boundaries that authorities and others have published are read, and are outlines.
#[test]
fn published_boundaries_are_outlines() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !data.is_dir() {
        eprintln!("skipped: ../shared/data is absent");
        return;
    }
    let mut files = Vec::new();
    boundaries(&data, &mut files);
    // Other files have polygons of results, without a code for each unit.
    let coded = |path: &PathBuf| {
        let mut known = ["CIRC_ID", "code_gov", "id"].into_iter();
        known.find_map(|property| read(path, property).ok())
    };
    let coded = files.iter().filter_map(|path| Some((path, coded(path)?)));
    let coded: Vec<_> = coded.collect();
    assert!(coded.len() >= 3, "{files:?}");
    for (path, outlines) in coded {
        assert!(outlines.len() > 20, "{}", path.display());
        let file = path.display().to_string();
        let unit = |code: &str, parent: Option<&str>, level| Unit {
            code: UnitCode::new(code).unwrap(),
            parent: parent.map(|code| UnitCode::new(code).unwrap()),
            level,
            names: Names::plain(code),
            registered: None,
            place: None,
            outline: Vec::new(),
        };
        let below = outlines
            .iter()
            .map(|(code, _)| unit(code.as_str(), Some("n"), 1));
        let levels = ["nation", "district", "station"].map(|code| Level {
            code: code.to_owned(),
            names: Names::plain(code),
        });
        let units = core::iter::once(unit("n", None, 0)).chain(below);
        let tree = Geography::new(levels.to_vec(), units.collect()).unwrap();
        let tree = tree.with_outlines(outlines).unwrap();
        let units = tree.units().iter().filter(|unit| !unit.outline.is_empty());
        let outlines: Vec<&[Ring]> = units.map(|unit| unit.outline.as_slice()).collect();
        drawn(&outlines, &file);
    }
}

/// Every unit is on the drawing, and the paths of all of them fit on a page.
fn drawn(outlines: &[&[Ring]], name: &str) {
    let places = outlines.iter().flat_map(|rings| rings.iter()).flatten();
    let projection = Projection::of(places.copied()).unwrap();
    let units = draw::draw(outlines, &projection);
    let paths: Vec<String> = units.iter().map(|rings| draw::path(rings)).collect();
    let bytes: usize = paths.iter().map(String::len).sum();
    println!("{name}: {} units in {bytes} bytes", paths.len());
    assert!(bytes <= draw::MAX_BYTES, "{name}: {bytes}");
    assert_eq!(paths.len(), outlines.len(), "{name}");
    for rings in &units {
        let (_, room) = draw::middle(rings);
        assert!(room.0 > 0 && room.1 > 0, "{name}: {rings:?}");
    }
}

/// The invented nation of every reference load has a map that fits on a page: of its provinces, and
/// of the constituencies of each.
#[test]
fn the_invented_nation_fits_on_a_page() {
    const WAHAT: [&str; 3] = [
        include_str!("../../../../../jurisdictions/wahat/names.toml"),
        include_str!("../../../../../jurisdictions/wahat/scales.toml"),
        include_str!("../../../../../jurisdictions/wahat/profile.toml"),
    ];
    let data = Data::read(WAHAT[0], WAHAT[1]).unwrap();
    let law = Profile::from_toml(WAHAT[2]).unwrap();
    for (name, scale) in data
        .scales
        .iter()
        .filter(|(_, scale)| scale.stations < 12_000)
    {
        let tree = invent(&data, &law, scale, 1).unwrap().geography;
        for top in tree.places().filter(|top| tree.unit(*top).level < 2) {
            let below = tree.children(top).iter();
            let outlines: Vec<&[Ring]> =
                below.map(|ix| tree.unit(*ix).outline.as_slice()).collect();
            let name = format!("{name}: {}", tree.unit(top).code);
            drawn(&outlines, &name);
        }
    }
}
