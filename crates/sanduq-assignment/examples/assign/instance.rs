//! An instance for another solver, and what that one found: numbers of 32 bits, little-endian.
//!
//! An instance is: people, committees, pairs, relatives, people who stay at home; the seats of each
//! committee; for each whether its members sit together (1) or stand by (0); the pairs, each a
//! person, a committee and what it costs; and the relatives, two by two. An answer is who serves
//! where: a person and a committee, two by two.

use rayon::prelude::*;
use sanduq_assignment::place::Pair;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Post;
use std::error::Error;

/// Every pair that no rule forbids.
pub fn all(rules: &Rules, registers: &Registers) -> Vec<Pair> {
    let people = registers.people.par_iter().enumerate();
    let pairs = people.flat_map_iter(|(at, person)| {
        let committees = registers.committees.iter().enumerate();
        let may = committees.filter(|(_, one)| rules.may_serve(person, one).is_ok());
        may.map(move |(number, committee)| Pair {
            person: narrow(at),
            committee: narrow(number),
            metres: rules.cost(person, committee).metres(),
        })
    });
    pairs.collect()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The instance of these pairs, in which so many seats stay empty.
pub fn bytes(registers: &Registers, pairs: &[Pair], empty: u32) -> Result<Vec<u8>, Box<dyn Error>> {
    let Registers { people, committees } = registers;
    let relatives = people.iter().enumerate().flat_map(|(at, person)| {
        let known = person
            .relatives
            .iter()
            .flat_map(|one| registers.person(one));
        known
            .filter(move |other| at < *other)
            .map(move |other| [at, other])
    });
    let relatives: Vec<[usize; 2]> = relatives.collect();
    let mut able: Vec<u32> = pairs.iter().map(|pair| pair.person).collect();
    able.dedup();
    able.sort_unstable();
    able.dedup();
    let taken = registers.seats() - u64::from(empty);
    let home = u32::try_from(able.len() as u64 - taken)?;
    let mut words = vec![
        narrow(people.len()),
        narrow(committees.len()),
        narrow(pairs.len()),
        narrow(relatives.len()),
        home,
    ];
    words.extend(committees.iter().map(|one| one.seats));
    words.extend(
        committees
            .iter()
            .map(|one| u32::from(one.kind != Kind::Reserve)),
    );
    words.extend(
        pairs
            .iter()
            .flat_map(|one| [one.person, one.committee, one.metres]),
    );
    words.extend(relatives.into_iter().flatten().map(narrow));
    Ok(words.into_iter().flat_map(u32::to_le_bytes).collect())
}

/// Who serves where, as an answer says it.
pub fn posts(registers: &Registers, answer: &[u8]) -> Result<Vec<Post>, Box<dyn Error>> {
    let (pairs, []) = answer.as_chunks::<8>() else {
        return Err("an answer is pairs of numbers".into());
    };
    let posts = pairs.iter().map(|pair| {
        let number = |at: usize| {
            let number = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
            u32::from_le_bytes(number) as usize
        };
        let person = registers.people.get(number(0)).ok_or("no such person")?;
        let committee = registers
            .committees
            .get(number(4))
            .ok_or("no such committee")?;
        Ok(Post {
            person: person.code.clone(),
            committee: committee.code.clone(),
        })
    });
    posts.collect()
}
