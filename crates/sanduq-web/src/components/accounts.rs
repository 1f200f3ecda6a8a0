//! What waits for a second person, and a first password as it is shown once, in every state.

use super::Example;
use super::Group;
use super::example;
use crate::page::Page;
use crate::staff::Shown;
use crate::staff::Waiting;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_operations::second_person::Matter;
use sanduq_operations::second_person::WAITS;
use sanduq_operations::staff::Role;
use sanduq_store::account::Account;
use sanduq_store::proposal::Proposal;

/// Alone, waiting for the reader, waiting for somebody else, void; the password that comes of it.
pub fn group(page: &Page) -> Group {
    let id = |text: &str| ActorId::new(text).expect("the numbers of examples are codes");
    let at = Timestamp::UNIX_EPOCH;
    let proposal = Proposal {
        matter: Matter::Enrol,
        account: Account {
            id: id("E-0007"),
            role: Role::Adjudicator,
            unit: None,
            locale: Locale::Ar,
            active: true,
            first: None,
        },
        by: id("T-0001"),
        at,
    };
    let proposals = [proposal];
    let waits = |state, reader: &str, now| {
        let part = Waiting::new(page, &proposals, (&id(reader), now), 2);
        example(state, &part)
    };
    let alone = Waiting::new(page, &[], (&id("T-0001"), at), 1);
    let shown = Shown {
        page,
        title: format!("{}: E-0007", page.t("staff-given")),
        said: ("staff-first", "staff-first-help"),
        password: "abcd-efgh-jkmn-pqrs",
        until: Some(at + WAITS),
    };
    let examples: Vec<Example> = vec![
        example("second-alone", &alone),
        waits("two-waiting", "T-0002", at),
        waits("second-own", "T-0001", at),
        waits("second-void", "T-0002", at + WAITS),
        example("staff-first", &shown),
    ];
    Group {
        code: "accounts",
        title: "second-title",
        examples,
    }
}
