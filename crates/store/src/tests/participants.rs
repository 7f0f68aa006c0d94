//! Who took part without being known, and what is decided on an address.

use jiff::civil::date;

use super::contract;
use crate::imports::{Fields, NewParticipant, Records};
use crate::{Db, StoreError, Work};

contract!(an_address_is_unknown_until_somebody_decides_on_it_and_again_when_it_is_asked_anew);

fn took_part(interaction: i64, reference: &str, person: Option<i64>) -> NewParticipant {
    let (reference, name) = (reference.to_owned(), Some("Nia Ew".to_owned()));
    NewParticipant { interaction, reference, name, person, side: "customer" }
}

async fn world(work: &mut Work<'_>) -> Result<(), StoreError> {
    super::imports::parties(work, &[1]).await?;
    let person = |name: &str| {
        Fields::from([("side", "customer".into()), ("name", name.into()), ("folded", name.into())])
    };
    work.system_create(Records::Persons, &[(3, &person("ana")), (4, &person("bo"))]).await?;
    for (id, day) in [(41, "2026-01-05"), (42, "2026-02-05"), (43, "2026-03-05")] {
        let fields = Fields::from([("type", "email".into()), ("day", day.into())]);
        work.system_create(Records::Interactions, &[(id, &fields)]).await?;
    }
    let by_hand = Fields::from([
        ("type", "call".into()),
        ("day", "2026-04-05".into()),
        ("source", "manual".into()),
    ]);
    work.system_create(Records::Interactions, &[(44, &by_hand)]).await?;
    let people = vec![
        took_part(41, "nia@them.example", None),
        took_part(42, "nia@them.example", None),
        took_part(42, "ana@them.example", Some(3)),
        took_part(43, "S09", None),
        took_part(44, "bo@them.example", Some(4)),
    ];
    work.system_add_participants(9, people).await
}

async fn an_address_is_unknown_until_somebody_decides_on_it_and_again_when_it_is_asked_anew(
    db: Db,
) {
    db.write(async |work| {
        world(work).await?;
        let found = work.system_unknown_participations(10).await?;
        let [nia] = &*found else { panic!("{found:?}") };
        assert_eq!((&*nia.address, nia.name.as_deref()), ("nia@them.example", Some("Nia Ew")));
        assert_eq!(
            (nia.interactions, nia.first_on, nia.last_on),
            (2, date(2026, 1, 5), date(2026, 2, 5))
        );
        assert!(nia.parties.is_empty());
        let exchanges = work.system_exchanges(0, None, 2).await?;
        assert_eq!(exchanges.iter().map(|one| one.id).collect::<Vec<_>>(), [41, 42]);
        let customer = "customer".to_owned();
        assert_eq!(exchanges[1].people, [(Some(3), customer.clone()), (None, customer)]);
        let later: Vec<i64> =
            work.system_exchanges(42, None, 9).await?.iter().map(|one| one.id).collect();
        assert_eq!(later, [43], "what was noted by hand has its account");
        work.system_place_exchanges(&[(41, Some(1))]).await?;
        work.system_decide_participant("nia@them.example", Some(4), 7).await?;
        assert!(work.system_unknown_participations(10).await?.is_empty());
        let known = work.system_decided_participations(10).await?;
        assert_eq!(known[0].parties.iter().copied().collect::<Vec<_>>(), [1]);
        let staffs = work.system_staffs(&[1, 2].into(), date(2026, 1, 1)).await?;
        assert_eq!(staffs.keys().copied().collect::<Vec<_>>(), [1]);
        assert!(staffs[&1].people.is_empty());
        assert_eq!(work.system_parties_named("nobody").await?, []);
        let addresses = work.system_addresses().await?;
        assert!(addresses.iter().any(|of| of.person == 4 && of.is_decided));
        let decided = work.system_participant_decisions().await?;
        assert_eq!((decided[0].person, decided[0].name.as_deref()), (Some(4), Some("bo")));
        work.system_ask_participant("nia@them.example").await?;
        assert_eq!(work.system_unknown_participations(10).await?.len(), 1);
        work.system_decide_participant("nia@them.example", None, 8).await?;
        assert_eq!(work.system_participant_decisions().await?[0].person, None);
        assert!(work.system_exchanges(0, Some("nia@them.example"), 9).await?.len() == 2);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
