use super::*;
use proptest::prelude::*;

/// The most that can flow is the least that can be cut: over every set of nodes.
fn least_cut(nodes: usize, arcs: &[(usize, usize, u64)]) -> u64 {
    let sets = (0..1_usize << nodes).filter(|set| set & 1 == 1 && set >> (nodes - 1) & 1 == 0);
    let cut = |set: usize| {
        let leaving = arcs
            .iter()
            .filter(|(from, to, _)| set >> from & 1 == 1 && set >> to & 1 == 0);
        leaving.map(|(.., most)| most).sum::<u64>()
    };
    sets.map(cut).min().unwrap()
}

proptest! {
    #[test]
    fn the_most_that_flows_is_the_least_cut(
        arcs in proptest::collection::vec((0_usize..6, 0_usize..6, 0_u64..9), 0..20)
    ) {
        let mut network = Network::new(6);
        for (from, to, most) in &arcs {
            network.arc(*from, *to, *most);
        }
        prop_assert_eq!(network.push(0, 5), least_cut(6, &arcs));
        let reached = network.reached();
        let leaving = arcs.iter().filter(|(from, to, _)| reached[*from] && !reached[*to]);
        prop_assert_eq!(leaving.map(|(.., most)| most).sum::<u64>(), least_cut(6, &arcs));
    }
}
