mod adding;

use super::*;
use sanduq_core::refusal::Refusal;

fn segment(code: u8, own: &[u8]) -> Vec<u8> {
    let length = u16::try_from(own.len() + 2).unwrap();
    [&[0xff, code], &length.to_be_bytes()[..], own].concat()
}

fn frame(code: u8, width: u16, height: u16) -> Vec<u8> {
    let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
    let own = [&[8], &height[..], &width[..], &[1, 1, 0x11, 0]].concat();
    segment(code, &own)
}

/// The coded data of a scan holds a zero behind `ff`, and a mark of a restart.
const SCAN: [u8; 7] = [1, 2, 0xff, 0x00, 0xff, 0xd3, 9];

fn scan() -> Vec<u8> {
    [segment(0xda, &[1, 1, 0, 0, 63, 0]), SCAN.to_vec()].concat()
}

/// A JPEG with `extra` before its tables.
fn jpeg(width: u16, height: u16, extra: &[Vec<u8>]) -> Vec<u8> {
    let table = segment(0xdb, &[7; 65]);
    let parts = [
        &[0xff, 0xd8][..],
        &extra.concat(),
        &table,
        &frame(0xc0, width, height),
        &scan(),
        &[0xff, 0xd9],
    ];
    parts.concat()
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut rest = u32::MAX;
    for byte in bytes {
        rest ^= u32::from(*byte);
        for _ in 0..8 {
            rest = (rest >> 1) ^ (0xedb8_8320 * (rest & 1));
        }
    }
    !rest
}

fn chunk(name: &[u8; 4], own: &[u8]) -> Vec<u8> {
    let named = [&name[..], own].concat();
    let length = u32::try_from(own.len()).unwrap().to_be_bytes();
    [&length[..], &named, &checksum(&named).to_be_bytes()].concat()
}

fn header(width: u32, height: u32) -> Vec<u8> {
    let own = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[1, 0, 0, 0, 0],
    ];
    chunk(b"IHDR", &own.concat())
}

/// A PNG with `extra` before its data.
fn png(width: u32, height: u32, extra: &[Vec<u8>]) -> Vec<u8> {
    let parts = [
        &b"\x89PNG\r\n\x1a\n"[..],
        &header(width, height),
        &extra.concat(),
        &chunk(b"IDAT", &[1, 2, 3]),
        &chunk(b"IEND", &[]),
    ];
    parts.concat()
}

/// Exif that tells a position and the way up.
fn exif(up: u16, big: bool) -> Vec<u8> {
    let two = |n: u16| match big {
        true => n.to_be_bytes(),
        false => n.to_le_bytes(),
    };
    let four = |n: u32| match big {
        true => n.to_be_bytes(),
        false => n.to_le_bytes(),
    };
    let field = |tag: u16, kind: u16, value: [u8; 4]| {
        [&two(tag)[..], &two(kind), &four(1), &value].concat()
    };
    let way = [two(up), [0, 0]].concat().try_into().unwrap();
    let own = [
        b"Exif\0\0".to_vec(),
        if big {
            b"MM\0*".to_vec()
        } else {
            b"II*\0".to_vec()
        },
        four(8).to_vec(),
        two(3).to_vec(),
        field(0x010f, 2, *b"NAME"),
        field(0x0112, 3, way),
        field(0x8825, 4, four(50)),
        four(0).to_vec(),
        b"GPS 33.8869 N 9.5375 E".to_vec(),
    ];
    segment(0xe1, &own.concat())
}

fn jfif(small: &[u8]) -> Vec<u8> {
    let fixed = b"JFIF\0\x01\x02\x01\0\x48\0\x48\x04\x01";
    segment(0xe0, &[&fixed[..], small].concat())
}

/// The minimal Exif that is kept.
fn way_up(up: u8) -> Vec<u8> {
    let own = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    segment(0xe1, &[&own[..], &[up, 0, 0, 0, 0, 0, 0]].concat())
}

/// Pictures that are taken.
fn taken() -> Vec<(&'static str, Vec<u8>)> {
    let mut long = jpeg(1200, 1600, &[]);
    long.resize(LONGEST, 0);
    vec![
        ("a photograph", jpeg(1200, 1600, &[])),
        ("progressive", unlike(0xc0, 0xc2)),
        ("a scan", png(1200, 1600, &[])),
        ("a note that is no must", noted(b"quRo")),
        ("as long as it may be", long),
        ("the least side", jpeg(800, 1100, &[])),
        ("the longest side", png(800, LONGEST_SIDE, &[])),
        (
            "tables of codes",
            jpeg(1200, 1600, &[codes(), segment(0xdd, &[0, 4])]),
        ),
        ("a palette", png(900, 900, &[chunk(b"PLTE", &[9; 6])])),
    ]
}

/// A table of codes (B.2.4.2): one code of one bit, two of two.
fn codes() -> Vec<u8> {
    segment(0xc4, &[&[0, 1, 2][..], &[0; 14], &[5, 6, 7]].concat())
}

/// A picture with another marker in the place of its first of a kind.
fn unlike(from: u8, to: u8) -> Vec<u8> {
    let mut bytes = jpeg(1200, 1600, &[]);
    let at = bytes.windows(2).position(|two| two == [0xff, from]);
    bytes[at.unwrap() + 1] = to;
    bytes
}

fn noted(name: &[u8; 4]) -> Vec<u8> {
    png(1200, 1600, &[chunk(name, b"hidden here")])
}

/// Pictures that cannot be read to their end.
fn damaged() -> Vec<(&'static str, Vec<u8>)> {
    let (whole, scanned) = (jpeg(1200, 1600, &[]), png(1200, 1600, &[]));
    let cut = |bytes: &[u8], by: usize| bytes[..bytes.len() - by].to_vec();
    let mut crooked = scanned.clone();
    // The last byte of the data, behind which stand its checksum and the end.
    let last = crooked.len() - 17;
    crooked[last] ^= 1;
    let (frame, end) = (frame(0xc0, 1200, 1600), [0xff, 0xd9]);
    let twice = [&cut(&whole, 2)[..], &frame, &scan(), &end].concat();
    let no_scan = [&[0xff, 0xd8][..], &frame, &end].concat();
    let palette = chunk(b"PLTE", &[0; 771]);
    let known = vec![
        ("cut off at the end", cut(&whole, 1)),
        ("cut off in the scan", cut(&whole, 6)),
        ("only its beginning", cut(&whole, 60)),
        ("cut off before the end", cut(&scanned, 12)),
        ("a byte turned", crooked),
        ("arithmetic coding", unlike(0xc0, 0xc9)),
        ("lossless", unlike(0xc0, 0xc3)),
        ("two frames", twice),
        ("no scan", no_scan),
        ("an unknown must", noted(b"HIDE")),
        ("a palette too long", png(900, 900, &[palette])),
        ("two headers", png(900, 900, &[header(900, 900)])),
    ];
    [known, padded()].concat()
}

/// Pictures with room for something that nobody sees, or none of the kinds that the formats have.
fn padded() -> Vec<(&'static str, Vec<u8>)> {
    let (scanned, frame, end) = (png(900, 900, &[]), frame(0xc0, 1200, 1600), [0xff, 0xd9]);
    let six = chunk(b"PLTE", &[0; 6]);
    let late = [chunk(b"IDAT", &[1]), six.clone()];
    let photo = |code, own: &[u8]| jpeg(1200, 1600, &[segment(code, own)]);
    let unseen = [
        &[0xff, 0xd8][..],
        &frame,
        &segment(0xda, &[1, 1, 0, 0, 63, 0]),
        &end,
    ]
    .concat();
    let mut deep = vec![];
    for (depth, colour) in [(16, 2), (99, 0), (8, 1), (4, 2)] {
        let own = [
            &900_u32.to_be_bytes()[..],
            &900_u32.to_be_bytes(),
            &[depth, colour, 0, 0, 0],
        ];
        let parts = [
            &scanned[..8],
            &chunk(b"IHDR", &own.concat()),
            &scanned[33..],
        ];
        deep.push((
            "a depth or colour that is none, or too deep",
            parts.concat(),
        ));
    }
    let more = vec![
        (
            "words in a table of steps",
            photo(0xdb, b"\0call 98 123 456"),
        ),
        (
            "words behind a table of steps",
            photo(0xdb, &[&[0; 65][..], b"call"].concat()),
        ),
        (
            "words behind a table of codes",
            photo(0xc4, &[&codes()[4..], b"call"].concat()),
        ),
        ("words in a step of restarts", photo(0xdd, b"call")),
        ("a scan of nothing", unseen),
        (
            "a palette of parts of colours",
            png(900, 900, &[chunk(b"PLTE", &[0; 4])]),
        ),
        ("two palettes", png(900, 900, &[six.clone(), six])),
        ("a palette behind the data", png(900, 900, &late)),
    ];
    [more, deep].concat()
}

/// Files that are no picture, or none that is taken.
const OTHERS: [(&str, &[u8]); 5] = [
    ("a page", b"<!doctype html>"),
    ("GIF", b"GIF89a........"),
    ("WebP", b"RIFF\0\0\0\0WEBPVP8 "),
    ("HEIC", b"\0\0\0\x18ftypheic"),
    ("a drawing", b"<svg xmlns=''/>"),
];

#[test]
fn what_is_taken_and_what_is_refused() {
    let mut long = jpeg(1200, 1600, &[]);
    long.resize(LONGEST + 1, 0);
    let sizes = [
        ("nothing", Vec::new(), "image.empty"),
        ("a byte too long", long, "image.too_long"),
        ("a side too small", jpeg(799, 3000, &[]), "image.too_small"),
        ("no height", jpeg(1200, 0, &[]), "image.too_small"),
        ("a side too long", jpeg(900, 12_001, &[]), "image.too_large"),
        ("much too long", png(u32::MAX, 900, &[]), "image.too_large"),
    ];
    let taken = taken().into_iter().map(|(name, sent)| (name, sent, ""));
    let damaged = damaged().into_iter();
    let damaged = damaged.map(|(name, sent)| (name, sent, "image.damaged"));
    let others = OTHERS.map(|(name, sent)| (name, sent.to_vec(), "image.not_an_image"));
    for (name, sent, code) in taken.chain(damaged).chain(others).chain(sizes) {
        let told = clean(&sent).map(|_| "").unwrap_or_else(|no| no.code());
        assert_eq!(told, code, "{name}");
    }
}

/// A segment, and what is kept of it.
type Beside = (&'static str, Vec<u8>, Vec<Vec<u8>>);

/// What a JPEG has beside the picture, and what is kept of it.
fn beside() -> Vec<Beside> {
    let mut small_gone = jfif(&[]);
    let end = small_gone.len();
    small_gone[end - 2..].fill(0);
    let adobe = b"Adobe\0\x64\0\0\0\0\x01 and a name";
    let short = segment(0xee, &adobe[..12]);
    let no_fields = b"Exif\0\0MM\0*\xff\xff\xff\xff";
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x/>";
    vec![
        ("Exif with a position", exif(1, true), vec![]),
        ("held on its side", exif(6, true), vec![way_up(6)]),
        ("the other end first", exif(8, false), vec![way_up(8)]),
        ("no way up", exif(9, true), vec![]),
        ("no fields", segment(0xe1, no_fields), vec![]),
        ("XMP", segment(0xe1, xmp), vec![]),
        ("a comment", segment(0xfe, b"by somebody"), vec![]),
        ("a profile", segment(0xe2, b"ICC_PROFILE\0"), vec![]),
        ("notes", segment(0xed, b"Photoshop 3.0\0"), vec![]),
        ("a small picture", jfif(&[7; 12]), vec![small_gone]),
        ("colours", segment(0xee, adobe), vec![short]),
    ]
}

#[test]
fn nothing_of_a_person_or_a_place_is_kept_and_the_way_up_is() {
    let bare = jpeg(1200, 1600, &[]);
    let behind = [&bare[..], b"a second picture with its position"].concat();
    let filled = [&[0xff, 0xd8, 0xff, 0xff][..], &bare[3..]].concat();
    let whole = [
        ("nothing beside", bare.clone(), bare.clone()),
        ("a picture behind it", behind, bare.clone()),
        ("more marks than one", filled, bare),
    ];
    let beside = beside().into_iter();
    let beside = beside.map(|(name, sent, kept)| {
        let sent = jpeg(1200, 1600, &[sent]);
        (name, sent, jpeg(1200, 1600, &kept))
    });
    for (name, sent, kept) in beside.chain(whole) {
        assert_eq!(clean(&sent).unwrap().bytes, kept, "{name}");
        assert_eq!(clean(&kept).unwrap().bytes, kept, "{name}, again");
    }
    let bare = png(900, 1200, &[]);
    for name in [
        b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"pHYs", b"acTL",
    ] {
        let sent = png(900, 1200, &[chunk(name, b"GPS 33.8869 N 9.5375 E")]);
        assert_eq!(clean(&sent).unwrap().bytes, bare, "{name:?}");
    }
    let palette = png(900, 1200, &[chunk(b"PLTE", &[0; 6]), chunk(b"tRNS", &[9])]);
    let behind = [&palette[..], b"and more"].concat();
    assert_eq!(clean(&behind).unwrap().bytes, palette);
}

#[test]
fn the_digest_and_the_sides_are_those_of_what_is_kept() {
    let picture = clean(&jpeg(1200, 1600, &[exif(6, true)])).unwrap();
    assert_eq!((picture.width, picture.height), (1200, 1600));
    assert_eq!(picture.file.kind, Kind::Jpeg);
    assert_eq!(picture.file.size, picture.bytes.len() as u64);
    assert_eq!(
        picture.file.digest,
        crate::publication::digest(&picture.bytes)
    );
    assert_eq!(picture.file.name(), format!("{}.jpg", picture.file.digest));
    for kind in Kind::ALL {
        assert_eq!(Kind::from_code(kind.code()), Some(kind));
    }
}

/// Whatever is changed or cut off anywhere: a no or a picture, and what is kept is kept again.
#[test]
fn no_bytes_bring_it_down() {
    let extra = [exif(6, true), jfif(&[1, 2, 3])];
    for whole in [
        jpeg(900, 900, &extra),
        png(900, 900, &[chunk(b"tEXt", b"x")]),
    ] {
        for at in 0..whole.len() {
            drop(clean(&whole[..at]));
            for to in [0x00, 0x01, 0x7f, 0xd9, 0xff] {
                let mut other = whole.clone();
                other[at] = to;
                if let Ok(picture) = clean(&other) {
                    assert_eq!(clean(&picture.bytes).unwrap(), picture, "{at} {to}");
                }
            }
        }
    }
}
