//! Mails: taken once, seen again, ended without their words.

use super::contract;
use crate::{Db, MailsState, NewMail, StoreError, sql};

contract!(
    a_mail_is_taken_by_one_and_comes_again_when_that_one_is_lost,
    the_state_counts_what_waits_and_what_failed,
);

fn mail(id: i64, made_at: i64) -> NewMail {
    NewMail {
        id,
        purpose: "reset".to_owned(),
        recipient: "sami@ardenval.example".to_owned(),
        login: None,
        sealed: "x1.words".to_owned(),
        made_at,
        until_at: 9_000,
    }
}

async fn a_mail_is_taken_by_one_and_comes_again_when_that_one_is_lost(db: Db) {
    db.write(async |work| {
        work.add_mail(&mail(1, 100)).await?;
        work.add_mail(&mail(2, 50)).await?;
        assert!(!work.system_has_due_mail(49).await?);
        assert!(work.system_has_due_mail(50).await?);
        assert_eq!(work.system_take_mail(49, 500).await?, None);
        let first = work.system_take_mail(200, 500).await?.unwrap();
        assert_eq!((first.id, first.tries, first.until_at), (2, 1, 9_000), "the oldest");
        assert_eq!(work.system_take_mail(200, 500).await?.unwrap().id, 1);
        assert_eq!(work.system_take_mail(499, 900).await?, None, "both are held");
        let again = work.system_take_mail(500, 900).await?.unwrap();
        assert_eq!((again.tries, again.sealed.as_str()), (2, "x1.words"));
        work.system_delay_mail(1, 700, "later").await?;
        work.system_end_mail(2, 510, "sent").await?;
        assert_eq!(work.system_take_mail(600, 900).await?, None);
        assert_eq!(work.system_take_mail(700, 900).await?.unwrap().id, 1);
        let kept = work.row(sql("SELECT sealed FROM mails WHERE id = 2")).await?.unwrap();
        assert_eq!(kept.get::<String>("sealed")?, "", "its words are gone");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn the_state_counts_what_waits_and_what_failed(db: Db) {
    db.write(async |work| {
        assert_eq!(work.system_mails_state(0).await?, MailsState::default());
        for id in 1..=4 {
            work.add_mail(&mail(id, id)).await?;
        }
        work.system_end_mail(1, 60, "sent").await?;
        work.system_end_mail(2, 50, "refused").await?;
        let state = work.system_mails_state(50).await?;
        assert_eq!((state.waiting, state.failed, state.result.as_deref()), (2, 1, Some("refused")));
        assert_eq!(work.system_mails_state(51).await?.failed, 0, "long ago");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
