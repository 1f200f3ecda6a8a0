//! The lines of a paper as boxes to type into, as a clerk and a head of station have them.

use crate::component::html;
use crate::entry::lines::Field;
use crate::entry::lines::Group;
use crate::page::Page;
use askama::Template;
use sanduq_core::names::Names;

#[derive(Template)]
#[template(path = "components/lines.html")]
struct Lines<'a> {
    page: &'a Page,
    groups: Vec<Group<'a>>,
}

/// What stands in a box.
#[derive(Clone, Copy)]
pub enum Box {
    /// Nothing yet.
    Bare,
    /// A figure.
    Typed(&'static str),
    /// What is no figure, and the key of why.
    Slip(&'static str, &'static str),
    /// Nothing, and whether nothing stands on the paper is asked.
    Asked,
}

/// Lines of a paper; `example` begins the names of their boxes, which a page has once.
pub fn lines(page: &Page, example: &str, boxes: &[(&'static str, Box)]) -> String {
    let names = [
        Names::new("المقيدون", "Registered"),
        Names::new("داخل الصندوق", "Found in box"),
        Names::new("الصحيحة", "Valid"),
    ];
    let field = |(at, (code, holds)): (usize, &(&'static str, Box))| Field {
        name: format!("{example}-{code}"),
        code,
        names: &names[at % names.len()],
        value: match holds {
            Box::Typed(text) | Box::Slip(text, _) => (*text).to_owned(),
            Box::Bare | Box::Asked => String::new(),
        },
        slip: match holds {
            Box::Slip(_, why) => Some(page.t(why)),
            _ => None,
        },
        empty: matches!(holds, Box::Asked),
        first: false,
    };
    let fields = boxes.iter().enumerate().map(field).collect();
    html(&Lines {
        page,
        groups: vec![Group {
            title: "sheet-fields",
            fields,
        }],
    })
}
