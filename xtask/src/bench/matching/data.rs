//! Rolls, lists and their truth, made once in `target/bench-matching`, and the packages of Python
//! that make them and run the peer.

use crate::bench::matching::works::Work;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// Where everything lies.
pub struct Data {
    /// Our scripts.
    scripts: PathBuf,
    /// The peer's scripts and the generator.
    shared: PathBuf,
    /// Where FEBRL and fake_1000 lie.
    known: PathBuf,
    /// Everything made.
    pub folder: PathBuf,
}

/// The files of one work.
pub struct Records {
    /// The name of the roll, without folder and ending.
    pub name: String,
    /// The roll.
    pub roll: PathBuf,
    /// Who is who in it.
    pub truth: PathBuf,
    /// The list and its truth, where one is compared with the roll.
    pub list: Option<[PathBuf; 2]>,
}

/// FEBRL and fake_1000 as the peer's scripts call them.
const KNOWN: [&str; 4] = [
    "febrl/dataset3.csv",
    "febrl/dataset4a.csv",
    "febrl/dataset4b.csv",
    "fake_1000.csv",
];

impl Data {
    /// Finds what the works need of the shared folder beside the checkout.
    ///
    /// # Errors
    /// [`Stop::Absent`] with what is not there.
    pub fn find(project: &Project, works: &[&Work]) -> Result<Data, Stop> {
        let beside = project.root.join("../shared");
        let data = Data {
            scripts: project.root.join("xtask/bench"),
            shared: beside.join("bench/roll"),
            known: beside.join("data/register-dedup/data"),
            folder: project.target.join("bench-matching"),
        };
        let made = works.iter().any(|work| !work.made.is_empty());
        let known = works.iter().any(|work| work.made.is_empty());
        let peer = works.iter().any(|work| !work.peer.is_empty());
        for (needed, place) in [(made || peer, &data.shared), (known, &data.known)] {
            if needed && !place.is_dir() {
                let name = place.strip_prefix(&project.root).unwrap_or(place);
                let why = format!("{} is absent: there is nothing to match", name.display());
                return Err(Stop::Absent(why));
            }
        }
        make_folder(&data.folder.join("data"))?;
        Ok(data)
    }

    /// Installs the packages, once for each list of them.
    pub fn packages(&self) -> Result<(), Stop> {
        let list = self.scripts.join("requirements.txt");
        let wanted = fs::read_to_string(&list).map_err(|error| failed(&list, &error))?;
        let note = self.folder.join("python/requirements.txt");
        if fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        let folder = self.folder.join("python");
        call(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&folder),
        )?;
        let mut install = self.python();
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ]);
        call(install.arg(&list))?;
        fs::write(&note, wanted).map_err(|error| failed(&note, &error))
    }

    /// Python with the packages, in the folder of everything made.
    pub fn python(&self) -> Command {
        let mut python = Command::new(self.folder.join("python/bin/python"));
        // The folders that scripts lie in are not ours to write to.
        python
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .current_dir(&self.folder);
        python
    }

    /// Python with a script of ours.
    pub fn script(&self, name: &str) -> Command {
        let mut python = self.python();
        python.arg(self.scripts.join(name));
        python
    }

    /// A script of the shared folder: the generator or the peer.
    pub fn shared(&self, name: &str) -> PathBuf {
        self.shared.join(name)
    }

    /// The files of a work, made where they are not there yet.
    pub fn provide(&self, work: &Work, seed: Option<u64>) -> Result<Records, Stop> {
        let name = roll_name(work, seed);
        let folder = self.folder.join("data");
        match (work.made.is_empty(), work.seeds.len()) {
            (true, _) => self.known()?,
            (false, 1) => self.once(&name, || self.made(&name, &work.made, work.seeds[0], seed))?,
            (false, _) => self.once(&name, || self.joined(&name, work, seed))?,
        }
        let file = |ending: &str| folder.join(format!("{name}{ending}.csv"));
        let list = (!work.list.is_empty()).then(|| {
            [
                file(&format!(".{}", work.list)),
                file(&format!(".{}.truth", work.list)),
            ]
        });
        Ok(Records {
            roll: file(""),
            truth: file(".truth"),
            list,
            name,
        })
    }

    /// Makes something unless a note says that it is there; the note is written last.
    fn once(&self, name: &str, make: impl Fn() -> Result<(), Stop>) -> Result<(), Stop> {
        let note = self.folder.join("data").join(format!("{name}.made"));
        if note.exists() {
            return Ok(());
        }
        make()?;
        fs::write(&note, "").map_err(|error| failed(&note, &error))
    }

    /// A roll and its lists, from the generator.
    fn made(&self, name: &str, how: &str, usual: u64, seed: Option<u64>) -> Result<(), Stop> {
        let mut generator = self.python();
        generator
            .arg(self.shared("gen.py"))
            .args(how.split_whitespace());
        generator.args(["--seed", &seed.unwrap_or(usual).to_string()]);
        call(generator.args(["--out", &format!("data/{name}")]))?;
        call(self.script("prepare.py").args(["made", "data", name]))
    }

    /// A roll of several: one generator's memory ends at some five million people.
    fn joined(&self, name: &str, work: &Work, seed: Option<u64>) -> Result<(), Stop> {
        let seeds = part_seeds(work, seed);
        let parts: Vec<String> = seeds.iter().map(|part| format!("{name}_{part}")).collect();
        for (part, seed) in parts.iter().zip(&seeds) {
            self.once(part, || self.made(part, &work.made, *seed, None))?;
        }
        call(
            self.script("prepare.py")
                .args(["join", "data", name])
                .args(parts),
        )
    }

    /// FEBRL and fake_1000: ours without what tells who is who, the peer's as they are.
    fn known(&self) -> Result<(), Stop> {
        for path in KNOWN {
            let name = path.rsplit('/').next().unwrap_or(path);
            // The peer's scripts read these names; what is prepared for ours has others.
            let link = self.folder.join("data").join(name);
            let file = self.known.join(path);
            let file = file.canonicalize().map_err(|error| failed(&file, &error))?;
            let _ = fs::remove_file(&link);
            symlink(&file, &link).map_err(|error| failed(&link, &error))?;
        }
        let mut prepare = self.script("prepare.py");
        call(prepare.arg("known").arg(&self.known).arg("data"))
    }
}

/// The name of a roll: another seed is another roll.
pub fn roll_name(work: &Work, seed: Option<u64>) -> String {
    match seed.filter(|_| !work.made.is_empty()) {
        Some(seed) => format!("{}_{seed}", work.roll),
        None => work.roll.clone(),
    }
}

/// The seeds of the parts of a roll; each part of another seed has its own as well.
fn part_seeds(work: &Work, seed: Option<u64>) -> Vec<u64> {
    match seed {
        Some(seed) => (seed..).take(work.seeds.len()).collect(),
        None => work.seeds.clone(),
    }
}

fn make_folder(folder: &Path) -> Result<(), Stop> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))
}

/// A file that could not be read or written.
pub fn failed(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Failed(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Data;
    use super::part_seeds;
    use super::roll_name;
    use crate::bench::matching::works::Work;
    use crate::bench::matching::works::works;
    use crate::project::Project;
    use crate::project::Stop;
    use std::fs;

    /// Only what the chosen works need must be there, and what is not there is named.
    #[test]
    fn absent_data_are_named() {
        let folder = std::env::temp_dir().join(format!("beside-{}", std::process::id()));
        let (root, target) = (folder.join("project"), folder.join("target"));
        fs::create_dir_all(&root).expect("a folder");
        fs::create_dir_all(folder.join("shared/bench/roll")).expect("a folder");
        let project = Project { root, target };
        let works = works();
        for (name, absent) in [
            ("1m", None),
            ("20m", None),
            ("fake", Some("../shared/data/register-dedup/data is absent")),
        ] {
            let chosen: Vec<&Work> = works.iter().filter(|work| work.name == name).collect();
            match (Data::find(&project, &chosen), absent) {
                (Ok(_), None) => {}
                (Err(Stop::Absent(why)), Some(said)) => assert!(why.starts_with(said), "{why}"),
                (found, _) => panic!("{name}: {:?}", found.err()),
            }
        }
        fs::remove_dir_all(folder).expect("it was ours");
    }

    #[test]
    fn another_seed_is_another_roll_where_rolls_are_made() {
        let works = works();
        let names = |seed| -> Vec<String> {
            let chosen = works
                .iter()
                .filter(|work| matches!(&*work.name, "slice" | "febrl3"));
            chosen.map(|work| roll_name(work, seed)).collect()
        };
        assert_eq!(names(None), ["slice_ar_500k", "febrl3"]);
        assert_eq!(names(Some(9)), ["slice_ar_500k_9", "febrl3"]);
    }

    #[test]
    fn no_two_parts_of_a_roll_have_one_seed() {
        let works = works();
        let whole = works
            .iter()
            .find(|work| work.name == "20m")
            .expect("it is there");
        assert_eq!(part_seeds(whole, None), [5, 51, 52, 53]);
        assert_eq!(part_seeds(whole, Some(9)), [9, 10, 11, 12]);
    }
}
