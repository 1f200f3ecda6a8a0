//! Whoever searches the journal without having logged in takes one of few places.

use crate::nation::Stage;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_operations::staff::Role;

#[tokio::test]
async fn few_strangers_search_at_a_time() {
    let site = Site::at(Stage::Counting(64)).await;
    let asked = "/journal?lang=en&station=1-1-1-1";
    assert_eq!(site.get(asked).await.status, StatusCode::OK);
    let places = u32::try_from(site.app().searching().available_permits()).unwrap();
    let taken = site.app().searching().acquire_many(places).await.unwrap();
    let busy = site.get(asked).await;
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(busy.header("retry-after"), "5");
    assert!(busy.body.contains("in a few seconds"), "{}", busy.body);
    let program = site.get("/journal.json?act=sheet.received").await;
    assert_eq!(program.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(program.header("retry-after"), "5");
    assert!(program.body.contains("web.busy"), "{}", program.body);
    // What needs no search goes on, and so does whoever has logged in.
    for path in [
        "/journal",
        "/journal?before=9",
        "/journal.json",
        "/journal/7",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
    let clerk = Staff::new(&site, &number(Role::Clerk)).await;
    assert_eq!(clerk.get(asked).await.status, StatusCode::OK);
    drop(taken);
    assert_eq!(site.get(asked).await.status, StatusCode::OK);
}
