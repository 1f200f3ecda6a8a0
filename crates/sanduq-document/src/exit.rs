//! How a command ends: done, refused by name, or failed.

use serde_json::json;
use std::process::ExitCode;

/// Why there is no document.
#[derive(Debug)]
pub enum Ended {
    /// The folder, the command or a template says no: exit code 3.
    Refused {
        /// The stable code.
        code: String,
        /// What, where and what to do, in English.
        sentence: String,
    },
    /// The program or the machine failed: exit code 1.
    Fault(String),
}

impl Ended {
    /// A refusal with its stable code.
    pub fn refused(code: &str, sentence: impl Into<String>) -> Self {
        Self::Refused {
            code: code.to_owned(),
            sentence: sentence.into(),
        }
    }

    /// A fault with its description.
    pub fn fault(fault: impl core::fmt::Display) -> Self {
        Self::Fault(fault.to_string())
    }

    /// The same, after printing a refusal as the object that `--json` promises: code and message.
    pub fn told(self, json: bool) -> Self {
        if let (true, Self::Refused { code, sentence }) = (json, &self) {
            println!("{}", json!({ "code": code, "message": sentence }));
        }
        self
    }

    /// Says on standard error why, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Refused { code, sentence } => {
                eprintln!("refused [{code}]: {sentence}");
                ExitCode::from(3)
            }
            Self::Fault(what) => {
                eprintln!("fault: {what}");
                ExitCode::from(1)
            }
        }
    }
}
