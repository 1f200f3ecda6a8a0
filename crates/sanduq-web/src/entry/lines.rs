//! The lines of a paper as boxes to type into, each with what is wrong with it beside it.

use super::typed;
use super::typed::Typed;
use crate::page::Page;
use sanduq_core::names::Names;
use sanduq_count::sheet::Line;
use sanduq_count::sheet::Paper;

/// A line to type.
pub struct Field<'a> {
    /// Its name in the form.
    pub name: String,
    /// Its code on the paper.
    pub code: &'a str,
    /// Its label.
    pub names: &'a Names,
    /// What was typed.
    pub value: String,
    /// Why that is no figure.
    pub slip: Option<String>,
    /// Whether it is empty and that is asked about.
    pub empty: bool,
    /// Whether the cursor stands here first.
    pub first: bool,
}

/// A group of lines: the fields of the form, or the choices.
pub struct Group<'a> {
    /// The key of its title.
    pub title: &'static str,
    /// Its lines.
    pub fields: Vec<Field<'a>>,
}

/// The lines that were typed; `asking` when empty ones are asked about. The cursor stands in the
/// first line with which something is amiss, or in the first.
pub fn groups<'a>(page: &Page, paper: &Paper<'a>, typed: &[Typed], asking: bool) -> Vec<Group<'a>> {
    let of = |title, wanted: fn(&Line) -> bool| Group {
        title,
        fields: typed
            .iter()
            .filter(|typed| wanted(&typed.line))
            .map(|typed| field(page, paper, typed, asking))
            .collect(),
    };
    let mut groups = vec![
        of("sheet-fields", |line| matches!(line, Line::Field(_))),
        of("sheet-choices", |line| matches!(line, Line::Choice(_))),
    ];
    groups.retain(|group| !group.fields.is_empty());
    let amiss = |field: &Field<'_>| field.slip.is_some() || field.empty;
    let any = groups.iter().flat_map(|group| &group.fields).any(amiss);
    let mut all = groups.iter_mut().flat_map(|group| &mut group.fields);
    if let Some(first) = all.find(|field| !any || amiss(field)) {
        first.first = true;
    }
    groups
}

fn field<'a>(page: &Page, paper: &Paper<'a>, typed: &Typed, asking: bool) -> Field<'a> {
    let (form, contest) = (paper.form(), paper.contest());
    let (code, names) = match &typed.line {
        Line::Field(code) => {
            let at = form.position(code.as_str());
            let field = &form.fields[at.expect("a line of the paper")];
            (field.code.as_str(), &field.names)
        }
        Line::Choice(code) => {
            let at = contest.position(code);
            let choice = &contest.choices[at.expect("a line of the paper")];
            (choice.code.as_str(), &choice.names)
        }
    };
    Field {
        name: typed::name(&typed.line),
        code,
        names,
        value: typed.text.clone(),
        slip: typed.figure.err().map(|slip| page.t(slip.sentence())),
        empty: asking && typed.figure == Ok(None),
        first: false,
    }
}
