//! The administrator's page: who reads it, who may ask jobs to run, and what it never shows.

use orchestre_app::jobs::Runner;
use orchestre_domain::permission::Role;
use tokio::task::JoinSet;

use super::house::{Answer, House, LOCAL, PASSWORD};

/// Signs somebody of a role in and gives the cookie.
async fn sign_in(house: &House, role: Role) -> String {
    let email = format!("{}@b.example", role.as_str().to_lowercase());
    house.enrol(&email, role).await;
    let body =
        format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let answer = house.ask(LOCAL, ("POST", "/sign-in", &body), &[]).await;
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn get(house: &House, cookie: &str, path: &str) -> Answer {
    house.get(LOCAL, path, &[("cookie", cookie)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_comes_to_how_the_program_runs() {
    let house = House::new().await;
    let admin = sign_in(&house, Role::Adm).await;
    let home = get(&house, &admin, "/").await;
    assert_eq!((home.status, home.header("location")), (303, "/settings/system"));
    let page = get(&house, &admin, "/settings/system").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("SQLite") && page.body.contains("No backup in two days"));
    let director = sign_in(&house, Role::Pd).await;
    assert_eq!(get(&house, &director, "/").await.status, 200, "the others come to their week");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_run_nothing_do_not_read_it() {
    let house = House::new().await;
    for (role, wanted) in
        [(Role::Pd, 200), (Role::Aud, 200), (Role::Kam, 403), (Role::Rel, 403), (Role::Ceo, 403)]
    {
        let cookie = sign_in(&house, role).await;
        for path in ["/settings/system", "/api/v1/system"] {
            assert_eq!(get(&house, &cookie, path).await.status, wanted, "{role} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_asked_to_run_by_the_administrator_alone_and_does() {
    let house = House::new().await;
    let runner = Runner::new(house.app.clone());
    let mut tasks = JoinSet::new();
    runner.round(&mut tasks).await.unwrap();
    tasks.join_all().await;
    let admin = sign_in(&house, Role::Adm).await;
    let director = sign_in(&house, Role::Pd).await;
    let asks = async |cookie: &str, job: &str| {
        let body = format!("{{\"job\": \"{job}\"}}");
        let headers = [("cookie", cookie), ("content-type", "application/json")];
        house.ask(LOCAL, ("POST", "/api/v1/system/jobs", &body), &headers).await.status
    };
    assert_eq!(asks(&director, "sweep").await, 403);
    assert_eq!(asks(&admin, "nothing").await, 404);
    assert_eq!(asks(&admin, "sweep").await, 202);
    let shown = get(&house, &admin, "/api/v1/system").await;
    let shown: serde_json::Value = serde_json::from_str(&shown.body).unwrap();
    let jobs = shown["jobs"].as_array().unwrap();
    let sweep = jobs.iter().find(|job| job["name"] == "sweep").unwrap();
    assert_eq!(sweep["state"], "waiting");
    assert_eq!((&shown["engine"], &shown["ready"]), (&"sqlite".into(), &true.into()));
}
