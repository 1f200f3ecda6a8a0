//! Reads a form from its TOML text and refuses every mistake with its line.

use super::Checks;
use super::Form;
use super::FormRefusal;
use super::check::TermFault;
use sanduq_core::names::Names;
use std::collections::BTreeSet;
use toml::de::DeTable;
use toml::de::DeValue;

/// One step down into the text of a form.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Nth(usize),
}

use Step::Key;
use Step::Nth;

/// Words that a term or a command uses for something else than a field.
const RESERVED: [&str; 2] = ["choices", "max_choices"];

/// A place in the text of a form, so that a refusal can say the line.
pub(super) struct Lines<'a> {
    text: &'a str,
}

impl Lines<'_> {
    /// The line of the value at a path, from 1; of the last step that exists.
    pub(super) fn of(&self, path: &[Step<'_>]) -> usize {
        let mut at = 0;
        let Ok(root) = DeTable::parse(self.text) else {
            return 1;
        };
        let root = DeValue::Table(root.into_inner());
        let mut value = &root;
        for step in path {
            let next = match *step {
                Key(key) => value.get(key),
                Nth(nth) => value.get(nth),
            };
            let Some(next) = next else { break };
            at = next.span().start;
            value = next.get_ref();
        }
        self.text[..at].matches('\n').count() + 1
    }
}

impl Form {
    /// The form of a TOML text.
    ///
    /// # Errors
    /// [`FormRefusal`] naming the line of the first mistake.
    pub fn from_toml(text: &str) -> Result<Self, FormRefusal> {
        let form: Self =
            toml::from_str(text).map_err(|why| FormRefusal::Unreadable(why.to_string()))?;
        let lines = Lines { text };
        if form.fields.is_empty() {
            return Err(FormRefusal::NoField);
        }
        fields(&form, &lines)?;
        checks(&form, &lines)?;
        super::layout::check(&form, &lines)?;
        Ok(form)
    }
}

/// Refuses a code that is there already.
pub(super) fn fresh<'a>(
    taken: &mut BTreeSet<&'a str>,
    code: &'a str,
    lines: &Lines<'_>,
    path: &[Step<'_>],
) -> Result<(), FormRefusal> {
    if RESERVED.contains(&code) || !taken.insert(code) {
        return Err(FormRefusal::TakenCode {
            line: lines.of(path),
            code: code.to_owned(),
        });
    }
    Ok(())
}

/// Refuses a name that is empty in all languages.
pub(super) fn named(
    names: &Names,
    lines: &Lines<'_>,
    path: &[Step<'_>],
) -> Result<(), FormRefusal> {
    if *names == Names::default() {
        return Err(FormRefusal::Nameless {
            line: lines.of(path),
        });
    }
    Ok(())
}

fn fields(form: &Form, lines: &Lines<'_>) -> Result<(), FormRefusal> {
    named(&form.names, lines, &[Key("names")])?;
    let mut taken = BTreeSet::new();
    for (nth, field) in form.fields.iter().enumerate() {
        let at = [Key("field"), Nth(nth), Key("code")];
        fresh(&mut taken, field.code.as_str(), lines, &at)?;
        named(&field.names, lines, &[Key("field"), Nth(nth), Key("names")])?;
    }
    Ok(())
}

fn checks(form: &Form, lines: &Lines<'_>) -> Result<(), FormRefusal> {
    let mut taken = BTreeSet::new();
    for (nth, check) in form.checks.iter().enumerate() {
        let at = [Key("check"), Nth(nth), Key("code")];
        fresh(&mut taken, &check.code, lines, &at)?;
        named(&check.names, lines, &[Key("check"), Nth(nth), Key("names")])?;
        if !sanduq_core::id::is_code(&check.code) {
            return Err(FormRefusal::TakenCode {
                line: lines.of(&at),
                code: check.code.clone(),
            });
        }
    }
    let Err((nth, left, term, fault)) = Checks::compile(form) else {
        return Ok(());
    };
    let (side, terms) = if left {
        ("left", &form.checks[nth].left)
    } else {
        ("right", &form.checks[nth].right)
    };
    let line = lines.of(&[Key("check"), Nth(nth), Key(side), Nth(term)]);
    let written = terms[term].clone();
    Err(match fault {
        TermFault::NotATerm => FormRefusal::NotATerm { line, written },
        TermFault::UnknownField => FormRefusal::UnknownField {
            line,
            named: written,
        },
    })
}

#[cfg(test)]
mod tests;
