//! Which sheet is on whose table: so that two clerks who ask for work at once get two sheets.
//! Always true here: a lease only steers who is offered what; it forbids nobody anything and ends
//! by itself.

use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_count::sheet::SheetKey;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;

/// How long a sheet stays on a table that nobody hears of.
const WHILE: SignedDuration = SignedDuration::from_mins(10);

/// Sheets on tables.
#[derive(Default)]
pub struct Leases(Mutex<BTreeMap<SheetKey, (ActorId, Timestamp)>>);

impl Leases {
    /// Puts a sheet on somebody's table; whether it was on nobody else's.
    pub fn take(&self, key: &SheetKey, who: &ActorId, now: Timestamp) -> bool {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.retain(|_, (_, since)| now.duration_since(*since) < WHILE);
        match tables.get(key) {
            Some((other, _)) if other != who => false,
            _ => {
                tables.insert(key.clone(), (who.clone(), now));
                true
            }
        }
    }

    /// Takes a sheet off the table of whoever has it.
    pub fn done(&self, key: &SheetKey) {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::id::ContestCode;
    use sanduq_core::id::UnitCode;

    #[test]
    fn a_sheet_is_on_one_table_until_it_is_done_or_forgotten() {
        let leases = Leases::default();
        let key = SheetKey {
            contest: ContestCode::new("president").unwrap(),
            station: UnitCode::new("1-1").unwrap(),
        };
        let [one, two] = ["E-1", "E-2"].map(|id| ActorId::new(id).unwrap());
        let now: Timestamp = "2027-03-14T20:00:00Z".parse().unwrap();
        assert!(leases.take(&key, &one, now));
        assert!(leases.take(&key, &one, now), "one's own table");
        assert!(!leases.take(&key, &two, now));
        assert!(!leases.take(&key, &two, now + SignedDuration::from_mins(9)));
        assert!(leases.take(&key, &two, now + SignedDuration::from_mins(10)));
        leases.done(&key);
        assert!(leases.take(&key, &one, now));
    }
}
