//! What the command was asked for.

use crate::bench::value;
use crate::project::Stop;

/// The help of the command.
pub const USAGE: &str = "\
cargo xtask bench staff [OPTIONS]

Places invented judges by three sets of rules and 120,000 administrators, and sets the solver beside
OR-tools: the min-cost flow on whole nations (the pairs that ours looked at) and on a governorate
(all pairs), CP-SAT on a small land (all pairs, relatives apart). Shown are seconds by the clock and
of processors, memory, cost, how far that is above a proven bound, and what an independent check
finds broken or missing; then a morning on which 1,200 do not come. Ends with 1 where a promise is
not kept: judges in 300 s, administrators in 600 s, nothing broken, 2 % above the bound at most, a
replacement in 1 s.

  --only NAME,NAME   control, governorate, near-home, elsewhere, next-door, administrators
  --ours             without the peer
  --again            places everybody a second time, on one thread, and compares
  --seed N           another nation than the usual one
  --people N, --sub-committees N, --general-committees N, --governorates N
                     other sizes than those of the instance

  cargo xtask bench staff --only control,governorate
  cargo xtask bench staff --ours --only near-home --people 2500 --sub-committees 1800
";

/// The names of sizes, in the order of an instance.
pub const SIZES: [&str; 4] = [
    "--people",
    "--sub-committees",
    "--general-committees",
    "--governorates",
];

/// The options, read.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// The works to do; all where nothing is named.
    pub only: Option<String>,
    /// Without the peer.
    pub ours: bool,
    /// A second time.
    pub again: bool,
    /// What to do is to say how.
    pub help: bool,
    /// What the nation is drawn from.
    pub seed: u32,
    /// Other sizes.
    pub size: [Option<u32>; 4],
}

impl Options {
    /// Reads the words behind the command's name.
    ///
    /// # Errors
    /// Which word is not understood.
    pub fn read(words: &[String]) -> Result<Self, Stop> {
        let mut options = Self {
            seed: 1,
            ..Self::default()
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || value(&mut words, word, USAGE);
            match word.as_str() {
                "--ours" => options.ours = true,
                "--again" => options.again = true,
                "--help" | "-h" => options.help = true,
                "--only" => options.only = Some(value()?.clone()),
                "--seed" => options.seed = number(word, value()?)?,
                other => {
                    let known = SIZES.iter().position(|name| *name == other);
                    let no = || Stop::Failed(format!("{other} is not understood\n\n{USAGE}"));
                    options.size[known.ok_or_else(no)?] = Some(number(word, value()?)?);
                }
            }
        }
        Ok(options)
    }
}

fn number(word: &str, value: &str) -> Result<u32, Stop> {
    let read = value.parse();
    read.map_err(|_| Stop::Failed(format!("{word} {value}: not a number\n\n{USAGE}")))
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn options_are_read_and_a_slip_is_refused() {
        let read = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            Options::read(&words)
        };
        let options = read("--ours --only control --governorates 5 --people 90 --seed 7");
        let options = options.unwrap_or_default();
        let expected = Options {
            only: Some("control".to_owned()),
            ours: true,
            seed: 7,
            size: [Some(90), None, None, Some(5)],
            ..Options::default()
        };
        assert_eq!(options, expected);
        for slip in ["--only", "--people many", "--peoples 3", "control"] {
            assert!(read(slip).is_err(), "{slip}");
        }
    }
}
