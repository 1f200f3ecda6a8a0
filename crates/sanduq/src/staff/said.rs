//! Refusals of an assignment in the four languages of the house.

use crate::exit::Ended;
use crate::said::Sentences;
use crate::said::sentences;
use crate::staff::files::Files;
use serde_json::Value;
use serde_json::json;

/// What is said of an assignment.
pub const SAID: Sentences = sentences!("assignment");

/// How a command ends: a refusal in the language that is asked for, with the row and the names as
/// the program says them behind it. Places of files and outlines of countries are refused as
/// elsewhere in the program, in the words of those nouns.
pub fn told(ended: Ended, files: &Files) -> Ended {
    let code = match &ended {
        Ended::Refused { code, .. } => code,
        Ended::Placed(placed) => placed.code,
        Ended::Fault(_) => "",
    };
    let noun = code.split('.').next().unwrap_or_default();
    let said = match noun {
        "matching" => &crate::matching::said::SAID,
        "placement" => &crate::placement::said::SAID,
        _ => &SAID,
    };
    said.told(ended, files.json, files.lang)
}

/// The same with a proof: one object for machines has the refusal and all of the proof.
pub fn told_with(ended: Ended, files: &Files, mut proof: Value) -> Ended {
    if let (true, Ended::Refused { code, sentence }) = (files.json, &ended) {
        proof["code"] = json!(code);
        proof["message"] = json!(sentence);
        if let Some(said) = files.lang.and_then(|locale| SAID.of(code, locale)) {
            proof["said"] = json!(said);
        }
        println!("{proof}");
    }
    SAID.told(ended, false, files.lang)
}

#[cfg(test)]
mod tests;
