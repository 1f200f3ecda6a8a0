//! A PNG (W3C, third edition), chunk by chunk. Kept are the chunks that make the picture; texts,
//! times, Exif, profiles and whatever stands behind the end go.

use super::Whole;
use super::parts::Parts;

/// How a PNG begins.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Whether a chunk makes the picture and may hold so many bytes; the data alone has no bound.
fn is_kept(name: [u8; 4], length: usize) -> Option<bool> {
    let fits = match &name {
        b"IHDR" => length == 13,
        b"PLTE" => length <= 3 * 256,
        b"tRNS" => length <= 256,
        b"IEND" => length == 0,
        b"IDAT" => true,
        // A chunk that must be understood has a large first letter (5.4).
        _ if name[0].is_ascii_uppercase() => false,
        _ => return name.iter().all(u8::is_ascii_alphabetic).then_some(false),
    };
    fits.then_some(true)
}

/// The picture put together again from what makes it; `None` when it cannot be read to its end.
pub(super) fn rebuild(sent: &[u8]) -> Option<Whole> {
    let mut parts = Parts(sent.strip_prefix(&SIGNATURE)?);
    let mut bytes = Vec::with_capacity(sent.len());
    bytes.extend_from_slice(&SIGNATURE);
    let (mut sides, mut palette, mut data) = (None, false, false);
    loop {
        let before = parts.0;
        let length = usize::try_from(parts.four()?).ok()?;
        let named = parts.take(length.checked_add(4)?)?;
        let (name, own) = named.split_first_chunk::<4>()?;
        if parts.four()? != checksum(named) {
            return None;
        }
        match (name, sides) {
            (b"IHDR", None) => sides = Some(header(own)?),
            // The header stands first and once.
            (b"IHDR", Some(_)) | (_, None) => return None,
            // One palette of whole colours, before the data.
            (b"PLTE", _) if data || palette || own.len() % 3 != 0 => return None,
            (b"PLTE", _) => palette = true,
            (b"IDAT", _) => data = true,
            _ => {}
        }
        if is_kept(*name, own.len())? {
            bytes.extend_from_slice(&before[..before.len() - parts.0.len()]);
        }
        if name == b"IEND" {
            break;
        }
    }
    let (width, height) = sides.filter(|_| data)?;
    Some(Whole {
        bytes,
        width,
        height,
    })
}

/// Width and height; `None` unless the rest of the header is one of those that the format has
/// (clause 11.2.1), with eight bits at most: sixteen double what whoever looks must hold.
fn header(own: &[u8]) -> Option<(u32, u32)> {
    let mut parts = Parts(own);
    let sides = (parts.four()?, parts.four()?);
    let fits = match *parts.0 {
        [depth, colour, 0, 0, 0 | 1] => match colour {
            0 => matches!(depth, 1 | 2 | 4 | 8),
            3 => matches!(depth, 1 | 2 | 4 | 8),
            2 | 4 | 6 => depth == 8,
            _ => false,
        },
        _ => false,
    };
    fits.then_some(sides)
}

/// The remainders of the bytes 0 to 255 (annex D).
const REMAINDERS: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256_u32 {
        let (mut rest, mut bit) = (byte, 0);
        while bit < 8 {
            rest = match rest & 1 {
                1 => 0xedb8_8320 ^ (rest >> 1),
                _ => rest >> 1,
            };
            bit += 1;
        }
        // The table has as many places as a byte has values.
        table[byte as usize] = rest;
        byte += 1;
    }
    table
};

/// CRC-32 of name and data of a chunk.
fn checksum(bytes: &[u8]) -> u32 {
    let rest = bytes.iter().fold(u32::MAX, |rest, byte| {
        let [low, ..] = (rest ^ u32::from(*byte)).to_le_bytes();
        REMAINDERS[usize::from(low)] ^ (rest >> 8)
    });
    !rest
}
