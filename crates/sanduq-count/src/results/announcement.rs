//! What a result is called. Partial: sheets are missing. Preliminary: every station has a sheet in
//! the totals or a declared reason for having none. Final: both organs have certified it (TP-09).
//! They are different types, so that no page can print one under another's name; a label is that
//! of its type.

use super::Released;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::UnitCode;
use std::collections::BTreeMap;

macro_rules! announcement {
    ($(#[$doc:meta])* $name:ident = $label:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(Released);

        impl $name {
            /// The word for it in code and public files.
            pub const LABEL: &'static str = $label;

            /// The figures.
            #[must_use]
            pub const fn figures(&self) -> &Released {
                &self.0
            }
        }
    };
}

announcement!(
    /// Sheets are missing without a declared reason.
    Partial = "partial"
);
announcement!(
    /// Nothing is missing that could still come in; nobody has certified it.
    Preliminary = "preliminary"
);
announcement!(
    /// Certified by both organs.
    Final = "final"
);

/// What released figures may be announced as, before anybody certifies them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announced {
    /// Sheets are missing.
    Partial(Partial),
    /// None is.
    Preliminary(Preliminary),
}

impl Announced {
    /// What released figures may be announced as. `reasons` are the declared reasons for stations
    /// that have no sheet in the totals (INV-26).
    #[must_use]
    pub fn of(
        released: Released,
        geography: &Geography,
        reasons: &BTreeMap<UnitCode, String>,
    ) -> Self {
        let level = geography.station_level();
        let missing = |unit: &UnitIx| {
            let station = geography.unit(*unit);
            let counted = released.coverage(*unit).map_or(0, |all| all.counted);
            station.level == level && counted == 0 && !reasons.contains_key(&station.code)
        };
        if released.units().iter().any(missing) {
            Self::Partial(Partial(released))
        } else {
            Self::Preliminary(Preliminary(released))
        }
    }
}

impl Preliminary {
    /// The same figures, once both organs have signed them.
    pub(super) fn signed(self) -> Final {
        Final(self.0)
    }
}
