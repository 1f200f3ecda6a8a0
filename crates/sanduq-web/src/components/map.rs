//! The map in every state.

use super::Example;
use super::Group;
use super::example;
use crate::map::Form;
use crate::map::Key;
use crate::map::Map;
use crate::map::Shade;
use crate::map::Shape;
use crate::page::Page;

/// What a unit of an example shows: its colour, its figure, what the key says of the colour.
type Unit = (Shade, String, String);

/// Three units side by side.
fn drawn(page: &Page, title: String, units: [Unit; 3]) -> Map {
    let shape = |(nth, (shade, figure, _)): (i32, &Unit)| Shape {
        href: Some("#g-map".to_owned()),
        label: format!("{}: {figure}", page.t("components-units")),
        shade: *shade,
        form: Form::Path(format!("M{} 20l220 -10 10 260 -240 20z", 10 + 240 * nth)),
        words: vec![((120 + 240 * nth, 150), figure.clone())],
    };
    Map {
        title,
        size: (760, 320),
        ground: None,
        shapes: (0..).zip(&units).map(shape).collect(),
        keys: units.map(|(shade, _, text)| Key { shade, text }).into(),
        stations: false,
    }
}

/// Turnout so far, in three steps.
fn turnout(page: &Page) -> [Unit; 3] {
    [(0, 31, 28), (2, 38, 36), (4, 47, 44)].map(|(step, share, from)| {
        let percent = |whole| crate::figure::percent(whole, 100, 0, page.locale);
        let key = page.instead("map-step", 0_u64, [&percent(from), &percent(from + 4)]);
        (Shade::Step(step), page.percent(share, 100_u64), key)
    })
}

/// Two choices lead in one unit each, and in one two of them.
fn leading(page: &Page) -> [Unit; 3] {
    let choices = super::sample_choices();
    let [first, second] = [(0, 1_u64), (1, 2)].map(|(nth, number)| {
        let (number, name) = (page.n(number), page.name(&choices[nth].names));
        let key = format!("{number} {name}");
        (Shade::Leads(nth), number, key)
    });
    [
        first,
        second,
        (Shade::Tie, "=".to_owned(), page.t("map-tie")),
    ]
}

/// Nothing reported, turnout so far, who leads, and dots where nobody drew outlines.
pub fn group(page: &Page) -> Group {
    let title = || page.about("map-turnout", &page.t("components-units"));
    let nothing = || (Shade::Nothing, "–".to_owned(), page.t("map-nothing"));
    let mut empty = drawn(page, title(), [nothing(), nothing(), nothing()]);
    empty.keys.truncate(1);
    let mut dots = drawn(page, title(), turnout(page));
    dots.ground = Some("M10 20l740 -10 10 260 -740 20z".to_owned());
    for (nth, shape) in (0..).zip(&mut dots.shapes) {
        shape.form = Form::Dot((120 + 240 * nth, 150));
        shape.words.clear();
    }
    let maps: [(&str, Map); 4] = [
        ("components-empty", empty),
        ("components-partial", drawn(page, title(), turnout(page))),
        (
            "components-complete",
            drawn(page, page.t("components-map"), leading(page)),
        ),
        ("components-dots", dots),
    ];
    let maps = maps.iter().map(|(state, map)| example(state, map));
    Group {
        code: "map",
        title: "components-map",
        examples: maps.collect::<Vec<Example>>(),
    }
}
