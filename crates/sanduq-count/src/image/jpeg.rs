//! A JPEG (ITU-T T.81), marker by marker. Kept are the tables, the frame and its scans, what tells
//! how colours are meant (JFIF and Adobe, cut to their fixed part) and the way up (one field of
//! Exif, written anew). Everything else goes: Exif with its position, time, names and small
//! picture, XMP, notes of the maker, comments, colour profiles, and whatever stands behind the end.

use super::Whole;
use super::parts::Parts;

/// How a JPEG begins.
pub(super) const SIGNATURE: [u8; 3] = [0xff, 0xd8, 0xff];

const SOF0: u8 = 0xc0;
const SOF2: u8 = 0xc2;
const DHT: u8 = 0xc4;
const RST0: u8 = 0xd0;
const RST7: u8 = 0xd7;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const DRI: u8 = 0xdd;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

/// What stands before the tables.
#[derive(Default)]
struct Head {
    jfif: Option<[u8; 14]>,
    up: Option<u8>,
    adobe: Option<[u8; 12]>,
}

/// The picture put together again from what makes it; `None` when it cannot be read to its end.
pub(super) fn rebuild(sent: &[u8]) -> Option<Whole> {
    let mut parts = Parts(sent.get(2..)?);
    let mut head = Head::default();
    let mut body = Vec::with_capacity(sent.len());
    let (mut frame, mut scans) = (None, 0_u32);
    loop {
        match marker(&mut parts)? {
            EOI => break,
            code @ SOF0..=SOF2 => {
                let own = segment(&mut parts)?;
                let size = sides(own)?;
                if frame.replace(size).is_some() {
                    return None;
                }
                put(&mut body, code, own)?;
            }
            code @ (DHT | DQT | DRI) => {
                let own = segment(&mut parts)?;
                tables(code, own)?;
                put(&mut body, code, own)?;
            }
            SOS => {
                frame?;
                let own = segment(&mut parts)?;
                // So many components, two bytes for each, and three more (B.2.3).
                let colours = usize::from(*own.first()?);
                if !matches!(colours, 1..=3) || own.len() != 4 + 2 * colours {
                    return None;
                }
                put(&mut body, SOS, own)?;
                let data = scan(&mut parts).filter(|data| !data.is_empty())?;
                body.extend_from_slice(data);
                scans += 1;
            }
            code @ APP0..=APP15 => head.note(code, segment(&mut parts)?),
            COM => drop(segment(&mut parts)?),
            _ => return None,
        }
    }
    let (width, height) = frame.filter(|_| scans > 0)?;
    let mut bytes = head.bytes()?;
    bytes.extend_from_slice(&body);
    bytes.extend_from_slice(&[0xff, EOI]);
    Some(Whole {
        bytes,
        width,
        height,
    })
}

/// The next marker; bytes of `ff` may stand before it (B.1.1.2).
fn marker(parts: &mut Parts<'_>) -> Option<u8> {
    if parts.byte()? != 0xff {
        return None;
    }
    loop {
        match parts.byte()? {
            0xff => {}
            0x00 => return None,
            code => return Some(code),
        }
    }
}

/// What a segment holds; its length counts itself.
fn segment<'a>(parts: &mut Parts<'a>) -> Option<&'a [u8]> {
    let length = usize::from(parts.two()?).checked_sub(2)?;
    parts.take(length)
}

/// Whether a segment is tables from its first byte to its last (B.2.4): room for nothing else.
fn tables(code: u8, own: &[u8]) -> Option<()> {
    let mut parts = Parts(own);
    while !parts.0.is_empty() {
        match code {
            DRI => drop(parts.two().filter(|_| own.len() == 2)?),
            DQT => match parts.byte()? >> 4 {
                0 => drop(parts.take(64)?),
                1 => drop(parts.take(128)?),
                _ => return None,
            },
            _ => {
                let (kind, counts) = parts.take(17)?.split_first()?;
                let values = counts.iter().map(|count| usize::from(*count)).sum();
                parts
                    .take(values)
                    .filter(|_| *kind >> 4 <= 1 && values <= 256)?;
            }
        }
    }
    Some(())
}

fn put(bytes: &mut Vec<u8>, code: u8, own: &[u8]) -> Option<()> {
    let length = u16::try_from(own.len() + 2).ok()?;
    bytes.extend_from_slice(&[0xff, code]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(own);
    Some(())
}

/// Width and height of a frame of eight bits, grey or in three colours (B.2.2).
fn sides(frame: &[u8]) -> Option<(u32, u32)> {
    let mut parts = Parts(frame);
    let bits = parts.byte()?;
    let (height, width) = (parts.two()?, parts.two()?);
    let colours = parts.byte()?;
    let fits = bits == 8 && matches!(colours, 1 | 3) && parts.0.len() == usize::from(colours) * 3;
    fits.then_some((width.into(), height.into()))
}

/// The coded data of a scan, up to the marker behind it: `ff` in it is followed by zero or begins
/// one of the eight marks of a restart.
fn scan<'a>(parts: &mut Parts<'a>) -> Option<&'a [u8]> {
    let rest = parts.0;
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | RST0..=RST7);
    let length = rest.windows(2).position(ends)?;
    parts.take(length)
}

impl Head {
    /// Notes what of an application's segment is kept.
    fn note(&mut self, code: u8, own: &[u8]) {
        match code {
            APP0 if self.jfif.is_none() => self.jfif = jfif(own),
            APP1 if self.up.is_none() => self.up = own.strip_prefix(b"Exif\0\0").and_then(up),
            APP14 if self.adobe.is_none() => self.adobe = adobe(own),
            _ => {}
        }
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = SIGNATURE[..2].to_vec();
        if let Some(jfif) = &self.jfif {
            put(&mut bytes, APP0, jfif)?;
        }
        if let Some(up) = self.up {
            let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
            exif.extend_from_slice(&[up, 0, 0, 0, 0, 0, 0]);
            put(&mut bytes, APP1, &exif)?;
        }
        if let Some(adobe) = &self.adobe {
            put(&mut bytes, APP14, adobe)?;
        }
        Some(bytes)
    }
}

/// The fixed part of JFIF, without its small picture.
fn jfif(own: &[u8]) -> Option<[u8; 14]> {
    let mut fixed: [u8; 14] = own.get(..14)?.try_into().ok()?;
    fixed[12..].fill(0);
    fixed.starts_with(b"JFIF\0").then_some(fixed)
}

/// The fixed part of Adobe's segment, which tells how the colours are coded.
fn adobe(own: &[u8]) -> Option<[u8; 12]> {
    let fixed: [u8; 12] = own.get(..12)?.try_into().ok()?;
    fixed.starts_with(b"Adobe").then_some(fixed)
}

/// The way up (Exif 3.0, tag 0112), where it is another than as it lies.
fn up(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match big {
            true => u16::from_be_bytes(pair),
            false => u16::from_le_bytes(pair),
        })
    };
    let first: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let first = match big {
        true => u32::from_be_bytes(first),
        false => u32::from_le_bytes(first),
    };
    let first = usize::try_from(first).ok()?;
    let fields = usize::from(two(first)?);
    let mut fields = (0..fields).map(|nth| first.saturating_add(2 + nth * 12));
    let field = fields.find(|at| two(*at) == Some(0x0112))?;
    let is_short = two(field.saturating_add(2)) == Some(3);
    let way = u8::try_from(two(field.saturating_add(8))?).ok()?;
    (is_short && (2..=8).contains(&way)).then_some(way)
}
