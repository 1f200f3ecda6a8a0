//! Nobody listens any more: what is made is made all the same, and the program ends without ado.

use crate::desk::Desk;
use crate::matching::roll;
use std::process::Stdio;

/// `2>&1 | head -1` closes both; what is told at the end comes after the result.
#[test]
fn a_result_stands_although_nobody_reads_what_is_told() {
    let desk = Desk::of("match");
    desk.file("roll.csv", roll::text(&roll::roll(33, 300)));
    let expected = {
        desk.run("dedupe --profile wahat roll.csv --out expected.csv");
        desk.bytes("expected.csv")
    };
    for (out, err, code) in [(true, true, 141), (true, false, 141), (false, true, 0)] {
        let closed = |closed: bool| {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            match closed {
                true => Stdio::from(writer),
                false => Stdio::piped(),
            }
        };
        let mut command = desk.command("dedupe --profile wahat roll.csv --out pairs.csv");
        let child = command.stdout(closed(out)).stderr(closed(err));
        let ended = child.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(code), "{out} {err}");
        assert_eq!(desk.bytes("pairs.csv"), expected);
        assert!(!String::from_utf8_lossy(&ended.stderr).contains("panicked"));
        std::fs::remove_file(desk.path("pairs.csv")).unwrap();
    }
}

/// Whoever listens and has no room for it is told: only who has gone is not.
#[test]
fn what_cannot_be_told_for_another_reason_is_not_passed_over() {
    let desk = Desk::of("match");
    desk.file("roll.csv", roll::text(&roll::roll(33, 300)));
    let full = std::fs::File::options().write(true).open("/dev/full");
    let mut command = desk.command("dedupe --profile wahat roll.csv --out pairs.csv");
    let child = command.stdout(full.unwrap()).stderr(Stdio::piped());
    let ended = child.spawn().unwrap().wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(101));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("No space left"), "{said}");
    assert!(desk.pairs("pairs.csv").len() > 20);
}
