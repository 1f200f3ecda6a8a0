//! Who can be called upon: a judge or an administrator, as a register of a body of the judiciary
//! or of an employer has them.

use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Point;

/// The sex of a person as the register has it: women's stations are led by women.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// A woman.
    Woman,
    /// A man.
    Man,
}

/// A person who can be called upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The service number.
    pub code: ActorId,
    /// The body of the judiciary, or the employer.
    pub body: String,
    /// Rank within the register, one the lowest.
    pub rank: u8,
    /// Woman or man.
    pub sex: Sex,
    /// The governorate in which the home lies.
    pub governorate: UnitCode,
    /// The district in which the home lies.
    pub district: UnitCode,
    /// Where the home is.
    pub home: Point,
    /// Where the workplace is, if it is known.
    pub work: Option<Point>,
    /// Whether the person can be called upon in this event.
    pub available: bool,
    /// What the person is trained for, in order.
    pub skills: Vec<String>,
    /// Contests in which the person has declared an interest, in order.
    pub conflicts: Vec<ContestCode>,
    /// Committees on which the person served in earlier events; one entry an event.
    pub served: Vec<UnitCode>,
    /// How often that was far from home.
    pub far_before: u8,
    /// Relatives in the register, in order: nobody sits on a committee with one.
    pub relatives: Vec<ActorId>,
    /// Contests in which the person or a relative stands, in order.
    pub standing: Vec<ContestCode>,
    /// Whether the person serves already, placed from another register.
    pub elsewhere: bool,
    /// Committees on which a relative sits who was placed from another register, in order.
    pub beside: Vec<UnitCode>,
}

impl Person {
    /// Metres to a place from the home or the workplace, whichever is nearer.
    #[must_use]
    pub fn metres_to(&self, point: Point) -> u32 {
        let home = self.home.metres_to(point);
        let work = self.work.map(|work| work.metres_to(point));
        work.map_or(home, |work| work.min(home))
    }
}
