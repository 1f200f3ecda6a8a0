//! What the command was asked for.

use crate::bench::matching::works::Work;
use crate::bench::value;
use crate::project::Stop;
use std::path::PathBuf;

/// The help of the command.
pub const USAGE: &str = "\
cargo xtask bench matching [OPTIONS]

Measures `sanduq match` beside Splink on rolls with a known truth: right and wrong pairs, twins,
groups of people, time and memory, each beside what we promise. Ends with 1 where a promise is not
kept, with 3 where the machine or the shared data lack something.

  --only NAME,NAME   1m, slice, deaths, serving, fa, febrl3, febrl4, fake (these are the standard),
                     5m (its peer takes ten minutes and 9 GB), 20m (without the peer)
  --large            the standard, and ours on 5m and 20m with time and memory; what 70m would take
                     by a straight line through both; the peer on 5m is that of an earlier run
  --ours             without the peer: its figures of an earlier run are shown, with a star
  --seed N           other rolls than the usual ones, made from this seed
  --program PATH     measures this program instead of building the one of this checkout
  --json             one object a line instead of the table

  cargo xtask bench matching --only febrl3,febrl4,fake
  cargo xtask bench matching --ours --seed 4711 --only 1m,slice
  cargo xtask bench matching --large
";

/// The options, read.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// The works to do; the standard ones where nothing is named.
    pub only: Option<Vec<String>>,
    /// The large works too, where none is named.
    pub large: bool,
    /// Without the peer.
    pub ours: bool,
    /// The seed of the rolls, where it is not the usual one.
    pub seed: Option<u64>,
    /// A program built before.
    pub program: Option<PathBuf>,
    /// Objects instead of the table.
    pub json: bool,
}

impl Options {
    /// Reads the words behind the command's name.
    ///
    /// # Errors
    /// Which word is not understood.
    pub fn read(words: &[String], works: &[Work]) -> Result<Options, Stop> {
        let mut options = Options::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || value(&mut words, word, USAGE);
            match word.as_str() {
                "--large" => options.large = true,
                "--ours" => options.ours = true,
                "--json" => options.json = true,
                "--only" => options.only = Some(names(value()?, works)?),
                "--program" => options.program = Some(PathBuf::from(value()?)),
                "--seed" => {
                    let seed = value()?;
                    let bad = |_| Stop::Failed(format!("{seed} is no seed: it is a whole number"));
                    options.seed = Some(seed.parse().map_err(bad)?);
                }
                other => return Err(Stop::Failed(format!("no option {other}\n\n{USAGE}"))),
            }
        }
        match options {
            Options {
                large: true,
                only: Some(_),
                ..
            } => Err(Stop::Failed(
                "--large and --only exclude each other: name 5m or 20m".to_owned(),
            )),
            options => Ok(options),
        }
    }

    /// Whether a work is asked for.
    pub fn ask_for(&self, work: &Work) -> bool {
        match &self.only {
            Some(names) => names.contains(&work.name),
            None => work.standard || self.large,
        }
    }

    /// Whether the peer is run on a work that is asked for: on a large one only where it is named.
    pub fn run_peer(&self, work: &Work) -> bool {
        let named = work.standard || self.only.is_some();
        named && !self.ours && !work.peer.is_empty()
    }
}

fn names(list: &str, works: &[Work]) -> Result<Vec<String>, Stop> {
    let known = |name: &str| works.iter().any(|work| work.name == name);
    list.split(',')
        .map(|name| match known(name) {
            true => Ok(name.to_owned()),
            false => Err(Stop::Failed(format!(
                "nothing to measure is called {name:?}\n\n{USAGE}"
            ))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Options;
    use crate::bench::matching::works::Work;
    use crate::bench::matching::works::works;
    use std::path::PathBuf;

    fn read(line: &str) -> Result<Options, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::read(&words, &works()).map_err(|stop| stop.to_string())
    }

    #[test]
    fn options_are_read() {
        let whole = Options {
            only: Some(vec!["5m".to_owned(), "fake".to_owned()]),
            large: false,
            ours: true,
            seed: Some(77),
            program: Some(PathBuf::from("a/b")),
            json: true,
        };
        let line = "--only 5m,fake --ours --seed 77 --program a/b --json";
        assert_eq!(read(line), Ok(whole));
        assert_eq!(read(""), Ok(Options::default()));
    }

    #[test]
    fn the_large_works_are_asked_for_and_their_peer_by_name_alone() {
        for (line, asked, peer) in [
            ("", "1m", "1m"),
            ("--large", "1m 5m 20m", "1m"),
            ("--large --ours", "1m 5m 20m", ""),
            ("--only 5m,20m", "5m 20m", "5m"),
            ("--only 5m --ours", "5m", ""),
        ] {
            let options = read(line).expect("it is understood");
            let works = works();
            let named = |is: &dyn Fn(&Work) -> bool| -> String {
                let names = ["1m", "5m", "20m"].iter();
                let of = |name: &&&str| works.iter().any(|work| work.name == **name && is(work));
                let found: Vec<&str> = names.filter(of).copied().collect();
                found.join(" ")
            };
            assert_eq!(named(&|work| options.ask_for(work)), asked, "{line}");
            let run = |work: &Work| options.ask_for(work) && options.run_peer(work);
            assert_eq!(named(&run), peer, "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, why) in [
            ("--only", "--only needs a value"),
            ("--only 1m,2m", "nothing to measure is called \"2m\""),
            ("--seed x", "x is no seed: it is a whole number"),
            ("--fast", "no option --fast"),
            (
                "--large --only 5m",
                "--large and --only exclude each other: name 5m or 20m",
            ),
        ] {
            let said = read(line).expect_err("it is refused");
            assert_eq!(said.lines().next(), Some(why));
        }
    }
}
