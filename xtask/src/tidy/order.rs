//! Data flows down the list: in a crate of rules a module uses only the modules that stand above
//! it in `lib.rs`. What `lib.rs` re-exports counts as the module it comes from. Tests are not part
//! of the flow and may look anywhere.

use crate::tidy::borders::RULES;
use crate::tidy::source::Token;
use crate::tidy::tree::Breach;
use crate::tidy::tree::File;
use crate::tidy::tree::Tree;
use std::collections::BTreeMap;

/// No module of a rules crate names one below it.
pub fn order(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for name in RULES {
        let Some(lib) = tree.file(&format!("crates/{name}/src/lib.rs")) else {
            continue;
        };
        let list = List::read(lib, &mut breaches);
        for file in &tree.files {
            let Some((folder, below)) = file.crate_source() else {
                continue;
            };
            let rule = below != "lib.rs" && below.ends_with(".rs") && !file.is_test();
            if folder == name && rule {
                list.check(file, below, &mut breaches);
            }
        }
    }
    breaches
}

/// The modules of a crate in the order of its `lib.rs`, and where its re-exports come from.
struct List<'a> {
    modules: Vec<&'a str>,
    exported: BTreeMap<&'a str, &'a str>,
}

impl<'a> List<'a> {
    fn read(lib: &'a File, breaches: &mut Vec<Breach>) -> List<'a> {
        let tokens = lib.source.tokens();
        let text = |index: usize| tokens.get(index).map_or("", |token| token.text);
        let mut list = List {
            modules: Vec::new(),
            exported: BTreeMap::new(),
        };
        for (index, token) in tokens.iter().enumerate() {
            if token.text == "mod" && text(index + 2) == ";" {
                list.modules.push(text(index + 1));
            }
            if token.text != "use" {
                continue;
            }
            let path: Vec<&str> = tokens[index + 1..]
                .iter()
                .map(|token| token.text)
                .take_while(|word| *word != ";")
                .filter(|word| !matches!(*word, "::" | "crate" | "self" | "as"))
                .collect();
            match (path.first(), path.last()) {
                (Some(_), Some(&"*")) => breaches
                    .push(lib.breach(token.line, "a glob re-export hides which module is meant")),
                (Some(module), Some(item)) => {
                    list.exported.insert(item, module);
                }
                _ => {}
            }
        }
        list
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.modules.iter().position(|module| *module == name)
    }

    fn check(&self, file: &File, below: &str, breaches: &mut Vec<Breach>) {
        let parts: Vec<&str> = below.trim_end_matches(".rs").split('/').collect();
        let depth = parts.len() - usize::from(parts.last() == Some(&"mod"));
        let Some(own) = self.place(parts[0]) else {
            let what = format!("lib.rs does not list the module {}", parts[0]);
            breaches.push(file.breach(0, what));
            return;
        };
        let uses = from_root(&file.source.tokens(), depth).into_iter();
        for (line, name) in uses.filter(|(line, _)| *line < file.source.tests_begin()) {
            let module = self.exported.get(name).copied().unwrap_or(name);
            if self.place(module).is_some_and(|place| place > own) {
                let what = format!(
                    "{} uses {module}, which stands below it in lib.rs",
                    parts[0]
                );
                breaches.push(file.breach(line, what));
            }
        }
    }
}

/// The names that a file `depth` modules below the root takes from the root of its crate, by
/// `crate::name` or by as many `super::` as lead there.
fn from_root<'a>(tokens: &[Token<'a>], depth: usize) -> Vec<(usize, &'a str)> {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text);
    let mut found = Vec::new();
    let mut braces = 0;
    // For each module written inside the file, the number of braces open around it.
    let mut inner: Vec<usize> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        match text(index) {
            "mod" if text(index + 2) == "{" => inner.push(braces),
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                inner.pop_if(|around| *around == braces);
            }
            "crate" if text(index + 1) == "::" && before(tokens, index) != "in" => {
                found.push((tokens[index].line, text(index + 2)));
            }
            "super" => {
                let mut steps = 1;
                while text(index + 1) == "::" && text(index + 2) == "super" {
                    steps += 1;
                    index += 2;
                }
                if steps == depth + inner.len() && text(index + 1) == "::" {
                    found.push((tokens[index].line, text(index + 2)));
                }
            }
            _ => {}
        }
        index += 1;
    }
    found
}

fn before<'a>(tokens: &[Token<'a>], index: usize) -> &'a str {
    index.checked_sub(1).map_or("", |index| tokens[index].text)
}
