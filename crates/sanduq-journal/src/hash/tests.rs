//! Hashes have one form each, and leaves and nodes never meet.

use super::*;

#[test]
fn a_hash_has_one_form() {
    let hash = Hash::of_bytes(b"abc");
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let base64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    assert_eq!(
        (hash.to_string(), hash.to_base64()),
        (hex.into(), base64.into())
    );
    assert_eq!(format!("{hash:?}"), format!("#{hex}"));
    assert_eq!(
        (Hash::from_hex(hex), Hash::from_base64(base64)),
        (Ok(hash), Ok(hash))
    );
}

#[test]
fn any_other_text_is_refused() {
    let hex = Hash::of_bytes(b"abc").to_string();
    for text in [
        "",
        &hex[1..],
        &format!("{hex}0"),
        &hex.to_uppercase(),
        &hex.replace('b', "g"),
    ] {
        assert_eq!(Hash::from_hex(text), Err(HashRefusal::NotHex), "{text}");
    }
    let long = [&hex, "00"].concat();
    assert_eq!(Hash::from_hex(&long), Err(HashRefusal::NotHex));
    let base64 = Hash::of_bytes(b"abc").to_base64();
    let loose_bits = base64.replace("0=", "1=");
    let cases = [
        "",
        &base64[..43],
        &base64[1..],
        &loose_bits,
        &format!("{base64}\n"),
        "AAAA",
    ];
    for text in cases {
        assert_eq!(
            Hash::from_base64(text),
            Err(HashRefusal::NotBase64),
            "{text}"
        );
    }
}

#[test]
fn a_node_is_no_entry() {
    let (left, right) = (Hash::of_leaf(b"l"), Hash::of_leaf(b"r"));
    let joined = [*left.as_bytes(), *right.as_bytes()].concat();
    let node = Hash::of_node(&left, &right);
    assert_eq!(node, Hash::of_bytes(&[&[1], &joined[..]].concat()));
    assert_ne!(node, Hash::of_leaf(&joined));
    assert_ne!(node, Hash::of_node(&right, &left));
}
