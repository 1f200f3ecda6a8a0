use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::group::field::Rfc3526;

use crate::refusal::Refusal;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use sha2::Digest;
use sha2::Sha256;

const P25519: &str = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";

fn scalar<G: Group>(seed: u64) -> G::Scalar {
    G::Scalar::from_hash(&Sha256::digest(seed.to_be_bytes()).into())
}

fn laws_hold<G: Group>(first: u64, second: u64) {
    let (a, b) = (scalar::<G>(first), scalar::<G>(second));
    let g = G::generator();
    let x = g.power(&a);
    let table = G::Table::new(&x);
    assert_eq!(x, G::power_of_generator(&a));
    assert_eq!(x, g.power_vartime(&a));
    assert_eq!(x.times(&g.power(&b)), g.power(&(a + b)));
    assert_eq!(x.over(&g.power(&b)), g.power(&(a - b)));
    assert_eq!(x.power(&b), g.power(&(a * b)));
    assert_eq!(table.power(&b), x.power(&b));
    let other = g.power(&scalar::<G>(first ^ second ^ 1));
    let commitment = table.commitment_vartime(&b, &other, &a);
    assert_eq!(commitment, x.power(&b).times(&other.power(&a)));
    let product = G::Element::product_of_powers_vartime(&[x, other], &[b, a]);
    assert_eq!(commitment, product);
    assert_eq!(G::Element::read(&x.text()), Ok(x));
    assert_eq!(G::Element::texts(&[g, x]), [g.text(), x.text()]);
    assert_eq!(G::Scalar::read(&a.text()), Ok(a));
    assert_eq!(a * a.inverse().unwrap(), G::Scalar::one());
    assert_eq!(a + -a, G::Scalar::zero());
}

#[test]
fn the_laws_of_groups_hold() {
    for seed in 1..4 {
        laws_hold::<Ed25519>(seed, seed + 7);
        laws_hold::<Belenios2048>(seed, seed + 7);
        laws_hold::<Rfc3526>(seed, seed + 7);
    }
}

fn order_is_prime_to_all<G: Group>() {
    let last = -G::Scalar::one();
    let g = G::generator();
    assert_eq!(g.power(&last).times(&g), G::Element::identity());
    let mut bytes = vec![0; G::Scalar::UNIFORM_BYTES];
    let tail = if bytes.len() == 64 {
        0
    } else {
        bytes.len() - 1
    };
    bytes[tail] = 1;
    assert_ne!(G::Scalar::from_uniform(&bytes), G::Scalar::zero());
    assert_eq!(G::Scalar::from_number(0).inverse(), None);
    assert_eq!(
        G::read_key(&G::Element::identity().text()),
        Err(Refusal::Identity)
    );
    let generators: Vec<_> = (0..3).map(G::independent_generator).collect();
    for (index, generator) in generators.iter().enumerate() {
        assert_eq!(G::Element::read(&generator.text()), Ok(*generator));
        assert!(!generators[..index].contains(generator) && *generator != g);
    }
}

#[test]
fn what_a_group_hands_out_is_in_it() {
    order_is_prime_to_all::<Ed25519>();
    order_is_prime_to_all::<Belenios2048>();
    order_is_prime_to_all::<Rfc3526>();
}

#[test]
fn points_outside_the_group_and_other_forms_are_refused() {
    let order_two = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    let order_four = "0".repeat(64);
    let order_four_negative = format!("8{}", "0".repeat(63));
    let order_eight = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7";
    let off_curve = format!("{}2", "0".repeat(63));
    let identity_negative = format!("8{}1", "0".repeat(62));
    let identity_plus_p = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee";
    let g = Ed25519::generator().text();
    let table = [
        (order_two, Refusal::NotInGroup),
        (&order_four, Refusal::NotInGroup),
        (&order_four_negative, Refusal::NotInGroup),
        (order_eight, Refusal::NotInGroup),
        (&off_curve, Refusal::NotInGroup),
        (&identity_negative, Refusal::ElementForm),
        (identity_plus_p, Refusal::ElementForm),
        (P25519, Refusal::ElementForm),
        (&g[..63], Refusal::ElementForm),
        (&format!("{g}0"), Refusal::ElementForm),
        (&g.replace('6', "G"), Refusal::ElementForm),
        ("", Refusal::ElementForm),
    ];
    for (text, refusal) in table {
        let read = <Ed25519 as Group>::Element::read(text);
        assert_eq!(read, Err(refusal), "{text}");
    }
    let upper = Ed25519::independent_generator(1).text().to_uppercase();
    assert_eq!(
        <Ed25519 as Group>::Element::read(&upper),
        Err(Refusal::ElementForm)
    );
}

#[test]
fn a_point_with_a_part_of_small_order_is_refused() {
    use curve25519_dalek::constants::EIGHT_TORSION;
    let g = Ed25519::generator();
    for torsion in &EIGHT_TORSION[1..] {
        let mixed = crate::group::ed25519::EdElement(g.0 + torsion);
        let read = <Ed25519 as Group>::Element::read(&mixed.text());
        assert_eq!(read, Err(Refusal::NotInGroup));
    }
}

fn numbers_outside_are_refused<G: Group>(modulus_less_one: &str, last_digit: &str) {
    let modulus = format!(
        "{}{last_digit}",
        &modulus_less_one[..modulus_less_one.len() - 1]
    );
    let one_more = G::generator().text();
    let table = [
        ("0", Refusal::NotInGroup),
        (modulus_less_one, Refusal::NotInGroup),
        (&modulus, Refusal::ElementForm),
        ("01", Refusal::ElementForm),
        ("-1", Refusal::ElementForm),
        ("+1", Refusal::ElementForm),
        ("", Refusal::ElementForm),
        (&format!(" {one_more}"), Refusal::ElementForm),
        (&"9".repeat(617), Refusal::ElementForm),
        (&"9".repeat(100_000), Refusal::ElementForm),
    ];
    for (text, refusal) in table {
        assert_eq!(G::Element::read(text), Err(refusal), "{text}");
    }
}

/// p − 1, which has order 2, computed as 0 − 1 in a field where elements are not checked.
fn last_of<P: crate::group::field::parameters::Parameters>() -> String {
    use crypto_bigint::modular::ConstMontyParams;
    let modulus = P::Modulus::PARAMS.modulus().get();
    modulus
        .wrapping_sub(&crypto_bigint::U2048::ONE)
        .to_string_radix_vartime(10)
}

#[test]
fn numbers_outside_the_group_and_other_forms_are_refused() {
    use crate::group::field::parameters::BeleniosParameters;
    use crate::group::field::parameters::RfcParameters;
    let next = |last: &str| {
        let digit = last.bytes().next_back().unwrap() + 1;
        char::from(digit).to_string()
    };
    let last = last_of::<BeleniosParameters>();
    numbers_outside_are_refused::<Belenios2048>(&last, &next(&last));
    assert_eq!(
        <Belenios2048 as Group>::Element::read("2"),
        Err(Refusal::NotInGroup)
    );
    let last = last_of::<RfcParameters>();
    numbers_outside_are_refused::<Rfc3526>(&last, &next(&last));
}

#[test]
fn a_scalar_is_below_the_order() {
    type S = <Ed25519 as Group>::Scalar;
    let order = "7237005577332262213973186563042994240857116359379907606001950938285454250989";
    let last = "7237005577332262213973186563042994240857116359379907606001950938285454250988";
    assert_eq!(S::read(last), Ok(-S::one()));
    for text in [order, "00", "01", "", "-0", "1 ", "0x1", &"1".repeat(79)] {
        assert_eq!(S::read(text), Err(Refusal::ScalarForm), "{text}");
    }
    type F = <Belenios2048 as Group>::Scalar;
    let order = "78571733251071885079927659812671450121821421258408794611510081919805623223441";
    assert_eq!(F::read(order), Err(Refusal::ScalarForm));
    let last = order.replace("3441", "3440");
    assert_eq!(F::read(&last), Ok(-F::one()));
}

#[test]
fn numbers_are_embedded_in_the_groups_that_can() {
    for numbers in [&[][..], &[1, 2, 3], &[0, 0, 255], &[255; 29]] {
        let element = Ed25519::embed(numbers).unwrap();
        assert_eq!(
            Ed25519::extract(&element, numbers.len()),
            Ok(numbers.to_vec())
        );
        assert_eq!(
            <Ed25519 as Group>::Element::read(&element.text()),
            Ok(element)
        );
        let element = Rfc3526::embed(numbers).unwrap();
        assert_eq!(
            Rfc3526::extract(&element, numbers.len()),
            Ok(numbers.to_vec())
        );
        assert_eq!(
            <Rfc3526 as Group>::Element::read(&element.text()),
            Ok(element)
        );
    }
    assert_eq!(Ed25519::embed(&[1; 30]), Err(Refusal::DoesNotFit));
    assert_eq!(Rfc3526::embed(&[1; 255]), Err(Refusal::DoesNotFit));
    assert_eq!(Belenios2048::embed(&[1]), Err(Refusal::DoesNotFit));
}

#[test]
fn every_element_has_numbers_whatever_was_embedded_in_it() {
    // The text of g is 6666…6658 in hexadecimal digits: without its last 14 bits 9999….
    let generator = Ed25519::generator();
    assert_eq!(Ed25519::extract(&generator, 3), Ok(vec![0x99; 3]));
    assert_eq!(Ed25519::extract(&generator, 29), Ok(vec![0x99; 29]));
    let neutral = <Ed25519 as Group>::Element::identity();
    assert_eq!(Ed25519::extract(&neutral, 40), Ok(vec![0; 40]));
    let more = Ed25519::embed(&[1, 2, 3]).unwrap();
    assert_eq!(Ed25519::extract(&more, 2), Ok(vec![2, 3]));
    // 2^26, without its last 8 bits 2^18.
    let power = |number| Rfc3526::power_of_generator(&Scalar::from_number(number));
    for (count, expected) in [(2, vec![0, 0]), (3, vec![4, 0, 0]), (4, vec![0, 4, 0, 0])] {
        assert_eq!(Rfc3526::extract(&power(26), count), Ok(expected));
    }
    assert_eq!(Rfc3526::extract(&power(0), 300), Ok(vec![0; 300]));
    let none = Belenios2048::extract(&Belenios2048::generator(), 1);
    assert_eq!(none, Err(Refusal::DoesNotFit));
}

#[test]
fn eighths_are_points_in_their_one_form() {
    // 1 and, in another form, 1 + p: the neutral element; 2 is no point's coordinate.
    let mut one = [0; 32];
    one[0] = 1;
    let mut again = [255; 32];
    (again[0], again[31]) = (0xee, 0x7f);
    let mut none = [0; 32];
    none[0] = 2;
    let neutral = <Ed25519 as Group>::Element::identity();
    let of = |bytes| Ed25519::from_eighths(&[bytes]).map(|found| found[0]);
    assert_eq!(of(one), Some(neutral));
    assert_eq!(of(again), None);
    assert_eq!(of(none), None);
    // Whatever has a part of small order has none when it is taken eight times: -1 is of order 2.
    let mut small = [255; 32];
    (small[0], small[31]) = (0xec, 0x7f);
    assert_eq!(of(small), Some(neutral));
}

proptest! {
    #[test]
    fn no_text_is_two_elements(bytes in any::<[u8; 32]>()) {
        let text = crate::hash::Hash(bytes).hexadecimal();
        if let Ok(element) = <Ed25519 as Group>::Element::read(&text) {
            prop_assert_eq!(element.text(), text);
        }
    }

    #[test]
    fn every_hash_is_below_the_order(bytes in any::<[u8; 32]>()) {
        let scalar = <Ed25519 as Group>::Scalar::from_hash(&bytes);
        prop_assert_eq!(<Ed25519 as Group>::Scalar::read(&scalar.text()), Ok(scalar));
        let scalar = <Belenios2048 as Group>::Scalar::from_hash(&bytes);
        prop_assert!(<Belenios2048 as Group>::Scalar::read(&scalar.text()) == Ok(scalar));
    }
}
