//! Names of files are those of the specification, and one file has one name.

use super::*;
use proptest::prelude::*;

fn path(kind: TileKind, index: u64, width: u16) -> TilePath {
    TilePath { kind, index, width }
}

#[test]
fn names_are_those_of_the_specification() {
    let cases = [
        ("tile/0/000", path(TileKind::Hashes(0), 0, 256)),
        ("tile/0/x001/234", path(TileKind::Hashes(0), 1_234, 256)),
        (
            "tile/1/x001/x234/067",
            path(TileKind::Hashes(1), 1_234_067, 256),
        ),
        ("tile/63/999.p/255", path(TileKind::Hashes(63), 999, 255)),
        (
            "tile/entries/x001/000.p/1",
            path(TileKind::Entries, 1_000, 1),
        ),
        (
            "tile/2/x018/x446/x744/x073/x709/x551/615",
            path(TileKind::Hashes(2), u64::MAX, 256),
        ),
    ];
    for (text, path) in cases {
        assert_eq!(
            (TilePath::parse(text), path.to_string()),
            (Ok(path), text.to_owned())
        );
    }
}

#[test]
fn every_other_name_is_refused() {
    for text in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/256/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/a/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/x1/000",
        "tile/0/+01",
        "tile/0/000/",
        "/tile/0/000",
        "tile//0/000",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/+1",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/Entries/000",
        "tile/entries/../0/000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/٠٠٠",
        "tile/0/000 ",
        "checkpoint",
    ] {
        assert_eq!(TilePath::parse(text), Err(TileRefusal::PathUnfit), "{text}");
    }
}

/// The example of the specification: a tree of 70,000.
#[test]
fn a_log_has_the_files_of_its_size() {
    let count = |size, kind| {
        let of_kind = |path: &TilePath| path.kind() == kind;
        let (full, unfinished): (Vec<_>, Vec<_>) = TilePath::all(size)
            .filter(of_kind)
            .partition(|path| path.width() == TILE_WIDTH);
        (
            full.len(),
            unfinished
                .iter()
                .map(|path| path.width())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(count(70_000, TileKind::Entries), (273, vec![112]));
    assert_eq!(count(70_000, TileKind::Hashes(0)), (273, vec![112]));
    assert_eq!(count(70_000, TileKind::Hashes(1)), (1, vec![17]));
    assert_eq!(count(70_000, TileKind::Hashes(2)), (0, vec![1]));
    assert_eq!(count(70_000, TileKind::Hashes(3)), (0, vec![]));
    assert_eq!(count(256, TileKind::Hashes(0)), (1, vec![]));
    assert_eq!(count(256, TileKind::Hashes(1)), (0, vec![1]));
    assert_eq!(TilePath::all(0).count(), 0);
    assert_eq!(TilePath::all(70_000).count(), 273 + 1 + 273 + 1 + 1 + 1 + 1);
    let last = |kind| TilePath::last(kind, 70_000).map(|path| path.to_string());
    assert_eq!(
        last(TileKind::Entries).as_deref(),
        Some("tile/entries/273.p/112")
    );
    assert_eq!(
        last(TileKind::Hashes(1)).as_deref(),
        Some("tile/1/001.p/17")
    );
    assert_eq!(last(TileKind::Hashes(3)), None);
    assert_eq!(
        TilePath::last(TileKind::Hashes(7), u64::MAX).map(TilePath::width),
        Some(255)
    );
    assert_eq!(TilePath::last(TileKind::Hashes(63), u64::MAX), None);
}

#[test]
fn bundles_hold_entries_with_their_lengths() {
    let mut bundle = Vec::new();
    let long = vec![b'x'; MAX_ENTRY_LEN];
    for entry in [&b""[..], b"a", &long] {
        push_entry(&mut bundle, entry).unwrap();
    }
    assert_eq!(bundle[..6], [0, 0, 0, 1, b'a', 0xff]);
    assert_eq!(
        entries_of(&bundle, 3),
        Ok(vec![2..2, 4..5, 7..7 + MAX_ENTRY_LEN])
    );
    let before = bundle.clone();
    let too_long = push_entry(&mut bundle, &vec![0; MAX_ENTRY_LEN + 1]);
    assert_eq!(
        (too_long, &bundle),
        (Err(TileRefusal::EntryTooLong), &before)
    );

    let malformed = Err(TileRefusal::BundleMalformed);
    for width in [0, 1, 2, 4, 256] {
        assert_eq!(entries_of(&bundle, width), malformed, "{width}");
    }
    for cut in [0, 1, 2, 3, 5, 6, bundle.len() - 1] {
        assert_eq!(entries_of(&bundle[..cut], 3), malformed, "{cut}");
    }
    assert_eq!(entries_of(&[&bundle[..], &[0]].concat(), 3), malformed);
    assert_eq!(
        hashes_of(&[7; 64], 2),
        Ok(vec![Hash::from_bytes([7; 32]); 2])
    );
    for (len, width) in [(0, 1), (31, 1), (33, 1), (64, 1), (32, 2)] {
        assert_eq!(
            hashes_of(&vec![0; len], width),
            Err(TileRefusal::WrongLength)
        );
    }
}

proptest! {
    #[test]
    fn one_file_has_one_name(level in 0_u8..64, index: u64, width in 1_u16..=256, entries: bool) {
        let kind = if entries { TileKind::Entries } else { TileKind::Hashes(level) };
        let path = path(kind, index, width);
        prop_assert_eq!(TilePath::parse(&path.to_string()), Ok(path));
    }

    #[test]
    fn what_parses_prints_the_same(
        text in "tile/([0-9]{1,3}|entries)(/x[0-9]{3}){0,7}/[0-9]{3}(\\.p/[0-9]{1,3})?",
    ) {
        if let Ok(path) = TilePath::parse(&text) {
            prop_assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in "\\PC*", bytes: Vec<u8>, width: u16) {
        prop_assert_eq!(TilePath::parse(&text), Err(TileRefusal::PathUnfit));
        let _ = (entries_of(&bytes, width), hashes_of(&bytes, width));
    }
}
