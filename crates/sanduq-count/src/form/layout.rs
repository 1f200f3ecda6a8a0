//! Refuses a ballot or a source that contradicts itself or the form, with its line.

use super::Field;
use super::Form;
use super::FormRefusal;
use super::Meaning;
use super::bind::known;
use super::read::Lines;
use super::read::Step;
use super::read::Step::Key;
use super::read::Step::Nth;
use super::read::fresh;
use super::read::named;
use super::source::Ballot;
use super::source::Source;
use sanduq_core::text::folded;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

fn refuse(lines: &Lines<'_>, path: &[Step<'_>], why: impl Into<String>) -> FormRefusal {
    FormRefusal::Layout {
        line: lines.of(path),
        why: why.into(),
    }
}

/// Checks the ballot and every source.
pub(super) fn check(form: &Form, lines: &Lines<'_>) -> Result<(), FormRefusal> {
    let Some(ballot) = &form.contest else {
        if form.sources.is_empty() {
            return Ok(());
        }
        let why = "a source needs a [contest]: what its sheets vote on";
        return Err(refuse(lines, &[Key("source"), Nth(0)], why));
    };
    self::ballot(form, ballot, lines)?;
    let mut taken = BTreeSet::new();
    for (nth, source) in form.sources.iter().enumerate() {
        let at = [Key("source"), Nth(nth), Key("code")];
        fresh(&mut taken, source.code.as_str(), lines, &at)?;
        levels(source, lines, nth)?;
        references(ballot, source, lines, nth)?;
        headings(form, ballot, source, lines, nth)?;
    }
    Ok(())
}

fn ballot(form: &Form, ballot: &Ballot, lines: &Lines<'_>) -> Result<(), FormRefusal> {
    named(&ballot.names, lines, &[Key("contest"), Key("names")])?;
    let nation = [Key("contest"), Key("nation"), Key("names")];
    named(&ballot.nation.names, lines, &nation)?;
    if ballot.max_choices == 0 {
        let at = [Key("contest"), Key("max_choices")];
        return Err(refuse(
            lines,
            &at,
            "a ballot on which nothing may be marked",
        ));
    }
    if let Some(rule) = &ballot.seat_rule {
        let at = [Key("contest"), Key("seat_rule")];
        if ballot.seats == 0 {
            let why = format!("the seat rule `{rule}` without seats; write how many: `seats = 10`");
            return Err(refuse(lines, &at, why));
        }
        let valid = |field: &Field| field.meaning == Meaning::Valid;
        if ballot.max_choices > 1 && !form.fields.iter().any(valid) {
            let why = "a seat rule where a voter marks several choices needs a field whose meaning \
                       is `valid`";
            return Err(refuse(lines, &at, why));
        }
    }
    let mut taken: BTreeSet<&str> = form
        .fields
        .iter()
        .map(|field| field.code.as_str())
        .collect();
    for (nth, choice) in ballot.choices.iter().enumerate() {
        let at = [Key("contest"), Key("choice"), Nth(nth)];
        fresh(
            &mut taken,
            choice.code.as_str(),
            lines,
            &[at[0], at[1], at[2], Key("code")],
        )?;
        named(&choice.names, lines, &[at[0], at[1], at[2], Key("names")])?;
    }
    Ok(())
}

fn levels(source: &Source, lines: &Lines<'_>, nth: usize) -> Result<(), FormRefusal> {
    let at = [Key("source"), Nth(nth), Key("level")];
    if source.levels.is_empty() {
        return Err(refuse(
            lines,
            &at[..2],
            "a source needs at least one level of units",
        ));
    }
    let mut taken = BTreeSet::from(["nation"]);
    let mut files = 0;
    for (level_nth, level) in source.levels.iter().enumerate() {
        let path = [at[0], at[1], at[2], Nth(level_nth)];
        fresh(
            &mut taken,
            &level.code,
            lines,
            &[path.as_slice(), &[Key("code")]].concat(),
        )?;
        named(
            &level.names,
            lines,
            &[path.as_slice(), &[Key("names")]].concat(),
        )?;
        if level
            .empty
            .as_ref()
            .is_some_and(|code| !sanduq_core::id::is_code(code))
        {
            let why = "`empty` is the code of a unit: letters A-Z a-z, digits, `.`, `_` and `-`";
            return Err(refuse(
                lines,
                &[path.as_slice(), &[Key("empty")]].concat(),
                why,
            ));
        }
        files += usize::from(level.headers.is_empty());
        if files > 1 {
            let why = "two levels without headers: only one can be the file's name";
            return Err(refuse(lines, &path, why));
        }
    }
    let mut taken = BTreeSet::new();
    for (note_nth, note) in source.notes.iter().enumerate() {
        let path = [at[0], at[1], Key("note"), Nth(note_nth), Key("code")];
        fresh(&mut taken, &note.code, lines, &path)?;
    }
    Ok(())
}

/// What a source or the ballot names by its code must be there.
fn references(
    ballot: &Ballot,
    source: &Source,
    lines: &Lines<'_>,
    nth: usize,
) -> Result<(), FormRefusal> {
    if let Some(level) = &ballot.level
        && source.level(level).is_none()
    {
        let why = format!("the source `{}` has no level `{level}`", source.code);
        return Err(refuse(lines, &[Key("contest"), Key("level")], why));
    }
    let at = [Key("source"), Nth(nth)];
    if let Some(rows) = &source.total_rows
        && source.level(&rows.level).is_none()
    {
        let why = format!("the source has no level `{}`", rows.level);
        return Err(refuse(
            lines,
            &[at[0], at[1], Key("total_rows"), Key("level")],
            why,
        ));
    }
    match (source.choices_after.is_some(), ballot.choices.is_empty()) {
        (true, false) => {
            let why = "the choices come from the headings or from the [contest], not from both";
            Err(refuse(lines, &[at[0], at[1], Key("choices_after")], why))
        }
        (false, true) => {
            let why = "no choices: list them in the [contest], or say `choices_after`";
            Err(refuse(lines, &at, why))
        }
        _ => Ok(()),
    }
}

/// No heading may stand for two things.
fn headings(
    form: &Form,
    ballot: &Ballot,
    source: &Source,
    lines: &Lines<'_>,
    nth: usize,
) -> Result<(), FormRefusal> {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut own = |owner: &str, heading: &str, path: &[Step<'_>]| {
        let folded = folded(heading);
        if folded.is_empty() {
            return Ok(());
        }
        match owners.insert(folded, owner.to_owned()) {
            Some(other) if other != owner => {
                let why = format!("the heading `{heading}` is {other}'s and {owner}'s");
                Err(refuse(lines, path, why))
            }
            _ => Ok(()),
        }
    };
    for (at, field) in form.fields.iter().enumerate() {
        let path = [Key("field"), Nth(at)];
        for heading in known(field.code.as_str(), &field.names, &field.headers) {
            own(&format!("field {}", field.code), heading, &path)?;
        }
    }
    for (at, choice) in ballot.choices.iter().enumerate() {
        let path = [Key("contest"), Key("choice"), Nth(at)];
        for heading in known(choice.code.as_str(), &choice.names, &choice.headers) {
            own(&format!("choice {}", choice.code), heading, &path)?;
        }
    }
    let in_source = |key, at| [Key("source"), Nth(nth), Key(key), Nth(at)];
    for (at, level) in source.levels.iter().enumerate() {
        for heading in &level.headers {
            own(
                &format!("level {}", level.code),
                heading,
                &in_source("level", at),
            )?;
        }
        for heading in &level.named {
            own(
                &format!("name of {}", level.code),
                heading,
                &in_source("level", at),
            )?;
        }
    }
    for (at, note) in source.notes.iter().enumerate() {
        for heading in &note.headers {
            own(
                &format!("note {}", note.code),
                heading,
                &in_source("note", at),
            )?;
        }
    }
    for heading in &source.ignored {
        own(
            "nobody",
            heading,
            &[Key("source"), Nth(nth), Key("ignored")],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
