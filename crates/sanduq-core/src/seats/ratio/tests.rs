use super::*;

fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

#[test]
fn written_and_read() {
    let table = [
        ("0", ratio(0, 1)),
        ("3", ratio(3, 1)),
        ("3/100", ratio(3, 100)),
        ("6/4", ratio(3, 2)),
        ("1.4", ratio(7, 5)),
        ("0.0005", ratio(1, 2_000)),
        ("20%", ratio(1, 5)),
        ("0.5%", ratio(1, 200)),
        ("100%", ratio(1, 1)),
        ("1/3%", ratio(1, 300)),
        ("4294967295", ratio(4_294_967_295, 1)),
    ];
    for (text, expected) in table {
        assert_eq!(Ratio::parse(text), Some(expected), "{text}");
    }
    let bad = [
        "",
        "%",
        "/",
        ".",
        "1/",
        "/2",
        "1/0",
        "1.",
        ".5",
        "-1",
        "+1",
        "1e3",
        "1,4",
        " 1",
        "1 %",
        "٣",
        "1/2/3",
        "1.2.3",
        "4294967296",
        "1/4294967296",
        "0.00000000000000000000000000000001",
    ];
    for text in bad {
        assert_eq!(Ratio::parse(text), None, "{text}");
    }
}

#[test]
fn shown_as_a_mixed_number_and_stored_as_a_fraction() {
    for (value, shown, stored) in [
        (ratio(0, 5), "0", "\"0\""),
        (ratio(10, 5), "2", "\"2\""),
        (ratio(3, 7), "3/7", "\"3/7\""),
        (ratio(100_000, 7), "14285 5/7", "\"100000/7\""),
    ] {
        assert_eq!(value.to_string(), shown);
        assert_eq!(serde_json::to_string(&value).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Ratio>(stored).unwrap(), value);
    }
}

#[test]
fn arithmetic() {
    let (half, third) = (ratio(1, 2), ratio(1, 3));
    assert_eq!(half.plus(third), Some(ratio(5, 6)));
    assert_eq!(half.minus(third), Some(ratio(1, 6)));
    assert_eq!(third.minus(half), None);
    assert_eq!(half.times(third), Some(ratio(1, 6)));
    assert_eq!(half.over(third), Some(ratio(3, 2)));
    assert_eq!(half.over(Ratio::ZERO), None);
    assert_eq!(Ratio::new(1, 0), None);
    for (value, floor, ceiling, nearest) in [
        (ratio(7, 2), 3, 4, 4),
        (ratio(10, 3), 3, 4, 3),
        (ratio(11, 3), 3, 4, 4),
        (ratio(4, 1), 4, 4, 4),
    ] {
        assert_eq!(
            (value.floor(), value.ceiling(), value.nearest()),
            (floor, ceiling, nearest)
        );
    }
}

#[test]
fn what_does_not_fit_is_none_and_never_wrapped() {
    let most = Ratio::whole(u128::MAX);
    let least = ratio(1, u128::MAX);
    assert_eq!(most.plus(Ratio::whole(1)), None);
    assert_eq!(most.times(Ratio::whole(2)), None);
    assert_eq!(least.times(ratio(1, 2)), None);
    assert_eq!(most.over(ratio(1, 2)), None);
    assert_eq!(most.minus(least), None);
    assert_eq!(most.times(ratio(1, u128::MAX)), Some(Ratio::whole(1)));
    assert_eq!(most.nearest(), u128::MAX);
    // Comparison has no limit: cross products of these would need 256 bits.
    let near = ratio(u128::MAX - 1, u128::MAX);
    assert!(near < Ratio::whole(1) && near > ratio(u128::MAX - 2, u128::MAX - 1));
    assert!(ratio(u128::MAX, u128::MAX - 1) < ratio(u128::MAX - 1, u128::MAX - 2));
    assert_eq!(most.cmp(&most), Ordering::Equal);
}
