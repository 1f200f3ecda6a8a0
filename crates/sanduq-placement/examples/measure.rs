//! Places an invented district and prints what it took, as JSON; `cargo xtask bench placement`
//! sets it beside a peer.
//!
//! ```text
//! measure STATIONS GROUPS WAYS [FILE]
//! ```
//!
//! With a file, the instance of the nearest WAYS stations is written to it for the peer, with one
//! more station a thousand kilometres away for who finds no place, and is solved as well.

use sanduq_placement::district::place;
use sanduq_placement::district::place_by_ways;
use sanduq_placement::input::Group;
use sanduq_placement::input::Site;
use sanduq_placement::invented::district;
use sanduq_placement::lists::number;
use sanduq_placement::tree::Best;
use sanduq_placement::tree::Tree;
use std::error::Error;
use std::fs;
use std::io::BufWriter;
use std::io::Write;
use std::time::Instant;

/// Places for so many of a hundred voters.
const PLACES_PERCENT: u32 = 110;

/// The seed of the measures.
const SEED: u64 = 1;

/// How far the station is that takes whom no other can.
const FAR_METRES: u32 = 1_000_000;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<u32> = words.iter().take(3).flat_map(|word| word.parse()).collect();
    let [stations, groups, ways] = numbers[..] else {
        return Err("measure STATIONS GROUPS WAYS [FILE]".into());
    };
    let (groups, sites) = district(SEED, stations, groups, PLACES_PERCENT);
    if let Some(file) = words.get(3) {
        same_ways(&groups, sites.clone(), ways as usize, file)?;
    }
    let began = (Instant::now(), processor_seconds());
    let placed = place(&groups, &sites).map_err(|over| format!("{over:?}"))?;
    tell(
        "all stations",
        began,
        [placed.cost_metres, placed.bound_metres],
    );
    Ok(())
}

/// The instance that the peer solves too.
fn same_ways(
    groups: &[Group],
    mut sites: Vec<Site>,
    ways: usize,
    file: &str,
) -> Result<(), Box<dyn Error>> {
    let lists = nearest(groups, &sites, ways);
    let voters: u32 = groups.iter().map(|group| group.voters).sum();
    sites.push(Site {
        point: sites[0].point,
        capacity: voters,
        serves: 0,
    });
    write(file, groups, &sites, &lists)?;
    let began = (Instant::now(), processor_seconds());
    let placed = place_by_ways(groups, &sites, &lists).map_err(|over| format!("{over:?}"))?;
    tell(
        "same ways",
        began,
        [placed.cost_metres, placed.bound_metres],
    );
    Ok(())
}

/// The nearest stations of every group, and the far one.
fn nearest(groups: &[Group], sites: &[Site], ways: usize) -> Vec<Vec<(u32, u32)>> {
    let points = sites.iter().enumerate();
    let tree = Tree::new(points.map(|(at, site)| (site.point, number(at))).collect());
    let mut best = Best::default();
    let mut lists = Vec::with_capacity(groups.len());
    for group in groups {
        tree.best(group.point, ways, |_| 0, &mut best);
        let found = best.found().iter().map(|found| (found.site, found.metres));
        lists.push(found.chain([(number(sites.len()), FAR_METRES)]).collect());
    }
    lists
}

/// Writes the instance: little-endian numbers of 32 bits.
fn write(
    file: &str,
    groups: &[Group],
    sites: &[Site],
    lists: &[Vec<(u32, u32)>],
) -> std::io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(file)?);
    let ways = lists.first().map_or(0, Vec::len);
    let head = [number(sites.len()), number(groups.len()), number(ways)];
    let voters = groups.iter().map(|group| group.voters);
    let capacities = sites.iter().map(|site| site.capacity);
    let ways = lists.iter().flatten().flat_map(|way| [way.0, way.1]);
    for value in head.into_iter().chain(voters).chain(capacities).chain(ways) {
        file.write_all(&value.to_le_bytes())?;
    }
    file.flush()
}

/// One line of figures.
fn tell(what: &str, began: (Instant, f64), [cost_metres, bound_metres]: [i64; 2]) {
    println!(
        "{{\"what\":\"{what}\",\"cost_metres\":{cost_metres},\"bound_metres\":{bound_metres},\
         \"seconds\":{:.2},\"processor_seconds\":{:.2}}}",
        began.0.elapsed().as_secs_f64(),
        processor_seconds() - began.1,
    );
}

/// Seconds of processors that this program has used so far, as the kernel counts them.
fn processor_seconds() -> f64 {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = told.rsplit_once(')').map_or("", |parts| parts.1);
    let ticks = after.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.flat_map(str::parse::<f64>).sum();
    // The kernel counts in hundredths of a second for programs, whatever it counts in itself.
    ticks / 100.0
}
