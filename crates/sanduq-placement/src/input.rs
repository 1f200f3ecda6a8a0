//! What is placed: groups of voters of one district, and its stations, as bare numbers.

use sanduq_register::placement::place::Point;

/// Voters who live at one place and may vote at the same stations: they differ in nothing that
/// matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Where they live.
    pub point: Point,
    /// How many they are.
    pub voters: u32,
    /// Which stations may take them: a bit of [`Site::serves`].
    pub class: u8,
}

/// A station, or the stations of one building together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Where it is.
    pub point: Point,
    /// The most voters it may have.
    pub capacity: u32,
    /// The classes of voters it may take, a bit each.
    pub serves: u8,
}

/// Classes of voters there can be.
pub const CLASSES: u8 = 8;

impl Site {
    /// Whether it may take voters of this class.
    #[must_use]
    pub fn may_take(&self, class: u8) -> bool {
        self.serves >> class & 1 == 1
    }
}
