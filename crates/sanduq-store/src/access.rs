//! In whose rights the database works. Each is a role of PostgreSQL with the least rights; the
//! program's own log-in has none of them and must take one for each transaction. Always true here:
//! nobody who handles votes can read people, and nobody who handles people can read votes.

use sanduq_core::act::Organ;

/// A role of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Everybody: what may be published, and nothing else. Writes nothing.
    Public,
    /// The authority where it handles sheets, the day and publications; reads no person.
    Executive,
    /// The supervision: sheets and decisions, and its own rows, which nobody else can read.
    Supervision,
    /// The keeper of the register and the roll; reads no sheet.
    Registrar,
    /// A station: its poll book and its day; reads no sheet.
    Station,
    /// Administrators of the executive: staff accounts other than the supervision's; no content.
    Technical,
}

impl Access {
    /// Every access.
    pub const ALL: [Self; 6] = [
        Self::Public,
        Self::Executive,
        Self::Supervision,
        Self::Registrar,
        Self::Station,
        Self::Technical,
    ];

    /// The role of the database.
    #[must_use]
    pub const fn role(self) -> &'static str {
        match self {
            Self::Public => "sanduq_public",
            Self::Executive => "sanduq_executive",
            Self::Supervision => "sanduq_supervision",
            Self::Registrar => "sanduq_registrar",
            Self::Station => "sanduq_station",
            Self::Technical => "sanduq_technical",
        }
    }

    /// The organ in whose name entries are written with this access; none for the public.
    #[must_use]
    pub const fn organ(self) -> Option<Organ> {
        match self {
            Self::Public => None,
            Self::Executive | Self::Registrar | Self::Station => Some(Organ::Executive),
            Self::Supervision => Some(Organ::Supervision),
            Self::Technical => Some(Organ::Technical),
        }
    }
}

/// What an organ may do where nothing narrower is asked for.
impl From<Organ> for Access {
    fn from(organ: Organ) -> Self {
        match organ {
            Organ::Executive => Self::Executive,
            Organ::Supervision => Self::Supervision,
            Organ::Technical => Self::Technical,
            Organ::Judiciary | Organ::Audit | Organ::External => Self::Public,
        }
    }
}
