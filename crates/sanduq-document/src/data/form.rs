//! The blank form of a station, for the day on which only paper is left: the lines of the form of
//! law with a cell for each digit.

use crate::data::Document;
use crate::data::head::Asked;
use crate::data::head::Head;
use crate::data::value;
use crate::exit::Ended;
use crate::folder::Folder;
use serde::Serialize;
use serde_json::json;

/// Digits of a cell row at least.
const FEWEST: usize = 4;

#[derive(Serialize)]
struct Blank {
    number: String,
    code: String,
    name: String,
}

#[derive(Serialize)]
struct FormData {
    head: Head,
    title: String,
    registered: Option<String>,
    /// An entry for each digit of a figure.
    cells: Vec<()>,
    lines: Vec<Blank>,
    choices: Vec<Blank>,
    checks: Vec<Blank>,
}

/// The blank form of a station.
///
/// # Errors
/// There is no such station.
pub fn form(folder: &Folder, asked: &Asked<'_>, station: &str) -> Result<Document, Ended> {
    let place = folder.station(station)?;
    let (reader, edition) = (asked.reader, &folder.edition);
    let contest = &folder.entry().contest;
    let form = edition.paper(folder.entry()).form();
    let registered = edition.geography.unit(place).registered;
    let most = u64::from(edition.profile.read.station_maximum)
        .max(registered.map_or(0, |persons| persons.get()));
    let path = format!("/sheet/{}/{station}", contest.code);
    let head = Head::new(folder, asked, place, &path);
    let blank = |(number, (code, name)): (u64, (&str, String))| Blank {
        number: reader.n(number),
        code: code.to_owned(),
        name,
    };
    let lines = form.fields.iter();
    let lines = lines.map(|field| (field.code.as_str(), reader.name(&field.names)));
    let choices = contest.choices.iter();
    let choices = choices.map(|choice| (choice.code.as_str(), reader.name(&choice.names)));
    let checks = form.checks.iter();
    let checks = checks.map(|check| (check.code.as_str(), reader.name(&check.names)));
    let data = FormData {
        title: reader.name(&form.names),
        registered: registered.map(|persons| reader.n(persons.get())),
        // One more than the largest figure has, so that a wrong one can be written down too.
        cells: vec![(); most.to_string().len().max(FEWEST - 1) + 1],
        lines: (1..).zip(lines).map(blank).collect(),
        choices: (1..).zip(choices).map(blank).collect(),
        checks: (1..).zip(checks).map(blank).collect(),
        head,
    };
    Ok(Document {
        template: "form",
        code: data.head.code().to_owned(),
        data: value(&data)?,
        about: json!({ "station": station }),
    })
}
