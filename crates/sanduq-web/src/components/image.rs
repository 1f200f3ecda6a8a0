//! The slot of the images of a sheet in every state.

use super::Group;
use super::example;
use crate::image::Shown;
use crate::image::Slot;
use crate::image::SlotPart;
use crate::image::heading;
use crate::page::Page;
use sanduq_count::image::ImageFile;
use sanduq_count::image::Kind;

/// The group.
pub fn group(page: &Page) -> Group {
    let part = |state, slot| {
        let part = SlotPart {
            page,
            sub: "h4",
            slot,
        };
        example(state, &part)
    };
    let without = |state, key| {
        let slot = Slot::Without {
            key,
            since: String::new(),
            all: Some("#g-image".to_owned()),
        };
        part(state, slot)
    };
    let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let file = |kind, size| ImageFile {
        kind,
        size,
        digest: digest.to_owned(),
    };
    let shown = |number, file: &ImageFile| Shown {
        heading: heading(page, number, file),
        alternative: page.about("image-alternative", "12-03"),
        href: page.links.asset("icon.svg"),
        digest: file.digest.clone(),
        entry: Some(1),
    };
    let there = vec![
        shown(1, &file(Kind::Jpeg, 1_348_022)),
        shown(2, &file(Kind::Png, 38_401)),
    ];
    Group {
        code: "image",
        title: "components-image",
        examples: vec![
            part("components-waiting", Slot::AWAITED),
            without("components-image-not-yet", "image-not-yet"),
            without("components-image-counted", "image-counted-without"),
            without("components-image-published", "image-missing"),
            without("components-image-ended", "image-ended-without"),
            part("components-locked", Slot::Locked(2)),
            part("components-complete", Slot::There(there)),
        ],
    }
}
