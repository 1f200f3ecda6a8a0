//! Deciding on a sheet that is held back, or that must leave the totals: one organ proposes with
//! its ground, the other signs or refuses (requirements E67, TP-14).
//!
//! ```text
//! held back │ accepted ── propose ──▶ … with a proposal ── the other organ: sign │ refuse ──▶
//! ```
//!
//! Always true here: whoever signs has the exact proposal before them; another one in its place is
//! not signed (requirements C.3). Figures of a contest that is locked, and what each person typed,
//! are shown to nobody but the two organs that decide; images of such a contest to nobody at all.

mod act;
mod readings;

pub use act::answer;
pub use act::propose;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::place_name;
use crate::component::Badge;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::entry;
use crate::entry::Named;
use crate::entry::lines::Group;
use crate::entry::lines::groups;
use crate::entry::typed::Typed;
use crate::image;
use crate::journal;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::sheet;
use crate::sheet::Which;
use crate::unit;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::count::Votes;
use sanduq_core::law::SecondSignature;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use sanduq_count::form::Meaning;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Proposal;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::SheetState;
use sanduq_journal::hash::Hash;
use sanduq_operations::staff::Role;
use std::sync::Arc;

/// A line that a proposal changes.
struct Changed<'a> {
    code: &'a str,
    names: &'a Names,
    was: Option<u64>,
    will: Option<u64>,
}

/// A proposal before whoever has to answer it.
struct Proposed<'a> {
    who: String,
    organ: String,
    at: String,
    outcome: String,
    ground: &'a str,
    changes: Vec<Changed<'a>>,
    /// The checks that the proposed figures do not pass.
    failing: Vec<String>,
    /// The digest of the proposal, which the answer names; for the two organs only, since figures
    /// that are locked could be guessed by it.
    digest: Option<String>,
}

/// Another station of the centre, to compare with.
struct Neighbour<'a> {
    href: String,
    names: &'a Names,
    badge: String,
    figures: [Option<u64>; 4],
}

/// What the reader may do here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    Read,
    Propose,
    Answer,
}

#[derive(Template)]
#[template(path = "decision/page.html")]
struct DecisionPage<'a> {
    page: &'a Page,
    title: String,
    place: String,
    station_level: String,
    station_code: String,
    contest_names: &'a Names,
    badge: String,
    version: u64,
    notices: String,
    story: Vec<String>,
    figures: String,
    proposed: Option<Proposed<'a>>,
    proposes: bool,
    answers: bool,
    /// Whether the figures may be let stand: not of a sheet that stands already.
    accepts: bool,
    law: String,
    action: String,
    again: &'a Again,
    groups: Vec<Group<'a>>,
    /// What each person typed; empty for whoever does not decide.
    readings: String,
    images: String,
    neighbours: Vec<Neighbour<'a>>,
    /// The snapshot that the neighbours are of.
    snapshot: String,
    journal: String,
}

/// What was sent and comes back.
#[derive(Default)]
struct Again {
    outcome: String,
    ground: String,
    reason: String,
    notices: String,
    typed: Vec<Typed>,
}

/// How a sheet came to stand where it does.
struct Behind {
    /// The states of the version; none for whoever does not decide.
    states: Vec<Sheet>,
    /// The acts on all its versions.
    entries: Vec<journal::Line>,
}

/// A sheet before the organs.
struct Case<'a> {
    live: &'a Live,
    named: Named<'a>,
    reader: &'a Reader,
    /// The version that is decided on: the last.
    sheet: Sheet,
}

impl<'a> Case<'a> {
    async fn new(
        app: &App,
        asked: &'a Asked,
        live: &'a Live,
        codes: [&str; 2],
    ) -> Result<Self, No> {
        let named = Named::find(&live.view, codes).ok_or_else(|| asked.not_found(app))?;
        let reader = desk::reader_of(app, asked, (&live.view, named.which.station))?;
        let sheet = named.versions(app, asked, reader).await?.pop();
        match sheet {
            Some(sheet) if is_for_decision(&sheet.state) => Ok(Self {
                live,
                named,
                reader,
                sheet,
            }),
            other => {
                let code = other.map_or("awaited", |sheet| sheet.state.code());
                let no = SheetRefusal::NotForDecision(code);
                Err(asked.no(app, StatusCode::CONFLICT, no.code()))
            }
        }
    }

    /// The states it had, for whoever decides, and the acts on it.
    async fn behind(&self, app: &App, asked: &Asked) -> Result<Behind, No> {
        let failed = |failed| asked.failed(app, &failed);
        let (key, source) = (&self.named.key, app.source());
        let states = match self.decides() {
            true => {
                let version = (key, self.sheet.version);
                let states = source.sheet_states(self.reader.role.organ(), version);
                states.await.map_err(failed)?
            }
            false => Vec::new(),
        };
        let entries = source.sheet_entries(key).await.map_err(failed)?;
        Ok(Behind { states, entries })
    }

    /// Its figures, where the reader may see them, and what waits for the second organ.
    fn stands(&self) -> (Option<&Figures>, Option<&Proposal>) {
        let figures = self.sheet.state.public().filter(|own| self.may_see(own));
        (figures, proposal_of(&self.sheet))
    }

    /// Whether the reader may see figures of the sheet: once its contest is released, or of the two
    /// organs that decide; a source that keeps them back gives none of their lines.
    fn may_see(&self, figures: &Figures) -> bool {
        let lines = self.named.paper.form().fields.len();
        (self.decides() || self.named.which.entry.released) && figures.fields.len() == lines
    }

    /// Whether the reader may see figures that are locked: the two organs that decide.
    fn decides(&self) -> bool {
        matches!(self.reader.role, Role::Adjudicator | Role::Supervisor)
    }

    /// The sheet as its image is looked for.
    fn shown(&self) -> Which<'_> {
        Which {
            sheet: Some(&self.sheet),
            ..self.named.which
        }
    }

    fn may(&self) -> May {
        let open = matches!(
            self.sheet.state,
            SheetState::Quarantined { .. } | SheetState::Accepted { .. }
        );
        match self.stands().1 {
            _ if !open || !self.decides() || self.named.which.entry.certified => May::Read,
            None => May::Propose,
            Some(proposal) if proposal.by.organ != self.reader.role.organ() => May::Answer,
            Some(_) => May::Read,
        }
    }

    fn page(&self, page: &Page, again: &Again, behind: &Behind) -> String {
        let view = &self.live.view;
        let unit = view.snapshot.geography.unit(self.named.which.station);
        let contest = &self.named.which.entry.contest;
        let (figures, proposal) = self.stands();
        let sheet = &self.sheet;
        let may = self.may();
        let typed = self.typed(again);
        html(&DecisionPage {
            page,
            title: format!("{} · {}", page.name(&unit.names), page.name(&contest.names)),
            place: place_name(page, view, self.named.which.station),
            station_level: unit::level(page, view, self.named.which.station),
            station_code: unit.code.to_string(),
            contest_names: &contest.names,
            badge: html(&Badge {
                page,
                code: sheet.state.code(),
            }),
            version: sheet.version.into(),
            notices: again.notices.clone(),
            story: sheet::story(page, view, self.named.which.entry, &sheet.state),
            figures: figures.map_or_else(String::new, |seen| {
                sheet::shown((page, "h2"), &self.named.paper, sheet, seen)
            }),
            proposed: proposal.map(|proposal| self.proposed(page, proposal)),
            proposes: may == May::Propose,
            answers: may == May::Answer,
            accepts: sheet.state.counted().is_none(),
            law: match view.snapshot.profile.second_signature {
                SecondSignature::Required => page.t("decision-law-required"),
                SecondSignature::RecordRefusal => page.t("decision-law-record"),
            },
            action: format!(
                "/desk/decisions/{}/{}",
                self.named.key.contest, self.named.key.station
            ),
            again,
            groups: groups(page, &self.named.paper, &typed, false),
            readings: match self.decides() {
                true => readings::part(page, self, (&behind.states, &behind.entries)),
                false => String::new(),
            },
            images: image::slot(page, view, self.shown(), ("h2", &behind.entries)),
            neighbours: self.neighbours(page),
            snapshot: view.snapshot.id(),
            journal: journal::entries(page, &behind.entries),
        })
    }

    /// What stands in the boxes for other figures: what was typed, else what the sheet has.
    fn typed(&self, again: &Again) -> Vec<Typed> {
        if !again.typed.is_empty() || self.may() != May::Propose {
            return again.typed.clone();
        }
        let (figures, _) = self.stands();
        let all = figures.into_iter().flat_map(|figures| {
            let (fields, choices) = (figures.fields.iter(), figures.choices.iter());
            fields.chain(choices).copied()
        });
        let lines = entry::typed::lines(&self.named.paper).into_iter();
        let one = |(line, figure): (_, Option<Votes>)| Typed {
            line,
            text: figure.map_or_else(String::new, |votes| votes.get().to_string()),
            figure: Ok(figure),
        };
        lines.zip(all).map(one).collect()
    }

    fn proposed<'p>(&'p self, page: &Page, proposal: &'p Proposal) -> Proposed<'p> {
        let (figures, _) = self.stands();
        let changed = match (&proposal.outcome, figures) {
            (Outcome::Correct(next), Some(was)) if self.decides() => {
                self.changed(was, &next.figures)
            }
            _ => Vec::new(),
        };
        let next = match &proposal.outcome {
            Outcome::Correct(next) => Some(&next.figures).filter(|own| self.may_see(own)),
            Outcome::Accept => figures,
            Outcome::Return => None,
        };
        let failing = next.map(|next| self.named.paper.failing(&next.fields, &next.choices));
        Proposed {
            who: proposal.by.id.to_string(),
            organ: page.organ(proposal.by.organ),
            at: page.moment(&proposal.at),
            outcome: page.t(format!("decision-{}", proposal.outcome.code())),
            ground: &proposal.ground,
            changes: changed,
            failing: entry::failing(page, self.named.paper.form(), &failing.unwrap_or_default()),
            digest: self.decides().then(|| digest(proposal)),
        }
    }

    /// The lines in which two readings of the paper differ, with both.
    fn changed(&self, was: &Figures, next: &Figures) -> Vec<Changed<'_>> {
        let form = self.named.paper.form().fields.iter();
        let fields = form.map(|own| (own.code.as_str(), &own.names));
        let contest = self.named.paper.contest().choices.iter();
        let choices = contest.map(|own| (own.code.as_str(), &own.names));
        let was = was.fields.iter().chain(&was.choices);
        let next = next.fields.iter().chain(&next.choices);
        let pairs = fields.chain(choices).zip(was.zip(next));
        let number = |votes: &Option<Votes>| votes.map(Votes::get);
        pairs
            .filter(|(_, (was, will))| was != will)
            .map(|((code, names), (was, will))| Changed {
                code,
                names,
                was: number(was),
                will: number(will),
            })
            .collect()
    }

    /// The other stations of the centre: registered, in the box, valid, invalid, as everybody may
    /// see them.
    fn neighbours(&self, page: &Page) -> Vec<Neighbour<'a>> {
        let view = &self.live.view;
        let geography = &view.snapshot.geography;
        let Some(centre) = geography.parent(self.named.which.station) else {
            return Vec::new();
        };
        let others = geography
            .children(centre)
            .iter()
            .copied()
            .filter(|ix| *ix != self.named.which.station);
        let entry = self.named.which.entry;
        let meanings = [
            Meaning::Registered,
            Meaning::InBox,
            Meaning::Valid,
            Meaning::Invalid,
        ];
        let neighbour = |ix| {
            let unit = geography.unit(ix);
            let sheet = view.current(&entry.contest.code, &unit.code);
            let figures = sheet.and_then(|sheet| view.figures(entry, sheet));
            let line = |meaning| {
                let at = self.named.paper.form().fields.iter();
                let mut at = at.zip(&figures?.fields);
                let (_, votes) = at.find(|(field, _)| field.meaning == meaning)?;
                votes.map(Votes::get)
            };
            Neighbour {
                href: page.links.sheet(view, &entry.contest.code, ix),
                names: &unit.names,
                badge: html(&Badge {
                    page,
                    code: sheet.map_or("awaited", |sheet| sheet.state.code()),
                }),
                figures: meanings.map(line),
            }
        };
        others.map(neighbour).collect()
    }
}

/// What waits for the second organ.
const fn proposal_of(sheet: &Sheet) -> Option<&Proposal> {
    match &sheet.state {
        SheetState::Quarantined { proposal, .. } | SheetState::Accepted { proposal, .. } => {
            proposal.as_ref()
        }
        _ => None,
    }
}

/// Whether a sheet is before the organs, or was.
const fn is_for_decision(state: &SheetState) -> bool {
    state.public().is_some() || matches!(state, SheetState::Returned { .. })
}

/// The digest of a proposal: whoever answers names it, so that nobody signs another one.
fn digest(proposal: &Proposal) -> String {
    let text = serde_json::to_vec(proposal).expect("a proposal is data");
    Hash::of_bytes(&text).to_string()
}

/// The page of a case, with what was sent.
async fn answer_with(
    (app, asked, case): (&App, &Asked, &Case<'_>),
    status: StatusCode,
    again: &Again,
) -> Result<Response, No> {
    let page = asked.bare_page(Some(case.live));
    let behind = case.behind(app, asked).await?;
    Ok((status, Html(case.page(&page, again, &behind))).into_response())
}

/// The case of a sheet.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
) -> Result<Response, No> {
    let live: Arc<Live> = asked.live(&app)?;
    let case = Case::new(&app, &asked, &live, [&contest, &station]).await?;
    let page = asked.bare_page(Some(&live));
    let mut again = Again::default();
    if let Some(done) = asked.query("done") {
        let title = match done {
            "proposed" => page.t("decision-done-proposed"),
            _ => page.t("decision-done-answered"),
        };
        again.notices = notice(Kind::Information, title, Vec::new());
    }
    answer_with((&app, &asked, &case), StatusCode::OK, &again).await
}
