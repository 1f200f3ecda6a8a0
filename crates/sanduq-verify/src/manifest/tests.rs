//! A manifest has one text, and every other is refused by name.

use super::*;
use sanduq_core::refusal::Refusal;

fn manifest() -> Manifest {
    let mut manifest = Manifest::default();
    for path in ["a.json", "b/c.csv", "b-d"] {
        manifest.add(path, Listed::of(path.as_bytes())).unwrap();
    }
    manifest
}

fn codes(text: &str) -> Vec<&'static str> {
    Manifest::read(text.as_bytes())
        .1
        .iter()
        .map(Refusal::code)
        .collect()
}

#[test]
fn a_manifest_has_one_text() {
    let text = String::from_utf8(manifest().to_bytes()).unwrap();
    let digests: Vec<_> = ["a.json", "b-d", "b/c.csv"]
        .map(|path| Hash::of_bytes(path.as_bytes()))
        .into();
    let rows = [
        "{".to_owned(),
        "\"format\":1,".to_owned(),
        "\"files\":[".to_owned(),
        format!(
            "{{\"path\":\"a.json\",\"sha256\":\"{}\",\"size\":6}},",
            digests[0]
        ),
        format!(
            "{{\"path\":\"b-d\",\"sha256\":\"{}\",\"size\":3}},",
            digests[1]
        ),
        format!(
            "{{\"path\":\"b/c.csv\",\"sha256\":\"{}\",\"size\":7}}]}}",
            digests[2]
        ),
        String::new(),
    ];
    assert_eq!(text, rows.join("\n"));
    assert_eq!(Manifest::read(text.as_bytes()), (Some(manifest()), vec![]));
    let empty = Manifest::default();
    assert_eq!(Manifest::read(&empty.to_bytes()), (Some(empty), vec![]));
}

#[test]
fn the_same_in_other_bytes_is_refused() {
    let text = String::from_utf8(manifest().to_bytes()).unwrap();
    for other in [
        text.trim_end().to_owned(),
        format!("{text}\n"),
        format!(" {text}"),
        text.replace('\n', ""),
        text.replace(":1,", ": 1,"),
        text.replace("a.json", "\\u0061.json"),
        text.replacen("\"format\":1,\n", "", 1)
            .replace("]}", "],\"format\":1}"),
    ] {
        assert_eq!(codes(&other), ["manifest.not_canonical"], "{other}");
    }
}

#[test]
fn other_texts_are_refused_by_name() {
    let text = String::from_utf8(manifest().to_bytes()).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    let twice = text.replacen("b-d", "a.json", 1);
    let malformed = [
        String::new(),
        "[]".into(),
        text.replace("\"size\":6", "\"size\":-6"),
        text.replace("\"size\":6", "\"size\":6.0"),
        text.replace("\"size\":6", "\"size\":6,\"size\":6"),
        text.replace("\"size\":6", "\"length\":6"),
        text.replace("\"format\":1", "\"format\":2"),
        text.replace("\"format\":1", "\"format\":1,\"note\":\"\""),
        text.replacen("\"sha256\":\"", "\"sha256\":\"0", 1),
    ];
    for text in malformed {
        assert_eq!(codes(&text), ["manifest.malformed"], "{text}");
        assert_eq!(Manifest::read(text.as_bytes()).0, None);
    }
    assert_eq!(codes(&twice), ["manifest.paths_not_sorted"]);
    lines.swap(3, 4);
    assert_eq!(codes(&lines.join("\n")), ["manifest.paths_not_sorted"]);
    for path in [
        "",
        "/a",
        "a/",
        "a//b",
        "./a",
        "../a",
        "a/../b",
        ".hidden",
        "a/.b",
        "a b",
        "a\\\\b",
        "é",
        "manifest.json",
        "journal/checkpoint",
        "journal/x",
        "a:b",
        "a*",
        "\\u0000",
    ] {
        assert_eq!(
            codes(&text.replace("a.json", path)),
            ["manifest.path_unfit"],
            "{path:?}"
        );
    }
    let mut manifest = manifest();
    let again = manifest.add("a.json", Listed::of(b""));
    assert_eq!(again, Err(Fault::PathsNotSorted("a.json".into())));
}
