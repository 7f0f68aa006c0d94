//! Checkpoints: what was given out of the chain.

use orchestre_domain::checkpoint::Place;

use super::contract;
use crate::{Checkpoint, Db, StoreError};

contract!(checkpoints_are_listed_and_the_last_that_was_taken_is_known);

fn given(id: i64, place: Place, seq: i64, result: &str) -> Checkpoint {
    Checkpoint {
        id,
        place,
        seq,
        hash: "ab".repeat(32),
        at: 1_000 + id,
        result: result.to_owned(),
        proof: (place == Place::Stamp).then(|| "MAA=".to_owned()),
    }
}

async fn checkpoints_are_listed_and_the_last_that_was_taken_is_known(db: Db) {
    let all = [
        given(1, Place::File, 10, "done"),
        given(2, Place::Stamp, 12, "done"),
        given(3, Place::File, 15, "checkpoint_failed"),
    ];
    db.write(async |work| {
        for one in &all {
            work.system_add_checkpoint(one).await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    db.read(async |work| {
        let [one, two, three] = &all;
        assert_eq!(work.system_checkpoints(9).await?, [three.clone(), two.clone(), one.clone()]);
        assert_eq!(work.system_checkpoints(1).await?, std::slice::from_ref(three));
        assert_eq!(work.system_checkpoint(2).await?.as_ref(), Some(two));
        assert_eq!(work.system_checkpoint(9).await?, None);
        assert_eq!(work.system_checkpointed(Place::File).await?, (10, 1_001));
        assert_eq!(work.system_checkpointed(Place::Stamp).await?, (12, 1_002));
        assert_eq!(work.system_checkpointed(Place::Mail).await?, (0, 0));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
