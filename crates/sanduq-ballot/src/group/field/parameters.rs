//! The parameters of the two finite fields, as numbers of 2048 bits in hexadecimal digits.
//!
//! BELENIOS-2048 is "Default group parameters" of the Belenios specification (made by the method of
//! FIPS 186-4); RFC-3526-2048 is group 14 of RFC 3526, whose p is a safe prime.

use crate::group::field::FieldTable;
use crate::group::field::LIMBS;
use crypto_bigint::U2048;
use crypto_bigint::const_monty_params;
use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::modular::ConstMontyParams;
use std::fmt::Debug;
use std::sync::OnceLock;

/// A prime field and the subgroup of prime order that is used in it.
pub trait Parameters: Copy + Debug + Default + Eq + Send + Sync + 'static {
    /// The group's name in an election's description.
    const NAME: &'static str;
    /// The number of bits of q.
    const ORDER_BITS: u32;
    /// Whether membership is asked with a power as dear as any other.
    const MEMBERSHIP_IS_A_POWER: bool;
    /// Bits below the embedded numbers that are tried; `None` where nothing can be embedded.
    const PADDING_BITS: Option<u32>;
    /// p.
    type Modulus: ConstMontyParams<LIMBS>;
    /// q.
    type Order: ConstMontyParams<LIMBS>;

    /// g.
    fn generator() -> U2048;

    /// (p − 1) / q.
    fn cofactor() -> U2048;

    /// Whether a value other than 0 has the order q.
    fn is_member(value: &ConstMontyForm<Self::Modulus, LIMBS>) -> bool;

    /// Where the powers of the generator are kept.
    fn generator_table() -> &'static OnceLock<FieldTable<Self>>;
}

const_monty_params!(
    BeleniosModulus,
    U2048,
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f2\
     1e6d36856b428030421f514ed40bfd4c06e092a495af8d79a2f85e0fb11c0ede\
     07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d1\
     07435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843\
     a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b60\
     7f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a\
     0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f\
     878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64f",
    "p of BELENIOS-2048."
);
const_monty_params!(
    BeleniosOrder,
    U2048,
    "0000000000000000000000000000000000000000000000000000000000000000\
     0000000000000000000000000000000000000000000000000000000000000000\
     0000000000000000000000000000000000000000000000000000000000000000\
     0000000000000000000000000000000000000000000000000000000000000000\
     0000000000000000000000000000000000000000000000000000000000000000\
     0000000000000000000000000000000000000000000000000000000000000000\
     0000000000000000000000000000000000000000000000000000000000000000\
     adb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491",
    "q of BELENIOS-2048."
);
const BELENIOS_GENERATOR: U2048 = U2048::from_be_hex(
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51\
     988b98c259597f9c5a9dfd001d26ba31d9d8976f01d95a1c8262ee68a0e92cea\
     541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8\
     643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d2\
     6aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba\
     60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f\
     22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d\
     47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653",
);
const BELENIOS_COFACTOR: U2048 = U2048::from_be_hex(
    "0000000000000000000000000000000000000000000000000000000000000000\
     f1978583fc28a1fa5f2559baa2fb2ce5be26b8b0f20dbf4a45d24f5e06a83aba\
     b65d6a5fbbebfa58780cc9468e2b69178385dc24d2725f8514ea102d54fc26f0\
     f43e27d1a9ab6c8775c9a6e125367e141d0a258b59533cee46f2ec55b33a2204\
     fd8a2d3a761adb9760fcbd5ca84bcdf5b76c2a1497195bf1cf2404ce18855e3d\
     6065bb69b446bb4693a7d73ceb28ebfb5bc38c9bc1fb6fc6834b3dd64b8ad654\
     b8b88d38b63e3af1c8bb3fab33ea1bbedd7bc5d5ddd7a63d0a37c75890521a50\
     b544208770a6324c8c54adc5853560abcd39683e022010dc72cba0ba411d706e",
);
const_monty_params!(
    RfcModulus,
    U2048,
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74\
     020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437\
     4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed\
     ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05\
     98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb\
     9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b\
     e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718\
     3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff",
    "p of RFC-3526-2048."
);
const_monty_params!(
    RfcOrder,
    U2048,
    "7fffffffffffffffe487ed5110b4611a62633145c06e0e68948127044533e63a\
     0105df531d89cd9128a5043cc71a026ef7ca8cd9e69d218d98158536f92f8a1b\
     a7f09ab6b6a8e122f242dabb312f3f637a262174d31bf6b585ffae5b7a035bf6\
     f71c35fdad44cfd2d74f9208be258ff324943328f6722d9ee1003e5c50b1df82\
     cc6d241b0e2ae9cd348b1fd47e9267afc1b2ae91ee51d6cb0e3179ab1042a95d\
     cf6a9483b84b4b36b3861aa7255e4c0278ba3604650c10be19482f23171b671d\
     f1cf3b960c074301cd93c1d17603d147dae2aef837a62964ef15e5fb4aac0b8c\
     1ccaa4be754ab5728ae9130c4c7d02880ab9472d455655347fffffffffffffff",
    "q of RFC-3526-2048, (p − 1) / 2."
);

/// BELENIOS-2048: p of 2048 bits, q of 256 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BeleniosParameters;

impl Parameters for BeleniosParameters {
    const NAME: &'static str = "BELENIOS-2048";
    const ORDER_BITS: u32 = 256;
    const MEMBERSHIP_IS_A_POWER: bool = true;
    const PADDING_BITS: Option<u32> = None;
    type Modulus = BeleniosModulus;
    type Order = BeleniosOrder;

    fn generator() -> U2048 {
        BELENIOS_GENERATOR
    }

    fn cofactor() -> U2048 {
        BELENIOS_COFACTOR
    }

    fn is_member(value: &ConstMontyForm<BeleniosModulus, LIMBS>) -> bool {
        let order = BeleniosOrder::PARAMS.modulus().get();
        value.pow_vartime(&order) == ConstMontyForm::ONE
    }

    fn generator_table() -> &'static OnceLock<FieldTable<Self>> {
        static TABLE: OnceLock<FieldTable<BeleniosParameters>> = OnceLock::new();
        &TABLE
    }
}

/// RFC-3526-2048: a safe prime p, the squares modulo p.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RfcParameters;

impl Parameters for RfcParameters {
    const NAME: &'static str = "RFC-3526-2048";
    const ORDER_BITS: u32 = 2047;
    const MEMBERSHIP_IS_A_POWER: bool = false;
    const PADDING_BITS: Option<u32> = Some(8);
    type Modulus = RfcModulus;
    type Order = RfcOrder;

    fn generator() -> U2048 {
        U2048::from_u8(2)
    }

    fn cofactor() -> U2048 {
        U2048::from_u8(2)
    }

    fn is_member(value: &ConstMontyForm<RfcModulus, LIMBS>) -> bool {
        // p is a safe prime: what has order q is what is a square (Euler's criterion).
        value.jacobi_symbol_vartime().is_one().into()
    }

    fn generator_table() -> &'static OnceLock<FieldTable<Self>> {
        static TABLE: OnceLock<FieldTable<RfcParameters>> = OnceLock::new();
        &TABLE
    }
}
