//! What the project needs from the machine beyond Rust, and how a Debian machine gets it.
//! Nothing is installed that is there already, and nothing without saying so.

use crate::project::Stop;
use crate::project::call;
use crate::project::works;
use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// Something the machine must have.
pub struct Need {
    what: &'static str,
    why: &'static str,
    packages: &'static str,
    found: fn() -> bool,
}

/// What building and running the program needs.
pub const PROGRAM: [Need; 2] = [
    Need {
        what: "a C compiler (cc)",
        why: "it links what Rust compiles",
        packages: "gcc libc6-dev",
        found: || program("cc").is_some(),
    },
    Need {
        what: "PostgreSQL's server (initdb, postgres)",
        why: "the store runs a private cluster of it",
        packages: "postgresql",
        found: || postgres("initdb") && postgres("postgres"),
    },
];

/// What measuring the remote ballot needs besides.
pub const TOOLS: [Need; 1] = [TOOL];

const TOOL: Need = Need {
    what: "belenios-tool",
    why: "a program that is not ours checks the ballots and archives that are",
    packages: "belenios-tool",
    found: || program("belenios-tool").is_some(),
};

/// What the tests need besides.
pub const TESTS: [Need; 7] = [
    TOOL,
    Need {
        what: "Chromium",
        why: "the pages are tried in a browser",
        packages: "chromium-headless-shell",
        found: || chromium().is_some(),
    },
    Need {
        what: "a font with Arabic letters (Noto)",
        why: "pages in Arabic and Persian are looked at",
        packages: "fonts-noto-core",
        found: || Path::new("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf").exists(),
    },
    Need {
        what: "Node.js (node)",
        why: "it drives the browser",
        packages: "nodejs",
        found: || program("node").is_some(),
    },
    Need {
        what: "npm",
        why: "it brings the packages of the browser tests",
        packages: "npm",
        found: || program("npm").is_some(),
    },
    Need {
        what: "Poppler's tools (pdftotext, pdfdetach)",
        why: "documents are read back and compared with their figures",
        packages: "poppler-utils",
        found: || program("pdftotext").is_some() && program("pdfdetach").is_some(),
    },
    PYTHON,
];

/// What measuring the public pages needs besides.
pub const PEERS: [Need; 2] = [
    Need {
        what: "nginx",
        why: "public pages are measured beside it",
        packages: "nginx-light",
        found: || program("nginx").is_some() || Path::new("/usr/sbin/nginx").exists(),
    },
    Need {
        what: "wrk",
        why: "it asks for pages as fast as they come",
        packages: "wrk",
        found: || program("wrk").is_some(),
    },
];

/// What measuring matching needs besides what building does.
pub const MEASURED: [Need; 1] = [PYTHON];

const PYTHON: Need = Need {
    what: "Python 3 with venv",
    why: "an independent program checks what ours found",
    packages: "python3-venv",
    found: || works("python3", &["-c", "import ensurepip, venv"]),
};

/// A program of this name on the path.
fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// Whether a program of PostgreSQL's server is on the path or where Debian puts it.
fn postgres(name: &str) -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut debian = versions.map(|version| version.path().join("bin").join(name));
    program(name).is_some() || debian.any(|file| file.is_file())
}

/// The browser for the tests: first the one without windows, which draws the same pages with a
/// third less work.
pub fn chromium() -> Option<PathBuf> {
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
    ]
    .into_iter()
    .find_map(program)
}

/// Sees what the machine lacks, says so, and installs it where this user may.
///
/// # Errors
/// [`Stop::Lacking`] with the one line to type where it cannot install.
pub fn provide<'a>(needs: impl IntoIterator<Item = &'a Need>) -> Result<(), Stop> {
    let lacking: Vec<&Need> = needs.into_iter().filter(|need| !(need.found)()).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    eprintln!("This machine lacks:");
    for need in &lacking {
        eprintln!("  {}: {}", need.what, need.why);
    }
    let packages: Vec<&str> = lacking.iter().map(|need| need.packages).collect();
    if program("apt-get").is_none() {
        let why = "there is no apt-get here; install it with this system's own package manager";
        return Err(Stop::Failed(why.to_owned()));
    }
    let script = install_script(&packages);
    let mut command = if is_root() {
        Command::new("sh")
    } else if works("sudo", &["-n", "true"]) {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "sh"]);
        sudo
    } else {
        return Err(Stop::Lacking(format!("sudo sh -c '{script}'")));
    };
    eprintln!("Installing {} …", packages.join(", "));
    call(command.args(["-c", &script]))?;
    match lacking.iter().find(|need| !(need.found)()) {
        Some(need) => Err(Stop::Failed(format!(
            "installed, but {} is still missing",
            need.what
        ))),
        None => Ok(()),
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// One line of shell, without a single quote, that installs the packages.
fn install_script(packages: &[&str]) -> String {
    let folder = "/etc/postgresql-common/createcluster.d";
    // Debian would start a cluster of its own, with a port, that nobody here needs.
    let quiet = if packages.contains(&"postgresql") {
        format!("mkdir -p {folder} && echo create_main_cluster = false >{folder}/sanduq.conf && ")
    } else {
        String::new()
    };
    // A source of packages that does not answer need not be the one these come from: hence `;`.
    format!(
        "{quiet}{{ apt-get -q update; DEBIAN_FRONTEND=noninteractive \
         apt-get -q install -y --no-install-recommends {}; }}",
        packages.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::PROGRAM;
    use super::TESTS;
    use super::install_script;

    #[test]
    fn the_script_fits_between_single_quotes() {
        let packages: Vec<&str> = PROGRAM
            .iter()
            .chain(&TESTS)
            .map(|need| need.packages)
            .collect();
        let script = install_script(&packages);
        assert!(!script.contains('\''), "{script}");
        assert!(!script.contains('\n'), "{script}");
    }

    /// Debian 12 brings Node.js 18.
    #[test]
    fn the_browser_tests_want_no_newer_node_than_debian_has() {
        let lock = include_str!("../../e2e/package-lock.json");
        let wanted: Vec<&str> = lock.split("\"node\": \">=").skip(1).collect();
        let number = |text: &str| -> u32 {
            let end = text.find(|c: char| !c.is_ascii_digit());
            text[..end.expect("a quote ends it")]
                .parse()
                .expect("a number")
        };
        assert!(wanted.len() > 2, "the file names what it wants");
        for text in wanted {
            assert!(number(text) <= 18, "{}", &text[..20]);
        }
    }

    #[test]
    fn debian_starts_no_cluster_of_its_own() {
        let told = |packages: &[&str]| install_script(packages).contains("create_main_cluster");
        assert!(told(&["nodejs", "postgresql"]));
        assert!(!told(&["nodejs"]));
    }
}
