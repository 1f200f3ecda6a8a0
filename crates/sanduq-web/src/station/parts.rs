//! What the screens of a station are made of: the steps of the day, a box to type into, what is on
//! record.

use crate::entry::typed;
use crate::page::Page;
use askama::Template;
use sanduq_store::station_record::Mark;

/// A step of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Opening,
    Hours,
    Closing,
    Sheet,
}

impl Step {
    pub(crate) const ALL: [Self; 4] = [Self::Opening, Self::Hours, Self::Closing, Self::Sheet];

    /// The last part of its path.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Hours => "hours",
            Self::Closing => "closing",
            Self::Sheet => "sheet",
        }
    }

    /// The key of its name.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Opening => "station-opening",
            Self::Hours => "station-hours",
            Self::Closing => "station-closing",
            Self::Sheet => "station-sheet",
        }
    }
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Its time has not come.
    Waits,
    /// It is to be done now.
    Now,
    /// It is on record.
    Done,
}

struct StepShown {
    href: String,
    name: String,
    stand: Stand,
    says: String,
    here: bool,
}

impl StepShown {
    const fn class(&self) -> &'static str {
        match self.stand {
            Stand::Waits => "waits",
            Stand::Now => "now",
            Stand::Done => "done",
        }
    }

    /// The path of its shape in a box of 24 by 24.
    const fn shape(&self) -> &'static str {
        match self.stand {
            Stand::Waits => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 2",
            Stand::Now => "M4 20l4-1L19 8l-3-3L5 16zM14 7l3 3",
            Stand::Done => "M4 13l5 5L20 6",
        }
    }
}

/// The steps of the day, each with where it stands.
#[derive(Template)]
#[template(path = "station/steps.html")]
pub(crate) struct Steps {
    /// What a screen reader calls them.
    pub(crate) label: String,
    steps: Vec<StepShown>,
}

impl Steps {
    pub(crate) fn new(
        page: &Page,
        href: impl Fn(Step) -> String,
        stands: [Stand; 4],
        here: Option<Step>,
    ) -> Self {
        let one = |(step, stand): (Step, Stand)| StepShown {
            href: href(step),
            name: page.t(step.title()),
            stand,
            says: page.t(match stand {
                Stand::Waits => "station-stand-waits",
                Stand::Now => "station-stand-now",
                Stand::Done => "station-stand-done",
            }),
            here: here == Some(step),
        };
        Self {
            label: page.t("station-steps"),
            steps: Step::ALL.into_iter().zip(stands).map(one).collect(),
        }
    }

    /// The step to be done now: the last of those whose time has come, so that a line that waits at
    /// the door goes before an hour that is due.
    pub(crate) fn next(&self) -> Option<Step> {
        let mut all = Step::ALL.into_iter().zip(&self.steps).rev();
        all.find(|(_, step)| step.stand == Stand::Now)
            .map(|(step, _)| step)
    }
}

/// A box to type into, with what is wrong with it beside it.
#[derive(Template)]
#[template(path = "station/ask.html")]
pub(crate) struct Ask {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) value: String,
    pub(crate) wrong: Option<String>,
    /// Whether digits are typed; a text else.
    pub(crate) number: bool,
    pub(crate) required: bool,
}

impl Ask {
    /// A box for a number, with what was typed into it.
    pub(crate) fn number(page: &Page, name: &'static str, keys: [&str; 2], value: &str) -> Self {
        Self {
            name,
            label: page.t(keys[0]),
            hint: page.t(keys[1]),
            value: value.to_owned(),
            wrong: None,
            number: true,
            required: true,
        }
    }
}

/// A number as it was typed in any digits, or the key of the sentence that says why it is none.
pub(crate) fn number(text: &str) -> Result<u64, &'static str> {
    match typed::figure(text) {
        Ok(Some(count)) => Ok(count.get()),
        Ok(None) => Err("station-empty"),
        Err(slip) => Err(slip.sentence()),
    }
}

/// Something on record: what, and by which entry of the journal.
#[derive(Template)]
#[template(path = "station/record.html")]
pub(crate) struct Recorded {
    pub(crate) rows: Vec<(String, String)>,
    /// When it was recorded, and the number of its entry as it is shown and in its address.
    pub(crate) mark: Option<(String, u64)>,
    pub(crate) page: Page,
}

impl Recorded {
    pub(crate) fn new(page: &Page, rows: Vec<(String, String)>, mark: Option<Mark>) -> Self {
        Self {
            rows,
            mark: mark.map(|mark| (page.clock(&mark.at), mark.entry)),
            page: page.clone(),
        }
    }
}

/// Numbers in ranges, as people write them: 3, 5–12.
pub(crate) fn ranges(page: &Page, numbers: impl Iterator<Item = u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let n = |number: u32| page.n(u64::from(number));
    let one = |(first, last): (u32, u32)| {
        if first == last {
            n(first)
        } else {
            format!("{}–{}", n(first), n(last))
        }
    };
    let separator = page.t("station-and");
    let ranges: Vec<String> = ranges.into_iter().map(one).collect();
    ranges.join(&separator)
}
