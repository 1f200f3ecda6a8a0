//! How this crate says no: an enum a noun, and for each reason a stable code and its own sentence.
//! Codes are `noun.reason` in lower case and are never renamed.

/// Writes a refusal enum from its table, one line a reason: the name, the code, the sentence.
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        $name:ident { $($reason:ident = $code:literal, $sentence:literal;)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = $sentence] $reason,)+
        }

        impl $name {
            /// Every reason, in the order in which they are checked.
            pub const ALL: &'static [Self] = &[$(Self::$reason),+];

            /// The stable code, `noun.reason`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$reason => $code,)+ }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(match self { $(Self::$reason => $sentence,)+ })
            }
        }

        impl core::error::Error for $name {}
    };
}

pub(crate) use refusals;
