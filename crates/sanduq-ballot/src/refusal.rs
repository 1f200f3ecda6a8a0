//! Why something is refused: one variant for each reason, each with a stable code. Nothing here
//! ever carries a secret.

use std::error::Error;
use std::fmt;

/// Why a text, an object or an archive is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The bytes are not the one canonical form of the object.
    Form,
    /// A record is larger than anything of its kind can be.
    TooLarge,
    /// A text is not the canonical form of a group element.
    ElementForm,
    /// A value is not in the group of prime order: off the curve, of small order, not a power of g.
    NotInGroup,
    /// The neutral element stands where a key or a credential is meant.
    Identity,
    /// A text is not the canonical form of a scalar: not decimal, a leading zero, not below q.
    ScalarForm,
    /// The group's name is not one of the three that are known.
    UnknownGroup,
    /// The crypto version is not one of those that are known.
    UnknownVersion,
    /// The identifier of an election is shorter than 14 characters or has others than base 58.
    ElectionIdentifier,
    /// A question cannot be answered: no answers, or bounds that contradict each other.
    Question,
    /// Choices do not answer the question: their number, their values or their sum.
    Choices,
    /// Choices do not fit into an element of the group.
    DoesNotFit,
    /// The last character of a credential does not agree with those before it.
    CredentialCheck,
    /// A weight is 0 or larger than fits.
    Weight,
    /// The same public credential is listed twice.
    CredentialTwice,
    /// The credential is not on the list.
    UnknownCredential,
    /// The ballot was made for another election.
    OtherElection,
    /// The shape of the object is not what its questions ask for: a count of parts differs.
    Shape,
    /// A proof of knowledge of a secret key does not hold.
    KeyProof,
    /// A signature does not hold.
    Signature,
    /// A proof that an encrypted choice is 0 or 1 does not hold.
    IndividualProof,
    /// A proof about the sum of the encrypted choices does not hold.
    OverallProof,
    /// A proof that a blank vote chooses nothing does not hold.
    BlankProof,
    /// A proof of knowledge of what was encrypted does not hold.
    EncryptionProof,
    /// A proof of correct decryption does not hold.
    DecryptionProof,
    /// A proof of a shuffle does not hold.
    ShuffleProof,
    /// The public key of the election is not the product of the trustees' keys.
    ElectionKey,
    /// There are no trustees, or a threshold is 0 or above the number of its members.
    Threshold,
    /// A certificate was made for another group, size, threshold or place.
    CertificateContext,
    /// A verification key does not follow from the published coefficients.
    VerificationKey,
    /// No trustee has this number.
    UnknownTrustee,
    /// A trustee has already done this, or stands among the trustees twice.
    TrusteeTwice,
    /// Too few trustees have decrypted.
    TooFewDecryptions,
    /// A stored tally is not the product of the ballots.
    Tally,
    /// The number of ballots or their weight is not what was counted.
    TallySize,
    /// The published result is not the decryption of the tally.
    Result,
    /// The archive does not begin with its header.
    Header,
    /// A record of the archive is not in the one canonical form.
    Record,
    /// The archive ends inside a record.
    CutShort,
    /// The name of a record is not the hash of its content.
    RecordName,
    /// A record that no event refers to, or that stands in another place than its event asks for.
    Stray,
    /// An event does not name the event before it.
    Chain,
    /// The heights of the events are not 0, 1, 2 and so on.
    Height,
    /// An event of this kind may not stand here.
    Order,
    /// An event with a payload that has none, or the other way round.
    Payload,
    /// The same ballot is cast a second time.
    CastTwice,
    /// The archive ends before the result.
    Unfinished,
    /// The source could not be read.
    Reading,
    /// A secret key does not belong to the public key.
    OtherKey,
    /// A logarithm is larger than the votes that were cast.
    OutOfRange,
    /// There is no sidecar beside the archive.
    SidecarMissing,
    /// A record of the sidecar is not in the one canonical form.
    SidecarForm,
    /// The sidecar ends inside a record, or before it has spoken of every event.
    SidecarCutShort,
    /// The sidecar speaks of more events than the archive has.
    SidecarLonger,
    /// The sidecar is that of another election.
    SidecarElection,
    /// A record of the sidecar does not hang on the one before it.
    SidecarChain,
    /// A record of the sidecar speaks of another event than the one that stands there.
    SidecarEvent,
    /// A checkpoint is missing, stands where none may, or says another state of the election.
    SidecarCheckpoint,
    /// The signature of a checkpoint does not hold.
    SidecarSignature,
    /// The checkpoints are signed by another key than the one that is expected.
    SidecarKey,
    /// Who cast a ballot, how many before it, or which one before it is not what the archive shows.
    Counter,
    /// The hints of a ballot are wrong, though the ballot holds.
    Hint,
    /// A decryption has no proof over its whole statement, or one that does not hold.
    BoundProof,
    /// The earlier state of the same board is not the beginning of this one.
    NotExtended,
}

impl Refusal {
    /// Those of a sidecar and of what it shows.
    pub const OF_SIDECARS: [Refusal; 14] = [
        Refusal::SidecarMissing,
        Refusal::SidecarForm,
        Refusal::SidecarCutShort,
        Refusal::SidecarLonger,
        Refusal::SidecarElection,
        Refusal::SidecarChain,
        Refusal::SidecarEvent,
        Refusal::SidecarCheckpoint,
        Refusal::SidecarSignature,
        Refusal::SidecarKey,
        Refusal::Counter,
        Refusal::Hint,
        Refusal::BoundProof,
        Refusal::NotExtended,
    ];

    /// A stable name for programs and manuals.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    fn words(self) -> (&'static str, &'static str) {
        let beside = self.of_sidecars();
        let words = self.of_objects().or(beside);
        words.unwrap_or_else(|| self.of_archives())
    }

    fn of_objects(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Form => ("form", "the bytes are not in the canonical form"),
            Self::TooLarge => ("too_large", "the record is larger than its kind can be"),
            Self::ElementForm => ("element_form", "a text is not a canonical group element"),
            Self::NotInGroup => ("not_in_group", "a value is not in the group of prime order"),
            Self::Identity => ("identity", "the neutral element stands in place of a key"),
            Self::ScalarForm => ("scalar_form", "a text is not a canonical scalar"),
            Self::UnknownGroup => ("unknown_group", "the group is not known"),
            Self::UnknownVersion => ("unknown_version", "the crypto version is not known"),
            Self::ElectionIdentifier => ("election_identifier", "the identifier is not fit"),
            Self::Question => ("question", "the question cannot be answered"),
            Self::Choices => ("choices", "the choices do not answer the question"),
            Self::DoesNotFit => ("does_not_fit", "the choices do not fit into an element"),
            Self::CredentialCheck => ("credential_check", "the credential is mistyped"),
            Self::Weight => ("weight", "the weight is 0 or too large"),
            Self::CredentialTwice => ("credential_twice", "a credential is listed twice"),
            Self::UnknownCredential => ("unknown_credential", "the credential is not listed"),
            Self::OtherElection => ("other_election", "the ballot is for another election"),
            Self::Shape => (
                "shape",
                "a number of parts is not what the questions ask for",
            ),
            Self::KeyProof => ("key_proof", "the proof of a secret key does not hold"),
            Self::Signature => ("signature", "the signature does not hold"),
            Self::IndividualProof => ("individual_proof", "a choice is not proven 0 or 1"),
            Self::OverallProof => ("overall_proof", "the sum of choices is not proven"),
            Self::BlankProof => ("blank_proof", "a blank vote is not proven empty"),
            Self::EncryptionProof => ("encryption_proof", "the encryption is not proven"),
            Self::DecryptionProof => ("decryption_proof", "the decryption is not proven"),
            Self::ShuffleProof => ("shuffle_proof", "the shuffle is not proven"),
            Self::OtherKey => ("other_key", "the secret key belongs to another public key"),
            Self::OutOfRange => ("out_of_range", "a count exceeds the votes that were cast"),
            _ => return None,
        })
    }

    fn of_sidecars(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::SidecarMissing => ("sidecar_missing", "no sidecar stands beside the archive"),
            Self::SidecarForm => ("sidecar_form", "a record of the sidecar has another form"),
            Self::SidecarCutShort => (
                "sidecar_cut_short",
                "the sidecar ends before it has spoken of every event",
            ),
            Self::SidecarLonger => (
                "sidecar_longer",
                "the sidecar speaks of more events than the archive has",
            ),
            Self::SidecarElection => (
                "sidecar_election",
                "the sidecar is that of another election",
            ),
            Self::SidecarChain => (
                "sidecar_chain",
                "a record of the sidecar does not hang on the one before it",
            ),
            Self::SidecarEvent => (
                "sidecar_event",
                "the sidecar speaks of another event than this one",
            ),
            Self::SidecarCheckpoint => (
                "sidecar_checkpoint",
                "a checkpoint is missing, stands astray or says another state",
            ),
            Self::SidecarSignature => (
                "sidecar_signature",
                "the signature of a checkpoint does not hold",
            ),
            Self::SidecarKey => ("sidecar_key", "the checkpoints are signed by another key"),
            Self::Counter => (
                "revote_counter",
                "the counter of the voter's ballots is not what the archive shows",
            ),
            Self::Hint => ("hint", "the hints are wrong, though the ballot holds"),
            Self::BoundProof => (
                "bound_proof",
                "the decryption is not proven over its whole statement",
            ),
            Self::NotExtended => (
                "not_extended",
                "the earlier state is not the beginning of this one",
            ),
            _ => return None,
        })
    }

    fn of_archives(self) -> (&'static str, &'static str) {
        match self {
            Self::ElectionKey => (
                "election_key",
                "the key is not the product of the trustees'",
            ),
            Self::Threshold => ("threshold", "the threshold does not fit the trustees"),
            Self::CertificateContext => ("certificate_context", "a certificate is for others"),
            Self::VerificationKey => ("verification_key", "a key does not follow from the others"),
            Self::UnknownTrustee => ("unknown_trustee", "no trustee has this number"),
            Self::TrusteeTwice => (
                "trustee_twice",
                "a trustee has done this already or is named twice",
            ),
            Self::TooFewDecryptions => ("too_few_decryptions", "too few trustees decrypted"),
            Self::Tally => (
                "tally",
                "the stored tally is not the product of the ballots",
            ),
            Self::TallySize => ("tally_size", "the number or weight of ballots differs"),
            Self::Result => ("result", "the result is not the decryption of the tally"),
            Self::Header => ("header", "the archive does not begin with its header"),
            Self::Record => ("record", "a record is not in the canonical form"),
            Self::CutShort => ("cut_short", "the archive ends inside a record"),
            Self::RecordName => ("record_name", "a record's name is not its content's hash"),
            Self::Stray => ("stray", "no event refers to a record where it stands"),
            Self::Chain => ("chain", "an event does not name the event before it"),
            Self::Height => ("height", "the heights of the events are not in sequence"),
            Self::Order => ("order", "an event of this kind may not stand here"),
            Self::Payload => ("payload", "an event lacks its payload or has one too many"),
            Self::CastTwice => ("cast_twice", "the same ballot is cast a second time"),
            Self::Unfinished => ("unfinished", "the archive ends before the result"),
            _ => ("reading", "the source could not be read"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)
    }
}

impl Error for Refusal {}
