//! What gives no document, by its name, and leaves no file behind.

use crate::folder::Published;
use crate::folder::certified;
use crate::folder::wadi;
use sanduq_core::names::Names;
use serde_json::Value;
use std::fs;

/// The code and the sentence with which a command is refused.
fn refused(folder: &Published, asked: &str) -> (String, String) {
    let ended = folder.run(&format!("{asked} --json"), "none.pdf");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{asked}: {said}");
    assert!(!folder.beside("none.pdf").exists(), "{asked} left a file");
    let object: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let text = |key: &str| object[key].as_str().unwrap().to_owned();
    assert!(said.contains(&text("code")));
    (text("code"), text("message"))
}

#[test]
fn each_refusal_has_its_name() {
    let folder = Published::of(&wadi());
    for (asked, code) in [
        ("sheet --contest mayor --station d1-1", "contest.unknown"),
        ("sheet --contest president --station d9", "unit.unknown"),
        (
            "sheet --contest president --station d1",
            "unit.not_a_station",
        ),
        (
            "sheet --contest council-d1 --station d2-1",
            "unit.not_in_contest",
        ),
        (
            "sheet --contest council-d2 --station d2-1",
            "contest.locked",
        ),
        ("unit --contest council-d2 --unit d2", "contest.locked"),
        ("certificate --contest council-d2", "contest.locked"),
        ("sheet --contest question --station d1-3", "sheet.none"),
        ("sheet --contest question --station d1-2", "sheet.none"),
        (
            "sheet --contest president --station d1-1 --version 7",
            "sheet.none",
        ),
        ("unit --contest president --unit d1-1", "unit.is_a_station"),
        (
            "certificate --contest president --as final",
            "certificate.not_final",
        ),
        (
            "certificate --contest president --as partial",
            "certificate.not_partial",
        ),
        (
            "certificate --contest council-d1 --as preliminary",
            "certificate.not_preliminary",
        ),
        (
            "certificate --contest president --key nonsense",
            "key.malformed",
        ),
        (
            "form --contest president --station d1-1 --templates nowhere",
            "templates.none",
        ),
    ] {
        assert_eq!(refused(&folder, asked).0, code, "{asked}");
    }
}

#[test]
fn a_final_certificate_needs_the_certificate_in_the_journal() {
    let closed = Published::of(&certified());
    let asked = "certificate --contest president --as";
    closed.make(&format!("{asked} final"), "final.pdf");
    assert_eq!(
        refused(&closed, &format!("{asked} preliminary")).0,
        "certificate.not_preliminary"
    );
    // What stands in the journal behind the snapshot is as if it were not there.
    let mut later = certified();
    later.snapshot.journal_size -= 1;
    let (id, size) = (later.snapshot.id(), later.snapshot.journal_size);
    assert!(id.starts_with(&size.to_string()));
    let later = Published::of(&later);
    assert_eq!(
        refused(&later, &format!("{asked} final")).0,
        "certificate.not_final"
    );
}

#[test]
fn a_damaged_folder_gives_nothing() {
    for (path, code) in [
        ("sheets/president.json", "file.digest_differs"),
        ("manifest.json", "manifest.not_sealed"),
        ("journal/checkpoint", "note"),
    ] {
        let folder = Published::of(&wadi());
        let file = folder.folder().join(path);
        let mut bytes = fs::read(&file).unwrap();
        let digit = bytes.iter().rposition(u8::is_ascii_digit).unwrap();
        bytes[digit] = if bytes[digit] == b'1' { b'2' } else { b'1' };
        fs::write(&file, bytes).unwrap();
        for asked in [
            "sheet --contest president --station d1-1",
            "certificate --contest president",
        ] {
            let (told, sentence) = refused(&folder, asked);
            assert!(told.starts_with(code), "{path}: {told}: {sentence}");
            assert!(sentence.contains(path), "{sentence}");
        }
    }
}

#[test]
fn a_letter_that_no_font_has_is_refused_and_not_left_out() {
    let mut nation = wadi();
    nation.snapshot.names = Names::plain("არჩევნები");
    let (code, why) = refused(
        &Published::of(&nation),
        "form --contest president --station d1-1",
    );
    assert_eq!(code, "template.fails", "{why}");
}

#[test]
fn a_template_that_fails_is_told_with_its_line() {
    let folder = Published::of(&wadi());
    let own = folder.beside("own");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("form.typ"), "one\n#nothing\n").unwrap();
    let asked = format!(
        "form --contest president --station d1-1 --templates {}",
        own.display()
    );
    let (code, why) = refused(&folder, &asked);
    assert_eq!(code, "template.fails");
    assert!(why.starts_with("form.typ:2: "), "{why}");
    fs::write(own.join("form.typ"), "#read(\"/etc/passwd\")\n").unwrap();
    assert!(refused(&folder, &asked).1.contains("not found"));
}

#[test]
fn a_file_that_is_there_stays_when_nothing_is_made() {
    let folder = Published::of(&wadi());
    fs::write(folder.beside("old.pdf"), "old").unwrap();
    let ended = folder.run("certificate --contest council-d2", "old.pdf");
    assert_eq!(ended.status.code(), Some(3));
    assert_eq!(fs::read(folder.beside("old.pdf")).unwrap(), b"old");
    folder.make("certificate --contest president", "old.pdf");
    assert!(
        fs::read(folder.beside("old.pdf"))
            .unwrap()
            .starts_with(b"%PDF-1.7")
    );
}
