use super::*;
use proptest::prelude::*;
use std::io::Cursor;

type Rows = Vec<Vec<String>>;

fn rows(text: &[u8], most: usize) -> Result<(Vec<String>, Rows), Fault> {
    let mut objects = Objects::new(Window::new(Cursor::new(text.to_vec()), most))?;
    if !objects.advance()? {
        return Ok((Vec::new(), Rows::new()));
    }
    let keys = objects.keys()?;
    let mut rows = Rows::new();
    loop {
        let (number, cells) = objects.cells(&keys)?;
        let texts = cells.spans.iter();
        let texts = texts.map(|(start, end)| cells.text[*start..*end].to_owned());
        rows.push(texts.collect());
        assert_eq!(number, rows.len() as u64);
        if !objects.advance()? {
            return Ok((keys, rows));
        }
    }
}

#[test]
fn objects_are_rows_under_the_keys_of_the_first() {
    let text = br#" [ {"name":"\u062a\u0648 \"x\"","votes":870,"share":0.5},
        {"votes":"1,234","name":null,"share":12.0} , {"name":"}],{","votes":-1,"share":true} ] "#;
    let (keys, read) = rows(text, 1 << 20).unwrap();
    assert_eq!(keys, ["name", "votes", "share"]);
    assert_eq!(read[0], ["تو \"x\"", "870", "0.5"]);
    assert_eq!(read[1], ["", "1,234", "12"]);
    assert_eq!(read[2], ["}],{", "-1", "true"]);
    assert_eq!(
        rows(b"\xEF\xBB\xBF[]", 64).unwrap(),
        (Vec::new(), Rows::new())
    );
}

#[test]
fn what_is_no_table_is_refused_with_its_object() {
    let nested = TableFault::NestedValue;
    let shape = TableFault::NotAListOfObjects;
    for (text, row, column, fault) in [
        ("{\"a\":1}", None, None, shape.clone()),
        ("", None, None, TableFault::Empty),
        ("[1]", Some(1), None, shape.clone()),
        ("[{\"a\":1},[2]]", Some(2), None, shape),
        (
            "[{\"a\":1},{\"b\":2}]",
            Some(2),
            None,
            TableFault::UnknownKey("b".to_owned()),
        ),
        (
            "[{\"a\":1,\"b\":1},{\"a\":2}]",
            Some(2),
            Some(1),
            TableFault::MissingKey,
        ),
        (
            "[{\"a\":1},{\"a\":2,\"a\":3}]",
            Some(2),
            Some(0),
            TableFault::RepeatedKey,
        ),
        (
            "[{\"a\":1,\"b\":1},{\"a\":1,\"b\":[1]}]",
            Some(2),
            Some(1),
            nested.clone(),
        ),
        ("[{\"a\":1},{\"a\":{\"x\":1}}]", Some(2), Some(0), nested),
        ("[{\"a\":1},", Some(2), None, TableFault::CutShort),
        ("[{\"a\":1}", Some(2), None, TableFault::CutShort),
        ("[{\"a\":1},{\"a\":", Some(2), None, TableFault::CutShort),
    ] {
        let found = rows(text.as_bytes(), 1 << 20).unwrap_err();
        assert_eq!((found.row, found.column), (row, column), "{text}");
        assert_eq!(found.fault, fault, "{text}");
    }
    for text in [
        "[{\"a\":1}{\"a\":2}]",
        "[{\"a\":1},]x",
        "[{\"a\":1}]x",
        "[{\"a\":01}]",
        "[{\"a\" 1}]",
        "[{]]",
        "[{\"a\":\"\\ud800\"}]",
        "[{\"a\":\"\u{1}\"}]",
        "[,{\"a\":1}]",
    ] {
        let found = rows(text.as_bytes(), 1 << 20).unwrap_err();
        let named = matches!(
            found.fault,
            TableFault::NotJson(_) | TableFault::NotAListOfObjects
        );
        assert!(named, "{text}: {found:?}");
    }
}

#[test]
fn bytes_and_bounds_are_checked_as_in_other_texts() {
    let found = rows(b"[{\"a\":\"\xCA\xE6\xE4\xD3\"}]", 64).unwrap_err();
    let looks_like = encoding::Encoding::Windows1256;
    assert_eq!(
        found.fault,
        TableFault::NotUtf8 {
            offset: 7,
            looks_like
        }
    );
    let found = rows(b"\xFF\xFE[\0{\0", 64).unwrap_err();
    assert!(matches!(found.fault, TableFault::NotUtf8 { offset: 0, .. }));
    let long = format!("[{{\"a\":1}},{{\"a\":\"{}\"}}]", "x".repeat(100));
    let found = rows(long.as_bytes(), 64).unwrap_err();
    assert_eq!(
        (found.row, found.fault),
        (Some(2), TableFault::RowTooLong(64))
    );
    let many = format!("[{}{{\"a\":1}}]", "{\"a\":1},".repeat(100));
    assert_eq!(rows(many.as_bytes(), 64).unwrap().1.len(), 101);
}

proptest! {
    #[test]
    fn a_written_list_reads_back_the_same(
        body in proptest::collection::vec((".{0,12}", any::<u64>(), any::<bool>()), 1..8),
    ) {
        let mut list = Vec::new();
        for (name, votes, turned) in &body {
            let mut object = serde_json::Map::new();
            if *turned {
                object.insert("votes".to_owned(), (*votes).into());
                object.insert("name".to_owned(), name.as_str().into());
            } else {
                object.insert("name".to_owned(), name.as_str().into());
                object.insert("votes".to_owned(), (*votes).into());
            }
            list.push(serde_json::Value::Object(object));
        }
        let text = serde_json::to_string_pretty(&list).unwrap();
        let (keys, read) = rows(text.as_bytes(), 1 << 20).map_err(|fault| fault.fault).unwrap();
        let name = keys.iter().position(|key| key == "name").unwrap();
        for ((text, votes, _), row) in body.iter().zip(&read) {
            prop_assert_eq!(&row[name], text);
            prop_assert_eq!(&row[1 - name], &votes.to_string());
        }
        prop_assert_eq!(read.len(), body.len());
    }

    #[test]
    fn any_text_is_answered(text in "(\\[\\{\"a\":1\\},)?[\\[\\]{}\",:a1\\\\ ]{0,40}") {
        let _ = rows(text.as_bytes(), 64);
    }
}
