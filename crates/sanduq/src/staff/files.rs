//! What an assignment is made of: rules by their name, registers as CSV, and an assignment that was
//! written before. A file that cannot be used is refused with its row.

use crate::exit::Ended;
use crate::jurisdictions::Jurisdictions;
use crate::matching::out;
use crate::placement::law;
use crate::placement::law::Chosen;
use crate::staff::rows::Rows;
use clap::Args;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::refusal::Refusal;
use sanduq_operations::assignment::change::ChangeRefusal;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::kinship::Link;
use sanduq_operations::assignment::kinship::Relation;
use sanduq_operations::assignment::person::Person;
use sanduq_operations::assignment::person::Sex;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::registers::Row;
use sanduq_operations::assignment::registers::Told;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Post;
use serde::Deserialize;
use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;

/// Rules and registers.
#[derive(Args)]
pub struct Files {
    /// The rules: PROFILE/NAME of the jurisdictions, as wahat/judges, or a file that ends in .toml.
    #[arg(long, value_name = "NAME")]
    rules: String,
    /// Judges or administrators.
    #[arg(long, value_name = "FILE")]
    people: PathBuf,
    /// Committees.
    #[arg(long, value_name = "FILE")]
    committees: PathBuf,
    /// Who is related to whom.
    #[arg(long, value_name = "FILE")]
    kinship: Option<PathBuf>,
    /// Who stands where.
    #[arg(long, value_name = "FILE")]
    candidates: Option<PathBuf>,
    /// Who serves already, placed from another register by sanduq staff place: nobody of these is
    /// placed again, nor beside a relative among them. May be given more than once.
    #[arg(long, value_name = "FILE")]
    serving: Vec<PathBuf>,
    /// Read the rules of countries from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
    /// The language of refusals and pictures: ar, fa, fr or en [default: English].
    #[arg(long, value_name = "LANGUAGE", value_parser = crate::said::locale)]
    pub lang: Option<Locale>,
    /// Print one JSON object, of a refusal too: code, message.
    #[arg(long)]
    pub json: bool,
}

impl Files {
    /// The language of pictures.
    pub fn locale(&self) -> Locale {
        self.lang.unwrap_or(Locale::En)
    }

    /// Every file that is read.
    pub fn paths(&self) -> Vec<&Path> {
        let more = [&self.kinship, &self.candidates];
        let more = more.into_iter().flatten().chain(&self.serving);
        let more = more.map(PathBuf::as_path);
        [self.people.as_path(), &self.committees]
            .into_iter()
            .chain(more)
            .collect()
    }

    /// The text of the rules, and the rules.
    ///
    /// # Errors
    /// There are none of this name, or they cannot be used.
    pub fn rules(&self) -> Result<(String, Rules), Ended> {
        named(&self.rules, self.jurisdictions.as_deref())
    }

    /// The registers, checked.
    ///
    /// # Errors
    /// The first row that cannot be used.
    pub fn registers(&self, rules: &Rules) -> Result<Registers, Ended> {
        for path in self.paths() {
            out::check_plain(path)?;
        }
        let country = self.country()?;
        let mut told = Told {
            people: people(&self.people, country.as_ref())?,
            committees: committees(&self.committees, country.as_ref())?,
            ..Told::default()
        };
        if let Some(path) = &self.kinship {
            told.kinship = kinship(path)?;
        }
        if let Some(path) = &self.candidates {
            let mut rows = Rows::open(path, &["candidate", "contest"])?;
            while rows.next()? {
                told.candidates
                    .push((rows.id("candidate")?, rows.code("contest")?));
            }
        }
        for path in &self.serving {
            let posts = Posts::read(path)?.posts.into_iter();
            told.serving
                .extend(posts.map(|post| (post.person, post.committee)));
        }
        Registers::new(told, rules).map_err(|refusal| Ended::refused(&refusal))
    }

    /// The country whose rules they are, where it has an outline; none for a file of rules, which
    /// is no country's.
    fn country(&self) -> Result<Option<Chosen>, Ended> {
        if self.rules.ends_with(".toml") {
            return Ok(None);
        }
        let jurisdictions = Jurisdictions::open(self.jurisdictions.as_deref());
        let profile = self.rules.split('/').next().unwrap_or_default();
        let outline = jurisdictions.text(&format!("{profile}/{}", law::FILE));
        match outline {
            Ok(_) => law::read(&jurisdictions, profile).map(Some),
            Err(_) => Ok(None),
        }
    }
}

/// The text of the rules of a name, and the rules.
///
/// # Errors
/// There are none of this name, or they cannot be used.
pub fn named(name: &str, jurisdictions: Option<&Path>) -> Result<(String, Rules), Ended> {
    let text = if name.ends_with(".toml") {
        std::fs::read_to_string(name).map_err(|fault| Ended::Refused {
            code: "assignment.file".to_owned(),
            sentence: format!("{name}: {fault}"),
        })?
    } else {
        let jurisdictions = Jurisdictions::open(jurisdictions);
        let (profile, file) = name.split_once('/').unwrap_or((name, "judges"));
        let text = jurisdictions.text(&format!("{profile}/staff/{file}.toml"));
        text.map_err(|_| Ended::Refused {
            code: "assignment.rules_unknown".to_owned(),
            sentence: format!("there is no {profile}/staff/{file}.toml"),
        })?
    };
    let rules = Rules::read(&text).map_err(|refusal| Ended::refused(&refusal))?;
    Ok((text, rules))
}

fn people(path: &Path, country: Option<&Chosen>) -> Result<Vec<Row<Person>>, Ended> {
    let needed = [
        "person",
        "body",
        "rank",
        "sex",
        "governorate",
        "district",
        "latitude",
        "longitude",
    ];
    let mut rows = Rows::open(path, &needed)?;
    let mut people = Vec::new();
    while rows.next()? {
        let told = Person {
            code: rows.id("person")?,
            body: rows.word("body")?,
            rank: rows.number("rank")?.ok_or_else(|| rows.wrong("rank"))?,
            sex: match rows.text("sex") {
                "woman" => Sex::Woman,
                "man" => Sex::Man,
                _ => return Err(rows.wrong("sex")),
            },
            governorate: rows.unit("governorate")?,
            district: rows.unit("district")?,
            home: rows
                .place(["latitude", "longitude"], country)?
                .ok_or_else(|| rows.wrong("latitude"))?,
            work: rows.place(["work_latitude", "work_longitude"], country)?,
            available: rows.yes("available", true)?,
            skills: rows.words("skills"),
            conflicts: rows.codes("conflicts")?,
            served: rows.units("served")?,
            far_before: rows.number("far_before")?.unwrap_or(0),
            relatives: Vec::new(),
            standing: Vec::new(),
            elsewhere: false,
            beside: Vec::new(),
        };
        people.push(Row {
            row: rows.row(),
            told,
        });
    }
    Ok(people)
}

/// A committee, with its seats where the row says them.
type Seated = Row<(Committee, Option<u32>)>;

fn committees(path: &Path, country: Option<&Chosen>) -> Result<Vec<Seated>, Ended> {
    let needed = [
        "committee",
        "kind",
        "governorate",
        "district",
        "latitude",
        "longitude",
    ];
    let mut rows = Rows::open(path, &needed)?;
    let mut committees = Vec::new();
    while rows.next()? {
        let kind = Kind::from_code(rows.text("kind")).filter(|kind| *kind != Kind::Reserve);
        let kind = kind.ok_or_else(|| rows.wrong("kind"))?;
        let committee = Committee {
            code: rows.unit("committee")?,
            kind,
            governorate: rows.unit("governorate")?,
            district: Some(rows.unit("district")?),
            point: rows
                .place(["latitude", "longitude"], country)?
                .ok_or_else(|| rows.wrong("latitude"))?,
            voters: rows.number("voters")?.unwrap_or(0),
            seats: 0,
            women: rows.yes("women", false)?,
            contests: rows.codes("contests")?,
            under: rows.units("under")?.into_iter().next(),
            rank: rows.number("rank")?.unwrap_or(1),
            skills: rows.words("skills"),
        };
        let told = (committee, rows.number("seats")?);
        committees.push(Row {
            row: rows.row(),
            told,
        });
    }
    Ok(committees)
}

fn kinship(path: &Path) -> Result<Vec<Link>, Ended> {
    let mut rows = Rows::open(path, &["person", "relation", "relative"])?;
    let mut links = Vec::new();
    while rows.next()? {
        let relation = Relation::from_code(rows.text("relation"));
        links.push(Link {
            row: rows.row(),
            person: rows.id("person")?,
            relation: relation.ok_or_else(|| rows.wrong("relation"))?,
            relative: rows.id("relative")?,
        });
    }
    Ok(links)
}

/// An assignment that was written before, as CSV or, by the end of its name, as JSON.
pub struct Posts {
    path: PathBuf,
    rows: Vec<u64>,
    posts: Vec<Post>,
}

/// An entry of an assignment that was written as JSON.
#[derive(Deserialize)]
struct Entry {
    person: ActorId,
    committee: UnitCode,
}

/// Whether a file is JSON, by the end of its name.
pub fn is_json(path: &Path) -> bool {
    let end = path.extension().and_then(OsStr::to_str);
    end.is_some_and(|end| end.eq_ignore_ascii_case("json"))
}

impl Posts {
    /// Reads the file.
    ///
    /// # Errors
    /// The first row that cannot be used.
    pub fn read(path: &Path) -> Result<Self, Ended> {
        out::check_plain(path)?;
        let mut read = Self {
            path: path.to_owned(),
            rows: Vec::new(),
            posts: Vec::new(),
        };
        if is_json(path) {
            read.entries()?;
            return Ok(read);
        }
        let mut rows = Rows::open(path, &["person", "committee"])?;
        while rows.next()? {
            read.rows.push(rows.row());
            read.posts.push(Post {
                person: rows.id("person")?,
                committee: rows.unit("committee")?,
            });
        }
        Ok(read)
    }

    fn entries(&mut self) -> Result<(), Ended> {
        let no = |why: &dyn core::fmt::Display| Ended::Refused {
            code: "assignment.file".to_owned(),
            sentence: format!("{}: {why}", self.path.display()),
        };
        let bytes = std::fs::read(&self.path).map_err(|why| no(&why))?;
        let entries: Vec<Entry> = serde_json::from_slice(&bytes).map_err(|why| no(&why))?;
        self.rows = (1..).take(entries.len()).collect();
        let posts = entries.into_iter().map(|entry| Post {
            person: entry.person,
            committee: entry.committee,
        });
        self.posts = posts.collect();
        Ok(())
    }

    /// The assignment in hand.
    ///
    /// # Errors
    /// The first row that names what stands in no register, or somebody once more.
    pub fn in_hand<'a>(
        &self,
        rules: &'a Rules,
        registers: &'a Registers,
    ) -> Result<Desk<'a>, Ended> {
        let desk = Desk::new(rules, registers, &self.posts);
        desk.map_err(|refusal| {
            let ChangeRefusal::AssignmentUnfit(post) = &refusal else {
                return Ended::refused(&refusal);
            };
            let at = self.posts.iter().rposition(|one| one == post);
            let row = at.and_then(|at| self.rows.get(at)).copied().unwrap_or(0);
            Ended::Refused {
                code: refusal.code().to_owned(),
                sentence: format!("{}, row {row}: {refusal}", self.path.display()),
            }
        })
    }
}

/// Service numbers that stand in a file, under `person`.
///
/// # Errors
/// The first row that cannot be used.
pub fn numbers(path: &Path) -> Result<Vec<ActorId>, Ended> {
    out::check_plain(path)?;
    let mut rows = Rows::open(path, &["person"])?;
    let mut numbers = Vec::new();
    while rows.next()? {
        numbers.push(rows.id("person")?);
    }
    Ok(numbers)
}

/// The service number that was typed.
///
/// # Errors
/// It is none.
pub fn number(text: &str) -> Result<ActorId, Ended> {
    ActorId::new(text).map_err(|not| Ended::Refused {
        code: "assignment.value".to_owned(),
        sentence: not.to_string(),
    })
}
