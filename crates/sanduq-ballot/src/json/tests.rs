use crate::json::Reader;
use crate::json::write_text;
use crate::refusal::Refusal;
use proptest::prelude::any;
use proptest::prop_assert_eq;
use proptest::proptest;

#[test]
fn a_text_has_one_form() {
    let table = [
        (r#""plain""#, Some("plain")),
        (r#""/ é صندوق""#, Some("/ é صندوق")),
        (r#""a\"b\\c\n\t\r\b\f""#, Some("a\"b\\c\n\t\r\u{8}\u{c}")),
        (r#""\u0001\u007f""#, Some("\u{1}\u{7f}")),
        (r#""\/""#, None),
        (r#""\u00e9""#, None),
        (r#""\u001F""#, None),
        (r#""\u000a""#, None),
        ("\"\u{7f}\"", None),
        ("\"\n\"", None),
        (r#""open"#, None),
        (r#""open\""#, None),
        (r#""\ud800""#, None),
    ];
    for (form, text) in table {
        let read = Reader::new(form).text();
        assert_eq!(read.ok().as_deref(), text, "{form}");
    }
}

#[test]
fn a_number_has_one_form() {
    let table = [
        ("0", Some(0)),
        ("1073741823", Some((1 << 30) - 1)),
        ("\"1073741824\"", Some(1 << 30)),
        ("1073741824", None),
        ("\"5\"", None),
        ("00", None),
        ("05", None),
        ("-1", None),
        ("+1", None),
        ("", None),
        ("\"18446744073709551616\"", None),
    ];
    for (form, number) in table {
        assert_eq!(Reader::new(form).count().ok(), number, "{form}");
    }
}

#[test]
fn a_value_is_carried_along_only_in_its_canonical_form() {
    let table = [
        (r#"{"a":[1,-2,true,null],"b":{}}"#, true),
        ("[]", true),
        (r#"{"a" :1}"#, false),
        ("[1, 2]", false),
        ("[1,]", false),
        ("nul", false),
    ];
    for (form, fit) in table {
        let mut reader = Reader::new(form);
        let read = reader.value().and_then(|_| reader.end());
        assert_eq!(read.is_ok(), fit, "{form}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(Reader::new(&deep).value(), Err(Refusal::Form));
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(text in any::<String>()) {
        let mut form = String::new();
        write_text(&text, &mut form);
        let mut reader = Reader::new(&form);
        prop_assert_eq!(reader.text(), Ok(text));
        prop_assert_eq!(reader.end(), Ok(()));
    }
}
