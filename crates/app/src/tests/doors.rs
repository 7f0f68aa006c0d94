//! Coming in, staying in, being out; what a wall hides; the chain.

use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_store::{StoreError, sql};

use super::{TODAY, World};
use crate::assignments::{Assigned, end, set};
use crate::logins::{self, NewLogin, Preferences};
use crate::sessions::{self, Credentials};
use crate::{Code, Ctx, chain, feed, people, plans, search, walls};

pub(super) const PASSWORD: &str = "correct horse battery";
const ACCOUNTS: &str = "id,name,kind,country\nlys,Lysarel,group,FR\nhar,Hartwenden,group,DE\n";
/// Claire works for Lysarel and worked for Hartwenden; Karl works for Hartwenden.
const PEOPLE: &str = "id,side,name,email,organization,from,to,buying_roles,stance,strength,assessed_on,author,role,account\n\
    S09,supplier,Aminata Lefort,aminata@ardenval.example,,,,,,,,,KAM,lys\n\
    S10,supplier,Tobias Reinholt,tobias@ardenval.example,,,,,,,,,KAM,har\n\
    S24,supplier,Florian Bickelmann,florian@ardenval.example,,,,,,,,,REL,lys\n\
    L1,customer,Claire Obrecht,,lys,2024-01-01,,decider,2,3,2026-06-01,S09,,\n\
    L1,customer,Claire Obrecht,,har,2020-01-01,2024-01-01,,,,,,,\n\
    H1,customer,Karl Immenhof,,har,2020-01-01,,user,-1,1,2026-06-01,S10,,\n";

pub(super) struct Doors {
    pub(super) world: World,
    pub(super) lys: AccountId,
    pub(super) har: AccountId,
}

impl Doors {
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        world.import(ImportKind::Accounts, ACCOUNTS).await;
        world.import_all(ImportKind::People, PEOPLE).await;
        let (lys, har) = (world.account("lys").await, world.account("har").await);
        walls::add(&world.shell, lys, har).await.unwrap();
        for (name, role) in [("aminata", Role::Kam), ("tobias", Role::Kam), ("florian", Role::Rel)]
        {
            enroll(&world.shell, name, role).await;
        }
        enroll(&world.shell, "solene", Role::Pd).await;
        Self { world, lys, har }
    }

    /// Signs somebody in and gives the context of the next request.
    pub(super) async fn of(&self, name: &str) -> Ctx {
        let app = &self.world.shell.app;
        let opened = sessions::sign_in(app, &typed(name, PASSWORD)).await.unwrap();
        let open = sessions::find(app, &opened.token).await.unwrap().unwrap();
        app.ctx(open.viewer)
    }
}

async fn enroll(ctx: &Ctx, name: &str, role: Role) {
    let new = NewLogin {
        email: format!("{name}@ardenval.example"),
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        roles: vec![role],
        person: None,
        lang: Lang::En,
    };
    logins::create(ctx, new).await.unwrap();
}

pub(super) fn typed(name: &str, password: &str) -> Credentials {
    Credentials {
        email: format!(" {}@Ardenval.example", name.to_uppercase()),
        password: password.to_owned(),
        network: "192.0.2.7".to_owned(),
        agent: "a browser".to_owned(),
    }
}

pub(super) async fn refused(ctx: &Ctx, credentials: &Credentials) -> Code {
    sessions::sign_in(&ctx.app, credentials).await.unwrap_err().code()
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_answer_alike() {
    let doors = Doors::new().await;
    let shell = &doors.world.shell;
    assert_eq!(refused(shell, &typed("aminata", "wrong")).await, Code::SignInWrong);
    assert_eq!(refused(shell, &typed("nobody", PASSWORD)).await, Code::SignInWrong);
    let count = "SELECT name FROM events WHERE name = 'session.refused'";
    let events = shell.db().read(async |work| work.rows(sql(count)).await).await.unwrap();
    assert_eq!(events.len(), 2, "both are told");
}

#[tokio::test]
async fn failures_of_an_address_make_it_wait_and_no_other() {
    let doors = Doors::new().await;
    let shell = &doors.world.shell;
    for name in ["aminata", "nobody"] {
        for _ in 0..6 {
            assert_eq!(refused(shell, &typed(name, "wrong")).await, Code::SignInWrong);
        }
        assert_eq!(refused(shell, &typed(name, PASSWORD)).await, Code::TooManyTries, "{name}");
    }
    assert!(sessions::sign_in(&shell.app, &typed("tobias", PASSWORD)).await.is_ok());
    for at in 0..9 {
        refused(shell, &typed(&format!("guess{at}"), "wrong")).await;
    }
    assert_eq!(refused(shell, &typed("tobias", PASSWORD)).await, Code::TooManyTries, "the network");
    let elsewhere = Credentials { network: "198.51.100.1".to_owned(), ..typed("tobias", PASSWORD) };
    assert!(sessions::sign_in(&shell.app, &elsewhere).await.is_ok());
}

#[tokio::test]
async fn a_session_says_who_looks_until_it_is_closed() {
    let doors = Doors::new().await;
    let app = &doors.world.shell.app;
    let one = sessions::sign_in(app, &typed("aminata", PASSWORD)).await.unwrap();
    let other = sessions::sign_in(app, &typed("aminata", PASSWORD)).await.unwrap();
    assert_ne!(one.token, other.token);
    let open = sessions::find(app, &one.token).await.unwrap().unwrap();
    assert_eq!((open.viewer.roles.len(), open.viewer.own.contains(&doors.lys)), (1, true));
    assert!(open.viewer.walled.contains(&doors.har) && open.csrf != one.token);
    let text = format!("SELECT digest FROM sessions WHERE digest = '{}'", one.token);
    let kept = app.db.read(async |work| work.rows(orchestre_store::Sql::built(text)).await).await;
    assert!(kept.unwrap().is_empty(), "the token itself is not stored");
    assert!(sessions::find(app, "").await.unwrap().is_none());
    let preferences = Preferences { lang: Lang::Fr, currency: None, theme: "dark".to_owned() };
    logins::prefer(&app.ctx(open.viewer), preferences).await.unwrap();
    let open = sessions::find(app, &one.token).await.unwrap().unwrap();
    assert_eq!((open.viewer.lang, open.theme.as_str()), (Lang::Fr, "dark"));
    sessions::close(app, &one.token).await.unwrap();
    assert!(sessions::find(app, &one.token).await.unwrap().is_none());
    assert!(sessions::find(app, &other.token).await.unwrap().is_some());
}

#[tokio::test]
async fn a_login_that_is_put_out_is_out_at_the_next_request() {
    let doors = Doors::new().await;
    let app = &doors.world.shell.app;
    let opened = sessions::sign_in(app, &typed("aminata", PASSWORD)).await.unwrap();
    let open = sessions::find(app, &opened.token).await.unwrap().unwrap();
    let login = open.viewer.login.unwrap();
    app.db.write(async |work| work.put_login_active(login, 0).await).await.unwrap();
    assert!(sessions::find(app, &opened.token).await.unwrap().is_none());
    let code = refused(&doors.world.shell, &typed("aminata", PASSWORD)).await;
    assert_eq!(code, Code::SignInWrong, "as for an unknown address");
}

#[tokio::test]
async fn only_the_administrator_makes_logins_and_the_director_walls() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let new = NewLogin {
        email: "x@ardenval.example".to_owned(),
        name: "x".to_owned(),
        password: PASSWORD.to_owned(),
        roles: vec![Role::Pd],
        person: None,
        lang: Lang::En,
    };
    let code = logins::create(&kam, new.clone()).await.unwrap_err().code();
    assert_eq!(code, Code::Forbidden);
    let short = NewLogin { password: "s3v3n!x".to_owned(), ..new };
    let error = logins::create(&doors.world.shell, short).await.unwrap_err();
    assert_eq!(error.code(), Code::PasswordShort);
    let code = walls::add(&kam, doors.lys, doors.har).await.unwrap_err().code();
    assert_eq!(code, Code::Forbidden);
    let again = walls::add(&doors.of("solene").await, doors.lys, doors.har).await;
    assert_eq!(again.unwrap_err().code(), Code::WallStands, "she may, but there is one");
}

async fn person(doors: &Doors, name: &str) -> PersonId {
    let found = search::find(&doors.world.shell, name, 5).await.unwrap();
    let hit = found.iter().find(|hit| hit.object == "person").unwrap();
    PersonId::parse(&hit.id).unwrap()
}

#[tokio::test]
async fn a_wall_hides_plan_person_search_and_feed() {
    let doors = Doors::new().await;
    let (aminata, tobias) = (doors.of("aminata").await, doors.of("tobias").await);
    let plan = plans::create(&aminata, doors.lys).await.unwrap();
    let texts =
        plans::Texts { situation: "Codename Aigue-marine".to_owned(), ..plans::Texts::default() };
    plans::put_texts(&aminata, plan, 1, texts).await.unwrap();
    let karl = person(&doors, "karl immenhof").await;
    let claire = person(&doors, "claire").await;
    let hits = async |ctx: &Ctx, text: &str| search::find(ctx, text, 9).await.unwrap().len();
    // It is found by those who may, and by nobody else.
    assert_eq!(hits(&aminata, "MARINE aigue").await, 1);
    assert_eq!(hits(&tobias, "MARINE aigue").await, 0);
    assert!(hits(&aminata, "lysarel").await > 0);
    assert_eq!((hits(&tobias, "lysarel").await, hits(&aminata, "hartwenden").await), (0, 0));
    let code = |error: crate::AppError| error.code();
    assert_eq!(plans::show(&tobias, plan).await.map(drop).map_err(code), Err(Code::NotFound));
    let of_account = plans::of_account(&tobias, doors.lys, TODAY).await;
    assert_eq!(of_account.map(drop).map_err(code), Err(Code::NotFound));
    assert!(plans::list(&tobias).await.unwrap().plans.is_empty());
    assert_eq!(plans::list(&aminata).await.unwrap().plans.len(), 1);
    let karl_seen = people::show(&aminata, karl, TODAY).await.map(drop).map_err(code);
    assert_eq!(karl_seen, Err(Code::NotFound));
    assert!(people::show(&tobias, karl, TODAY).await.is_ok());
    let places = async |ctx: &Ctx| {
        let shown = people::show(ctx, claire, TODAY).await.unwrap();
        shown.places.into_iter().map(|place| place.name).collect::<Vec<_>>()
    };
    assert_eq!(places(&aminata).await, ["Lysarel"]);
    assert_eq!(places(&tobias).await, ["Hartwenden"], "where she was when she was there");
    assert!(!feed::account(&aminata, doors.lys, 9).await.unwrap().is_empty());
    assert!(feed::account(&tobias, doors.lys, 9).await.unwrap().is_empty());
    assert!(
        feed::find(&tobias, &feed::FeedAsk { limit: 99, ..feed::FeedAsk::default() })
            .await
            .unwrap()
            .iter()
            .all(|row| row.object != "plan")
    );
}

#[tokio::test]
async fn a_relay_reads_no_opinion() {
    let doors = Doors::new().await;
    let claire = person(&doors, "claire").await;
    let florian = doors.of("florian").await;
    let shown = people::show(&florian, claire, TODAY).await.unwrap();
    assert_eq!(shown.card.name, "Claire Obrecht");
    assert!(shown.assessments.is_none());
    let shown = people::show(&doors.of("aminata").await, claire, TODAY).await.unwrap();
    assert_eq!(shown.assessments.unwrap().len(), 1, "there is one");
}

#[tokio::test]
async fn an_assignment_opens_an_account_and_its_end_closes_it() {
    let doors = Doors::new().await;
    let solene = doors.of("solene").await;
    let florian = doors.of("florian").await.viewer.person.unwrap();
    let (lys, role) = (doors.lys, Role::Rel);
    let assigned = Assigned { person: florian, account: lys, role, fte_ppm: None };
    end(&solene, assigned).await.unwrap();
    assert!(!doors.of("florian").await.viewer.own.contains(&lys));
    set(&solene, assigned).await.unwrap();
    assert!(doors.of("florian").await.viewer.own.contains(&lys));
    let code = set(&doors.of("aminata").await, assigned).await.unwrap_err().code();
    assert_eq!(code, Code::Forbidden);
    let nobody = Assigned { person: PersonId(7), ..assigned };
    assert_eq!(set(&solene, nobody).await.unwrap_err().code(), Code::FieldInvalid);
}

#[tokio::test]
async fn the_chain_holds_until_a_row_is_changed() {
    let doors = Doors::new().await;
    let app = &doors.world.shell.app;
    while chain::seal(app, 1).await.unwrap() > 0 {}
    let state = chain::verify(app).await.unwrap();
    assert_eq!((state.broken_at, state.unsealed), (None, 0));
    assert!(state.sealed >= 7, "imports, walls and sign-ins: {state:?}");
    assert_eq!(chain::seal(app, 2).await.unwrap(), 0, "another process holds no lease");
    app.db
        .write(async |work| {
            work.run(sql("DROP TRIGGER events_no_update")).await?;
            work.run(sql("UPDATE events SET login_id = 7 WHERE seq = 3")).await?;
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
    assert_eq!(chain::verify(app).await.unwrap().broken_at, Some(3));
}
