//! What the command was asked for.

use crate::bench::placement::nation::Nation;
use crate::bench::value;
use crate::project::Stop;

/// The help of the command.
pub const USAGE: &str = "\
cargo xtask bench placement [OPTIONS]

Places invented districts and sets the solver beside the min-cost flow of OR-tools: equal cost,
less time. Ends with 1 where the costs differ or ours takes longer.

  --only NAME,NAME   2k, 10k (these are the standard), 55k (its peer takes minutes)
  --ours             without the peer

With --nation, places a whole invented nation instead, and counts in what came of it. Ends with 1
where a promise is not kept: 15 minutes, 12 GB, nobody in two places, outside the own district or
above a station's places, 98 of a hundred households together, 2 % above the bound.

  --nation N         voters
  --stations N       [default: 6 for 7,000 voters]
  --districts N      [default: 352 for 70,000,000 voters, in proportion]
  --seed N           another nation than the usual one
  --again            places everybody a second time, on one thread, and compares

  cargo xtask bench placement --nation 70000000
  cargo xtask bench placement --nation 1000000 --again
";

/// The options, read.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// The works to do; the standard ones where nothing is named.
    pub only: Option<String>,
    /// Without the peer.
    pub ours: bool,
    /// What to do is to say how.
    pub help: bool,
    /// A nation instead of districts.
    pub nation: Option<Nation>,
}

impl Options {
    /// Reads the words behind the command's name.
    ///
    /// # Errors
    /// Which word is not understood, or belongs to the other kind of measure.
    pub fn read(words: &[String]) -> Result<Self, Stop> {
        let mut options = Self::default();
        let [mut voters, mut stations, mut districts, mut seed] = [None; 4];
        let mut again = false;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || value(&mut words, word, USAGE);
            match word.as_str() {
                "--ours" => options.ours = true,
                "--again" => again = true,
                "--help" | "-h" => options.help = true,
                "--only" => options.only = Some(value()?.clone()),
                "--nation" => voters = Some(number(word, value()?)?),
                "--stations" => stations = Some(number(word, value()?)?),
                "--districts" => districts = Some(number(word, value()?)?),
                "--seed" => seed = Some(number(word, value()?)?),
                other => return Err(failed(&format!("{other} is not understood"))),
            }
        }
        let peopled = [stations, districts, seed].iter().any(Option::is_some) || again;
        let Some(voters) = voters else {
            return match peopled {
                true => Err(failed("only a nation has sizes, a seed and a second time")),
                false => Ok(options),
            };
        };
        if options.only.is_some() || options.ours {
            return Err(failed("a nation has no peer and no instances"));
        }
        let usual = Nation::of(voters);
        options.nation = Some(Nation {
            stations: stations.unwrap_or(usual.stations),
            districts: districts.unwrap_or(usual.districts),
            seed: seed.unwrap_or(usual.seed),
            again,
            ..usual
        });
        Ok(options)
    }
}

fn failed(why: &str) -> Stop {
    Stop::Failed(format!("{why}\n\n{USAGE}"))
}

/// A number that is not zero.
fn number(word: &str, value: &str) -> Result<u32, Stop> {
    let read = value.parse().ok().filter(|number| *number > 0);
    read.ok_or_else(|| failed(&format!("{word} {value}: not a number above zero")))
}

#[cfg(test)]
mod tests {
    use super::Options;
    use crate::bench::placement::nation::Nation;

    fn read(text: &str) -> Option<Options> {
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        Options::read(&words).ok()
    }

    #[test]
    fn options_are_read_and_a_slip_is_refused() {
        let districts = Options {
            only: Some("2k".to_owned()),
            ours: true,
            ..Options::default()
        };
        let whole = Nation {
            voters: 70_000_000,
            stations: 60_000,
            districts: 352,
            seed: 1,
            again: false,
        };
        let small = Nation {
            voters: 9_000,
            stations: 30,
            districts: 2,
            seed: 7,
            again: true,
        };
        let of = |nation| Options {
            nation: Some(nation),
            ..Options::default()
        };
        for (text, expected) in [
            ("", Some(Options::default())),
            ("--ours --only 2k", Some(districts)),
            ("--nation 70000000", Some(of(whole))),
            (
                "--again --districts 2 --nation 9000 --seed 7 --stations 30",
                Some(of(small)),
            ),
            ("--nation", None),
            ("--nation 0", None),
            ("--nation many", None),
            ("--nations 5", None),
            ("--stations 5", None),
            ("--again", None),
            ("--nation 5 --ours", None),
            ("--nation 5 --only 2k", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
