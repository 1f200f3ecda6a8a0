//! How much can flow: from people of a kind through the committees they may serve on (Dinic).

/// No node or arc.
const NONE: usize = usize::MAX;

/// An arc and, beside it (the number with its last bit turned), its way back.
#[derive(Clone, Copy, Debug)]
struct Arc {
    to: usize,
    /// What more can flow.
    left: u64,
    next: usize,
}

/// Nodes and arcs.
#[derive(Clone, Debug)]
pub struct Network {
    arcs: Vec<Arc>,
    first: Vec<usize>,
    level: Vec<usize>,
    at: Vec<usize>,
}

impl Network {
    /// So many nodes and no arc.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self {
            arcs: Vec::new(),
            first: vec![NONE; nodes],
            level: Vec::new(),
            at: Vec::new(),
        }
    }

    /// An arc through which so much can flow.
    pub fn arc(&mut self, from: usize, to: usize, most: u64) {
        for (from, to, left) in [(from, to, most), (to, from, 0)] {
            let next = self.first[from];
            self.first[from] = self.arcs.len();
            self.arcs.push(Arc { to, left, next });
        }
    }

    /// As much as can, flows from one node to another; how much that is more than before.
    pub fn push(&mut self, from: usize, to: usize) -> u64 {
        let mut sum = 0;
        while self.told_levels(from, to) {
            self.at.clone_from(&self.first);
            loop {
                let pushed = self.path(from, to);
                if pushed == 0 {
                    break;
                }
                sum += pushed;
            }
        }
        sum
    }

    /// The nodes to which more could flow from this one, once as much as can has flown.
    #[must_use]
    pub fn reached(&self) -> Vec<bool> {
        self.level.iter().map(|level| *level != NONE).collect()
    }

    fn told_levels(&mut self, from: usize, to: usize) -> bool {
        self.level.clear();
        self.level.resize(self.first.len(), NONE);
        self.level[from] = 0;
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            let mut at = self.first[node];
            while at != NONE {
                let arc = self.arcs[at];
                if arc.left > 0 && self.level[arc.to] == NONE {
                    self.level[arc.to] = self.level[node] + 1;
                    queue.push_back(arc.to);
                }
                at = arc.next;
            }
        }
        self.level[to] != NONE
    }

    /// One way along rising levels, and what flows on it. No recursion: a way may be long.
    fn path(&mut self, from: usize, to: usize) -> u64 {
        let mut way: Vec<usize> = Vec::new();
        let mut node = from;
        while node != to {
            let at = self.at[node];
            if at == NONE {
                let Some(last) = way.pop() else {
                    return 0;
                };
                node = self.arcs[last ^ 1].to;
                self.at[node] = self.arcs[last].next;
                continue;
            }
            let arc = self.arcs[at];
            if arc.left > 0 && self.level[arc.to] == self.level[node] + 1 {
                way.push(at);
                node = arc.to;
            } else {
                self.at[node] = arc.next;
            }
        }
        let most = way.iter().map(|at| self.arcs[*at].left).min().unwrap_or(0);
        for at in way {
            self.arcs[at].left -= most;
            self.arcs[at ^ 1].left += most;
        }
        most
    }
}

#[cfg(test)]
mod tests;
