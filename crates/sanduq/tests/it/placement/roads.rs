//! Ways by road in place of the straight line: a river between a block and its nearest station.

use crate::desk::Desk;

const STATIONS: &str = "id,district,latitude,longitude,capacity\n\
                        near,A,26.001,30.000,10\n\
                        far,A,26.050,30.000,10\n";
const BLOCKS: &str = "id,latitude,longitude\nb1,26.000,30.000\nb2,26.049,30.000\n";
const ROLL: &str = "id,district,household,block\n1,A,x,b1\n2,A,x,b1\n3,A,y,b2\n";
const WORDS: &str = "voters --input stations.csv --voters roll.csv --blocks blocks.csv \
                     --profile wahat --out placed.csv";

fn desk() -> Desk {
    let desk = Desk::of("placement");
    desk.file("stations.csv", STATIONS)
        .file("blocks.csv", BLOCKS)
        .file("roll.csv", ROLL);
    desk
}

fn stations(desk: &Desk) -> Vec<String> {
    let rows = desk.rows("placed.csv");
    rows.iter()
        .map(|row| format!("{} {}", row[3], row[5]))
        .collect()
}

#[test]
fn a_road_around_the_river_decides() {
    let desk = desk();
    desk.done(WORDS);
    assert_eq!(stations(&desk), ["near 111", "near 111", "far 111"]);
    desk.file(
        "roads.csv",
        "block,station,metres\nb1,near,9000\nb1,far,6000\nb2,far,150\n",
    );
    let told = desk.done(&format!("{WORDS} --roads roads.csv"));
    assert_eq!(stations(&desk), ["far 6000", "far 6000", "far 150"]);
    assert_eq!(
        (&told["cost"], &told["bound"]),
        (&12_150.into(), &12_150.into())
    );
}

#[test]
fn a_pair_that_the_matrix_does_not_have_cannot_be_gone() {
    let desk = desk();
    let words = format!("{WORDS} --roads roads.csv");
    for (roads, code, said) in [
        ("b1,near,9000\n", "no_way", "1 voters reach no station"),
        (
            "b1,near,9\nb9,far,1\n",
            "unknown_block",
            "roads.csv, line 3",
        ),
        ("b1,none,9\n", "unknown_station", "“none”"),
        ("b1,near,-9\n", "metres", "“-9”"),
    ] {
        desk.file("roads.csv", format!("block,station,metres\n{roads}"));
        let output = desk.run(&words);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3));
        let code = format!("refused [placement.{code}]");
        assert!(
            message.contains(&code) && message.contains(said),
            "{roads}: {message}"
        );
    }
    desk.file("roll.csv", ROLL.replace("b2", "b7"));
    let output = desk.run(WORDS);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("placement.unknown_block"), "{message}");
}

/// Two move in on the river: by the straight line to the near station, by road to the other; who
/// was there stays, whichever way is known.
#[test]
fn who_moves_in_goes_where_a_road_leads() {
    let desk = desk();
    desk.done(WORDS);
    desk.file("roll.csv", format!("{ROLL}4,A,z,b1\n5,A,z,b1\n"));
    let words = "replan --before placed.csv --input stations.csv --voters roll.csv \
                 --blocks blocks.csv --profile wahat --moved moved.csv --out again.csv";
    let roads = |rows: &str| desk.file("roads.csv", format!("block,station,metres\n{rows}"));
    let moved = || {
        let rows = desk.rows("moved.csv");
        let told = rows
            .iter()
            .map(|row| [0, 4, 7, 8].map(|cell| row[cell].as_str()).join(" "));
        told.collect::<Vec<String>>()
    };
    desk.done(words);
    assert_eq!(moved(), ["4 near 111 new", "5 near 111 new"]);
    roads("b1,far,6000\nb2,far,150\n");
    let told = desk.done(&format!("{words} --roads roads.csv"));
    assert_eq!(moved(), ["4 far 6000 new", "5 far 6000 new"]);
    assert_eq!(told["stayed"], 3);
    // A new plan goes by road for everybody, and says what is nearer by road.
    roads("b1,near,9000\nb1,far,6000\nb2,far,150\n");
    desk.done(&format!("{words} --anew --roads roads.csv"));
    let nearer = ["1 far 6000 nearer", "2 far 6000 nearer"];
    assert_eq!(moved()[..2], nearer);
    roads("b2,far,150\n");
    let output = desk.run(&format!("{words} --roads roads.csv"));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("placement.no_way") && message.contains("voter 4"),
        "{message}"
    );
}
