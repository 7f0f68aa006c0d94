//! What a script reads and writes.

use orchestre_app::settings;
use serde_json::Value;

use super::story::Story;

fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judgement_given_by_a_script_is_in_the_score_it_reads_next() {
    let story = Story::load().await;
    let kam = story.sign_in("aminata.lefort").await;
    let account = story.account("CEL0").await;
    let (path, score) = (
        format!("/api/v1/accounts/{account}/judgements"),
        format!("/api/v1/accounts/{account}/score"),
    );
    for (broken, wanted) in [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        (r#"{"set": "selection"}"#, 400),
        (r#"{"set": "selection", "criterion": "fit", "colour": "red"}"#, 400),
        (r#"{"set": "beauty", "criterion": "fit"}"#, 422),
        (r#"{"set": "selection", "criterion": "fit"}"#, 422),
    ] {
        let (status, body) = story.send_json(&kam, &path, broken).await;
        assert_eq!(status, wanted, "{broken}: {body}");
    }
    let slip = r#"{"set": "selection", "criterion": "growth", "raw": 6.0, "evidence": "600 %"}"#;
    assert_eq!(story.send_json(&kam, &path, slip).await.0, 422);
    let given =
        r#"{"set": "selection", "criterion": "fit", "value": 5, "evidence": "road map <b>"}"#;
    let (status, body) = story.send_json(&kam, &path, given).await;
    assert_eq!(status, 201, "{body}");
    let (status, body) = story.send(&kam, "GET", &score).await;
    assert_eq!(status, 200, "{body}");
    let body = parsed(&body);
    assert_eq!(body["score"]["method"], "B1.score");
    assert!(body["axes"].to_string().contains("road map <b>"), "{body}");
    let relay = story.sign_in("florian.bickelmann").await;
    let (status, _) = story.send_json(&relay, &path, given).await;
    assert_eq!(status, 404, "a relay of another account");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_read_with_its_objectives_in_both_languages() {
    let story = Story::load().await;
    let kam = story.sign_in("aminata.lefort").await;
    let account = story.account("LYS0").await;
    let (status, body) = story.send(&kam, "GET", &format!("/api/v1/accounts/{account}/plan")).await;
    assert_eq!(status, 200, "{body}");
    let plan = parsed(&body);
    let objectives = plan["objectives"].as_array().unwrap();
    assert!(objectives.len() >= 4, "{plan}");
    assert!(objectives.iter().all(|one| one["text"]["fr"].is_string()), "{plan}");
    let rival = story.sign_in("tobias.reinholt").await;
    let (status, _) = story.send(&rival, "GET", &format!("/api/v1/accounts/{account}/plan")).await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_may_be_as_large_as_the_settings_say_and_no_larger() {
    let story = Story::load().await;
    let steward = story.sign_in("karim.oumeddour").await;
    let path = "/api/v1/imports?name=parts.csv&kind=products&dry_run=1";
    let file = |bytes: usize| format!("id,name\nX-1,{}\n", "x".repeat(bytes));
    let (status, body) = story.send_json(&steward, path, &file(3 << 20)).await;
    assert_eq!(status, 200, "{body}");
    let ctx = story.shell();
    let mut known = settings::get(&ctx).await.unwrap();
    known.settings.upload_limit = 2 << 20;
    settings::put(&ctx, known.settings, known.version).await.unwrap();
    let (status, body) = story.send_json(&steward, path, &file(3 << 20)).await;
    assert_eq!((status, parsed(&body)["code"].as_str()), (413, Some("upload_too_large")), "{body}");
}
