//! How a command ends: done, refused by name, or failed.

use crate::fact::Placed;
use sanduq_core::refusal::Refusal;
use serde_json::json;
use std::io::Write;
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Ended {
    /// A rule said no, or the input was bad: exit code 3.
    Refused {
        /// The stable code.
        code: String,
        /// What, where and what to do, in English.
        sentence: String,
    },
    /// The program or the machine failed: exit code 1.
    Fault(String),
    /// Either of them with its place, so that every language can tell it.
    Placed(Box<Placed>),
}

impl Ended {
    /// A refusal of the rules.
    pub fn refused(refusal: &dyn Refusal) -> Self {
        Self::Refused {
            code: refusal.code().to_owned(),
            sentence: refusal.to_string(),
        }
    }

    /// A fault with its description.
    pub fn fault(fault: impl core::fmt::Display) -> Self {
        Self::Fault(fault.to_string())
    }

    /// The same, after printing a refusal as the object that `--json` promises: code and message.
    pub fn told(self, json: bool) -> Self {
        let told = match &self {
            Self::Refused { code, sentence } => Some((code.as_str(), sentence)),
            Self::Placed(placed) => Some((placed.code, &placed.sentence)),
            Self::Fault(_) => None,
        };
        if let (true, Some((code, sentence))) = (json, told) {
            println!("{}", json!({ "code": code, "message": sentence }));
        }
        self
    }

    /// Says on standard error why, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Refused { code, sentence } => {
                say(&format!("refused [{code}]: {sentence}"));
                ExitCode::from(3)
            }
            Self::Fault(what) => {
                say(&format!("fault: {what}"));
                ExitCode::from(1)
            }
            Self::Placed(placed) => {
                let (kind, exit) = if placed.fault {
                    ("fault", 1)
                } else {
                    ("refused", 3)
                };
                say(&format!("{kind} [{}]: {}", placed.code, placed.sentence));
                ExitCode::from(exit)
            }
        }
    }
}

/// A line on standard error; where nobody reads it any more, the work goes on without.
pub fn say(line: &str) {
    let _unread = writeln!(std::io::stderr(), "{line}");
}

/// What a shell says of a program whose output nobody wants any more: 128 and the signal.
const UNHEARD: i32 = 141;

/// Lets the program end quietly where its output is wanted by nobody any more, as of `… | head`.
/// What a command makes is written before it is told of, so that nothing is lost by it.
pub fn end_unheard() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |told| {
        let said = told.payload().downcast_ref::<String>();
        if said.is_some_and(|said| said.starts_with(UNPRINTED) && said.contains("Broken pipe")) {
            std::process::exit(UNHEARD);
        }
        usual(told);
    }));
}

/// What the standard library says where it cannot print.
const UNPRINTED: &str = "failed printing to stdout";
