//! Links that are used once, invitations, being put out, the first administrator.

use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_store::{StoreError, sql};

use super::doors::{PASSWORD, refused, typed};
use super::sign_in::{HERE, House, NEW};
use super::sink::{Sink, willing};
use crate::links::{self, Filled};
use crate::roster::{self, By, Invited, Made};
use crate::sessions::{self, Entrance};
use crate::{App, AppError, Code, Ctx, Outside, mails};

fn token_of(link: &str) -> String {
    link.rsplit('/').next().unwrap().to_owned()
}

fn filled(password: &str) -> Filled {
    Filled { password: password.to_owned(), ..Filled::default() }
}

async fn follow(app: &App, token: &str, password: &str) -> Result<bool, Code> {
    let done = links::follow(app, token, filled(password), HERE).await;
    done.map(|opened| opened.is_some()).map_err(|error| error.code())
}

/// Gives the token of the link of a letter.
fn linked(letter: &str) -> String {
    letter.split("/sign-in/link/").nth(1).unwrap().chars().take(64).collect()
}

pub(super) async fn invite(house: &House, name: &str) -> (LoginId, Made) {
    let invited = Invited {
        email: format!("{name}@ardenval.example"),
        name: name.to_owned(),
        roles: vec![Role::Rel],
        lang: Lang::Fr,
    };
    roster::invite(&house.shell, invited, By::Mail).await.unwrap()
}

#[tokio::test]
async fn a_forgotten_password_is_set_by_one_mail_once_and_skips_no_second_step() {
    let sink = Sink::open(willing).await;
    let house = House::with_mail(&sink).await;
    house.enrolled("aminata").await;
    let ask = async |email: &str| links::ask_reset(house.app(), email, "192.0.2.7").await.is_ok();
    assert!(ask(" Aminata@ardenval.example ").await && ask("nobody@ardenval.example").await);
    assert!(ask(&"x".repeat(50_000)).await);
    mails::tick(house.app()).await.unwrap();
    let letters = sink.letters();
    assert_eq!(letters.len(), 1, "an unknown address gets none");
    let token = linked(&letters[0]);
    assert_eq!(follow(house.app(), &token, "short").await, Err(Code::PasswordShort));
    assert_eq!(follow(house.app(), "forged", NEW).await, Err(Code::LinkOver));
    assert_eq!(follow(house.app(), &token, NEW).await, Ok(false), "it opens no session");
    assert_eq!(follow(house.app(), &token, NEW).await, Err(Code::LinkOver), "once");
    let come = sessions::come(house.app(), &typed("aminata", NEW), None).await.unwrap();
    assert!(matches!(come, Entrance::Half(_)), "the second step is still asked for");
    mails::tick(house.app()).await.unwrap();
    assert_eq!(sink.letters().len(), 2, "the change is told");
    for _ in 0..6 {
        assert!(ask("tobias@ardenval.example").await, "the same answer");
    }
    mails::tick(house.app()).await.unwrap();
    assert_eq!(sink.letters().len(), 5, "three mails an hour at most");
    let token = linked(&sink.letters()[4]);
    house.pass(3_600);
    assert_eq!(follow(house.app(), &token, NEW).await, Err(Code::LinkOver), "after an hour");
    let mute = house.app().clone().with_outside(Outside::default());
    let absent = links::ask_reset(&mute, "tobias@ardenval.example", "192.0.2.7").await;
    assert_eq!(absent.unwrap_err().code(), Code::MailAbsent);
}

#[tokio::test]
async fn an_invitation_is_followed_once_sent_again_and_taken_back() {
    let house = House::new().await;
    let (id, made) = invite(&house, "ines").await;
    let Made::Link(first) = made else { panic!("no mail is set up") };
    let Some(Made::Link(second)) = roster::change(&house.shell, id, "invitation").await.unwrap()
    else {
        panic!("no mail is set up")
    };
    assert_eq!(follow(house.app(), &token_of(&first), NEW).await, Err(Code::LinkOver), "replaced");
    assert_eq!(follow(house.app(), &token_of(&second), NEW).await, Ok(true), "and is in");
    let ines = roster::show(&house.shell, id).await.unwrap();
    assert_eq!(
        (ines.has_password, ines.sessions, ines.roles.as_slice()),
        (true, 1, &[Role::Rel][..])
    );
    let again = roster::invite_again(&house.shell, id).await.unwrap_err();
    assert_eq!(again.code(), Code::StepRefused);
    let (other, made) = invite(&house, "omar").await;
    let Made::Link(link) = made else { panic!("no mail is set up") };
    roster::revoke_invitation(&house.shell, other).await.unwrap();
    assert_eq!(follow(house.app(), &token_of(&link), NEW).await, Err(Code::LinkOver));
    let (_, made) = invite(&house, "lea").await;
    let Made::Link(link) = made else { panic!("no mail is set up") };
    house.pass(7 * 86_400);
    assert_eq!(follow(house.app(), &token_of(&link), NEW).await, Err(Code::LinkOver), "a week");
}

#[tokio::test]
async fn an_invitation_that_cannot_be_is_refused_with_its_field() {
    let house = House::new().await;
    let good = Invited {
        email: "ines@ardenval.example".to_owned(),
        name: "Inès".to_owned(),
        roles: vec![Role::Kam],
        lang: Lang::Fr,
    };
    let refused = async |ctx: &Ctx, invited: Invited| match roster::invite(ctx, invited, By::Mail)
        .await
        .unwrap_err()
    {
        AppError::Field { code, field } => (code, field),
        other => (other.code(), ""),
    };
    for email in
        ["", "ines", "@", "ines@", "a b@c", "ines@x\r\nBcc: y@z", &format!("{}@x", "y".repeat(300))]
    {
        let invited = Invited { email: email.to_owned(), ..good.clone() };
        assert_eq!(
            refused(&house.shell, invited).await,
            (Code::FieldInvalid, "email"),
            "{email:.20}"
        );
    }
    let taken = Invited { email: "Aminata@ardenval.example".to_owned(), ..good.clone() };
    assert_eq!(refused(&house.shell, taken).await, (Code::LoginTaken, "email"));
    let shell = Invited { roles: vec![Role::Shell], ..good.clone() };
    assert_eq!(refused(&house.shell, shell).await.0, Code::FieldMissing);
    let kam = house.ctx(&house.opened("aminata").await.token).await;
    assert_eq!(refused(&kam, good).await.0, Code::Forbidden);
}

#[tokio::test]
async fn whoever_is_put_out_is_out_everywhere_and_the_last_administrator_stays() {
    let house = House::new().await;
    let (ada, made) = {
        let invited = Invited {
            email: "ada@ardenval.example".to_owned(),
            name: "Ada".to_owned(),
            roles: vec![Role::Adm],
            lang: Lang::En,
        };
        roster::invite(&house.shell, invited, By::Hand).await.unwrap()
    };
    let Made::Link(link) = made else { panic!("by hand") };
    let opened = links::follow(house.app(), &token_of(&link), filled(NEW), HERE).await.unwrap();
    let admin = house.ctx(&opened.unwrap().token).await;
    assert_eq!(roster::deactivate(&admin, ada).await.unwrap_err().code(), Code::LastAdministrator);
    let (id, session) = (house.id("aminata").await, house.opened("aminata").await);
    roster::deactivate(&admin, id).await.unwrap();
    assert!(sessions::find(house.app(), &session.token).await.unwrap().is_none());
    assert_eq!(refused(&house.shell, &typed("aminata", PASSWORD)).await, Code::SignInWrong);
    roster::reactivate(&admin, id).await.unwrap();
    assert!(
        sessions::find(house.app(), &session.token).await.unwrap().is_none(),
        "sessions are gone"
    );
    assert!(sessions::sign_in(house.app(), &typed("aminata", PASSWORD)).await.is_ok());
    assert_eq!(roster::change(&admin, id, "nothing").await.unwrap_err().code(), Code::NotFound);
    let names = "SELECT name FROM events WHERE name LIKE 'login.%activated' ORDER BY id";
    let rows = house.app().db.read(async |work| work.rows(sql(names)).await).await.unwrap();
    let names: Vec<String> =
        rows.iter().map(|row| row.get("name")).collect::<Result<_, StoreError>>().unwrap();
    assert_eq!(names, ["login.deactivated", "login.reactivated"]);
}

#[tokio::test]
async fn the_first_administrator_comes_by_a_link_while_nobody_can_sign_in() {
    let world = super::World::new().await;
    let app = &world.shell.app;
    let first = token_of(&links::make_first(app).await.unwrap().unwrap());
    let second = token_of(&links::make_first(app).await.unwrap().unwrap());
    let filled = Filled {
        email: "ada@ardenval.example".to_owned(),
        name: "Ada".to_owned(),
        password: NEW.to_owned(),
    };
    let code = async |token: &str, filled: &Filled| {
        let done = links::follow(app, token, filled.clone(), HERE).await;
        done.map(|opened| opened.is_some()).map_err(|error| error.code())
    };
    assert_eq!(code(&first, &filled).await, Err(Code::LinkOver), "another start made another");
    let nameless = Filled { name: " ".to_owned(), ..filled.clone() };
    assert_eq!(code(&second, &nameless).await, Err(Code::FieldMissing));
    assert_eq!(code(&second, &filled).await, Ok(true));
    assert_eq!(code(&second, &filled).await, Err(Code::LinkOver));
    assert!(links::make_first(app).await.unwrap().is_none(), "somebody can");
}
