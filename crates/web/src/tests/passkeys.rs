//! Passkeys, with a device that lies on request: each lie is refused, recorded, and opens nothing.

mod device;

use device::Device;
use orchestre_app::identity::passkeys::Party;
use orchestre_app::identity::{Identity, Rules};
use orchestre_domain::permission::Role;
use serde_json::Value;

use super::house::{Answer, House, LOCAL, PASSWORD};
use crate::door::encode;

/// What is bent, and how.
type Lie = (&'static str, fn(&mut Device));

const EMAIL: &str = "sami@ardenval.example";

async fn house(rules: Rules) -> House {
    let identity = Identity {
        url: "https://kam.example".to_owned(),
        rules,
        passkeys: Party::at("https://kam.example"),
        ..Identity::default()
    };
    let house = House::new().await.made_of(|app| app.with_identity(identity));
    house.enrol(EMAIL, Role::Kam).await;
    house.enrol("nadia@ardenval.example", Role::Kam).await;
    house
}

/// Somebody's browser.
struct Browser<'a> {
    house: &'a House,
    cookie: String,
    csrf: String,
}

impl<'a> Browser<'a> {
    async fn signed_in(house: &'a House, email: &str) -> Self {
        let form = format!("email={}&password={}&next=%2F", encode(email), encode(PASSWORD));
        let answer = house.ask(LOCAL, ("POST", "/sign-in", &form), &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let mut browser = Self { house, cookie, csrf: String::new() };
        let page = browser.get("/settings/passkeys").await.body;
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
        browser.csrf = rest.split('"').next().unwrap().to_owned();
        browser
    }

    /// The same browser at the same program later.
    fn at(house: &'a House, (cookie, csrf): &(String, String)) -> Self {
        Self { house, cookie: cookie.clone(), csrf: csrf.clone() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.house.get(LOCAL, path, &[("cookie", &self.cookie)]).await
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        let form = format!("csrf={}&{form}", self.csrf);
        self.house.ask(LOCAL, ("POST", path, &form), &[("cookie", &self.cookie)]).await
    }

    /// Begins to add a key: options and secret.
    async fn begin(&self) -> (Value, String) {
        asked(&self.post("/settings/passkeys/options", "").await)
    }

    async fn add(&self, device: &mut Device, name: &str) -> u16 {
        let (options, secret) = self.begin().await;
        self.finish(&secret, name, &device.create(&options)).await
    }

    async fn finish(&self, secret: &str, name: &str, answer: &str) -> u16 {
        let form = format!("secret={secret}&name={}&answer={}", encode(name), encode(answer));
        self.post("/settings/passkeys", &form).await.status
    }
}

fn asked(answer: &Answer) -> (Value, String) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    (told["options"].clone(), told["secret"].as_str().unwrap().to_owned())
}

impl House {
    async fn begin(&self) -> (Value, String) {
        asked(&self.ask(LOCAL, ("POST", "/sign-in/passkey/options", ""), &[]).await)
    }

    async fn finish(&self, secret: &str, answer: &str) -> Answer {
        let form = format!("secret={secret}&next=%2F&lang=en&answer={}", encode(answer));
        self.ask(LOCAL, ("POST", "/sign-in/passkey", &form), &[]).await
    }

    async fn come(&self, device: &mut Device) -> u16 {
        let (options, secret) = self.begin().await;
        self.finish(&secret, &device.get(&options)).await.status
    }

    /// Gives the reasons of refusals that were recorded.
    async fn reasons(&self) -> Vec<String> {
        let text = "SELECT payload FROM events WHERE name = 'session.refused' ORDER BY id";
        let rows = self.app.db.read(async |work| work.rows(orchestre_store::sql(text)).await).await;
        let payloads = rows.unwrap().into_iter().map(|row| row.get::<String>("payload").unwrap());
        payloads.map(|text| text.rsplit_once("reason=").unwrap().1.to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_opens_is_renamed_and_removed() {
    let house = house(Rules::default()).await;
    let browser = Browser::signed_in(&house, EMAIL).await;
    let mut device = Device::new(1);
    let (options, _) = browser.begin().await;
    let key = &options["publicKey"];
    assert_eq!(key["rp"]["id"], "kam.example");
    let choice = &key["authenticatorSelection"];
    assert_eq!(
        (&choice["residentKey"], &choice["userVerification"]),
        (&"required".into(), &"required".into())
    );
    assert_eq!(browser.add(&mut device, "").await, 422, "it needs a name");
    assert_eq!(browser.add(&mut device, "Laptop <b>").await, 303);
    let (options, _) = browser.begin().await;
    assert_eq!(options["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1);
    let page = browser.get("/settings/passkeys").await.body;
    assert!(page.contains("Laptop &#60;b&#62;"), "{page}");
    assert_eq!(house.come(&mut device).await, 303);
    assert_eq!(house.come(&mut device).await, 303, "again, with a counter that went on");
    let (_, rest) = page.split_once("action=\"/settings/passkeys/pky_").unwrap();
    let path = format!("/settings/passkeys/pky_{}", rest.split('"').next().unwrap());
    let stranger = Browser::signed_in(&house, "nadia@ardenval.example").await;
    assert_eq!(stranger.post(&path, "name=Mine").await.status, 404, "not theirs");
    assert_eq!(stranger.post(&format!("{path}/removal"), "").await.status, 404, "not theirs");
    assert_eq!(browser.post(&path, "name=Phone").await.status, 303);
    assert!(browser.get("/settings/passkeys").await.body.contains("Phone"));
    assert_eq!(browser.post(&format!("{path}/removal"), "").await.status, 303);
    assert_eq!(house.come(&mut device).await, 401, "it opens nothing now");
    assert_eq!(house.reasons().await, ["unknown"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_lie_of_a_device_is_refused_and_recorded() {
    let house = house(Rules::default()).await;
    let browser = Browser::signed_in(&house, EMAIL).await;
    let mut device = Device::new(1);
    assert_eq!(browser.add(&mut device, "Laptop").await, 303);
    device.counter = 10;
    let (options, secret) = house.begin().await;
    let answer = device.get(&options);
    let opened = house.finish(&secret, &answer).await;
    assert_eq!(opened.status, 303);
    let again = house.finish(&secret, &answer).await;
    assert_eq!(again.status, 401, "played again");
    assert!(again.body.contains("took too long or was begun in another window"), "{}", again.body);
    assert!(again.headers.get("set-cookie").is_none(), "a refused answer opens nothing");
    let (_, fresh) = house.begin().await;
    assert_eq!(house.finish(&fresh, &answer).await.status, 401, "the answer to another question");
    let lies: [Lie; 5] = [
        ("of another site", |device| device.origin = "https://evil.example".to_owned()),
        ("for another party", |device| device.party = "evil.example".to_owned()),
        ("nobody showed who they are", |device| device.asks = false),
        ("the counter went back", |device| device.counter = 3),
        ("the counter stood still", |device| device.counter = 10),
    ];
    for (name, bend) in lies {
        bend(&mut device);
        assert_eq!(house.come(&mut device).await, 401, "{name}");
        device.mend(10);
    }
    let user = std::mem::replace(&mut device.user, "AAAAAAAAAAAAAAAAAAAAAQ".to_owned());
    assert_eq!(house.come(&mut device).await, 401, "somebody else's name");
    device.user = user;
    let (options, secret) = house.begin().await;
    let mut forged = Device::new(1);
    forged.user.clone_from(&device.user);
    forged.counter = 20;
    assert_eq!(house.finish(&secret, &forged.get(&options)).await.status, 401, "another key");
    let (_, secret) = house.begin().await;
    assert_eq!(house.finish(&secret, "{}").await.status, 401, "no answer at all");
    device.mend(30);
    assert_eq!(house.come(&mut device).await, 303, "the honest device still opens");
    let reasons = house.reasons().await;
    assert_eq!(
        reasons[..],
        [
            "signature",
            "signature",
            "signature",
            "signature",
            "signature",
            "signature",
            "unknown",
            "signature"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_is_for_whoever_began_it_in_time_and_proved_who_they_are() {
    let house = house(Rules::default()).await;
    let browser = Browser::signed_in(&house, EMAIL).await;
    let other = Browser::signed_in(&house, "nadia@ardenval.example").await;
    let mut device = Device::new(1);
    let (options, secret) = browser.begin().await;
    let answer = device.create(&options);
    assert_eq!(other.finish(&secret, "Mine", &answer).await, 401, "begun by somebody else");
    assert_eq!(browser.finish(&secret, "Mine", &answer).await, 401, "used up by it");
    device.origin = "https://evil.example".to_owned();
    assert_eq!(browser.add(&mut device, "Mine").await, 401, "of another site");
    device.origin = "https://kam.example".to_owned();
    device.asks = false;
    assert_eq!(browser.add(&mut device, "Mine").await, 401, "nobody showed who they are");
    device.asks = true;
    assert_eq!(browser.add(&mut device, "Mine").await, 303);
    let user = device.user.clone();
    assert_eq!(other.add(&mut device, "Theirs").await, 401, "it is somebody's");
    device.user = user;
    let (options, secret) = browser.begin().await;
    let (_, late) = house.begin().await;
    let kept = (browser.cookie, browser.csrf);
    let house = house.later(301);
    let browser = Browser::at(&house, &kept);
    assert_eq!(browser.finish(&secret, "Late", &Device::new(2).create(&options)).await, 401);
    assert_eq!(house.finish(&late, "{}").await.status, 401, "too late");
    let house = house.later(3 * 3_600);
    let browser = Browser::at(&house, &kept);
    let page = browser.get("/settings/passkeys").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("/settings/security/proof?next=%2Fsettings%2Fpasskeys"));
    assert!(!page.body.contains("data-passkey"), "nothing is added without a proof");
    assert_eq!(browser.post("/settings/passkeys/options", "").await.status, 403);
    let refused = browser.post("/settings/passkeys", "name=x").await;
    assert_eq!(refused.header("location"), "/settings/security/proof?next=%2Fsettings%2Fpasskeys");
    assert_eq!(house.come(&mut device).await, 303, "the key itself opens on any day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_opens_for_nobody_who_is_out_or_whom_a_provider_has_to_let_in() {
    let first = house(Rules::default()).await;
    let browser = Browser::signed_in(&first, EMAIL).await;
    let mut device = Device::new(1);
    assert_eq!(browser.add(&mut device, "Laptop").await, 303);
    let rules = Rules { is_sso_only: true, break_glass: ["x@ardenval.example".to_owned()].into() };
    let identity = Identity {
        url: "https://kam.example".to_owned(),
        rules,
        passkeys: Party::at("https://kam.example"),
        ..Identity::default()
    };
    let login = async |house: &House| {
        let found = house.app.db.read(async |work| work.system_login(EMAIL).await).await;
        found.unwrap().unwrap().id
    };
    let id = login(&first).await;
    let closed = first.made_of(|app| app.with_identity(identity));
    assert_eq!(closed.come(&mut device).await, 403, "by the company's button alone");
    let open = Identity { passkeys: Party::at("https://kam.example"), ..Identity::default() };
    let open = closed.made_of(|app| app.with_identity(open));
    assert_eq!(open.come(&mut device).await, 303);
    open.app.db.write(async |work| work.put_login_active(id, 0).await).await.unwrap();
    assert_eq!(open.come(&mut device).await, 401, "let out");
    assert_eq!(open.reasons().await, ["inactive"]);
    let without = open.made_of(|app| app.with_identity(Identity::default()));
    let answer = without.ask(LOCAL, ("POST", "/sign-in/passkey/options", ""), &[]).await;
    assert_eq!(answer.status, 404, "not offered at this address");
}
