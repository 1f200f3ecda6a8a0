use super::*;
use crate::invented;
use crate::invented::Size;
use crate::place::tests::placed;
use crate::place::tests::rules;
use sanduq_operations::assignment::whole::verify_assignment;

#[test]
fn one_in_sixteen_does_not_come_and_nobody_who_serves_is_moved() {
    let mut rules = rules();
    rules.sub_committee.bodies = Vec::new();
    rules.reserve_per_mille = 50;
    let size = Size {
        people: 900,
        sub_committees: 600,
        general_committees: 20,
        governorates: 5,
        seats: true,
    };
    let registers = Registers::new(invented::registers(5, size).told, &rules).unwrap();
    let before = placed(&rules, &registers, 1);
    assert_eq!(verify_assignment(&rules, &registers, &before.posts), []);
    let desk = || Desk::new(&rules, &registers, &before.posts).unwrap();
    let excused: Vec<ActorId> = before
        .posts
        .iter()
        .step_by(16)
        .map(|post| post.person.clone())
        .collect();
    let after = replace(desk(), &excused, 1).unwrap();
    assert_eq!(after.empty, []);
    let stands_by = |post: &&Post| post.committee.as_str().starts_with("reserve.");
    let vacant = before
        .posts
        .iter()
        .step_by(16)
        .filter(|post| !stands_by(post))
        .count();
    assert_eq!(after.moves.len(), vacant);
    for post in before.posts.iter().filter(|post| !stands_by(post)) {
        let stays = after.posts.binary_search(post).is_ok();
        assert_eq!(stays, !excused.contains(&post.person), "{post:?}");
    }
    let breaches = verify_assignment(&rules, &registers, &after.posts);
    use sanduq_operations::assignment::whole::Breach;
    let only_reserves = breaches
        .iter()
        .all(|breach| matches!(breach, Breach::ReserveShort(..)));
    assert!(only_reserves, "{breaches:?}");
    let nobody = [ActorId::new("x").unwrap()];
    assert!(replace(desk(), &nobody, 1).is_err());
}
