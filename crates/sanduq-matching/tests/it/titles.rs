//! Titles fall away from given, father's and grandfather's names as a roll is loaded.

use crate::loaded;
use sanduq_register::matching::profile::Profile;

const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";

/// A profile that has a title of its own, and one that has none.
fn profiles() -> [Profile; 2] {
    let text = include_str!("../../../../jurisdictions/wahat/matching.toml");
    let titles = |line: &&str| !line.starts_with("titles =");
    let without: Vec<&str> = text.lines().filter(titles).collect();
    [text, &without.join("\n")].map(|text| Profile::read(text).unwrap())
}

/// Whether two spellings of a name are loaded as one.
fn alike(profile: &Profile, names: [&str; 2]) -> bool {
    let [one, other] = names;
    let rest = "M,1979-03-08,21,";
    let text = format!("{HEADER}1,{one},{rest}\n2,{other},{rest}\n");
    let loaded = loaded(profile, &text);
    loaded.records[0].names == loaded.records[1].names
}

#[test]
fn a_title_before_each_of_three_names_is_left_out_and_stays_before_a_family() {
    let [own, none] = profiles();
    let plain = "مصطفى,طارق,سعيد,الجندي";
    for (titled, is_left_out) in [
        // A space, a full stop, a stroke: each shows that there is more than one word.
        ("الدكتور مصطفى,طارق,سعيد,الجندي", true),
        ("د.مصطفى,طارق,سعيد,الجندي", true),
        ("د/مصطفى,طارق,سعيد,الجندي", true),
        ("مصطفى,المهندس طارق,سعيد,الجندي", true),
        ("مصطفى,طارق,م/سعيد,الجندي", true),
        ("مصطفى,طارق,سعيد,الدكتور الجندي", false),
        ("مصطفى,طارق,سعيد,د.الجندي", false),
    ] {
        for profile in [&own, &none] {
            assert_eq!(alike(profile, [plain, titled]), is_left_out, "{titled}");
        }
    }
    let titled = "مصطفى,الحاج طارق,سعيد,الجندي";
    assert!(alike(&own, [plain, titled]) && !alike(&none, [plain, titled]));
}

/// It would be taken for the given name.
#[test]
fn a_title_before_a_whole_name_in_one_field_is_left_out() {
    let [own, none] = profiles();
    for (title, profile, is_left_out) in [
        ("الدكتور", &own, true),
        ("الدكتور", &none, true),
        ("الحاج", &own, true),
        ("الحاج", &none, false),
    ] {
        let crowd = "3,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,\n".repeat(9);
        let whole = "مصطفى طارق سعيد الجندي,,,,M,1979-03-08,21,";
        let text = format!("{HEADER}{crowd}1,{whole}\n2,{title} {whole}\n");
        let mut loaded = loaded(profile, &text);
        loaded.finish(profile);
        let names = [9, 10].map(|row: usize| loaded.records[row].names);
        assert_eq!(names[0] == names[1], is_left_out, "{title}");
    }
}
