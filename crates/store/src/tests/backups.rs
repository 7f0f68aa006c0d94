//! The rules of backups.

use orchestre_domain::backup::BackupRules;
use orchestre_domain::event::EventName;

use super::contract;
use super::events::{event, recorded};
use crate::{Db, StoreError};

contract!(rules_of_backups_are_kept_and_the_last_is_known);

async fn rules_of_backups_are_kept_and_the_last_is_known(db: Db) {
    recorded(&db, &[event(7, None)]).await;
    let rules = BackupRules { hour: 5, weekly: 0, ..BackupRules::default() };
    db.write(async |work| {
        assert_eq!(work.backup_rules().await?, (BackupRules::default(), 0));
        work.put_backup_rules(&rules).await?;
        assert_eq!(work.backup_rules().await?, (rules, 4));
        let name = event(7, None).name;
        assert_eq!(work.system_last_at(name).await?, event(7, None).at);
        assert_eq!(work.system_last_at(EventName::BackupMade).await?, 0);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
