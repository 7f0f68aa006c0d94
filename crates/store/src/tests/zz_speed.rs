//! tmp
use super::contract;
use super::sample::{viewer};
use crate::{Db, SearchEntry, StoreError, sql, Sql};
use orchestre_domain::permission::Role;
use orchestre_domain::id::AccountId;
contract!(speed);
async fn speed(db: Db) {
    let syl = ["ba","co","du","fe","gi","ha","jo","ku","la","me","ni","po","qua","ro","su","ta","ve","wi","xo","zu"];
    let mut n: u64 = 12345;
    let mut word = |len: usize| { let mut s=String::new(); for _ in 0..len { n = n.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); s.push_str(syl[(n>>33) as usize % 20]); } s };
    for acc in 0..10i64 {
        let mut entries = Vec::new();
        for i in 0..8000i64 { let id = 1_000 + acc*8000+i; let kind = match i%8 {0=>"party",1|2=>"opportunity",_=>"person"}; entries.push(SearchEntry{object:kind,object_id:id,party_id:Some(1+(acc*8000+i)/8),title:format!("{} {}",word(3),word(4)),detail:format!("{} {}",word(2),word(5)),weight:40}); }
        db.write(async |work| { for part in entries.chunks(2000) { work.system_index(part).await?; } Ok::<_,StoreError>(()) }).await.unwrap();
    }
    db.write(async |work| { for acc in 0..1000i64 { let mut rows=vec![]; for p in 0..10 { rows.push(format!("({},{},'0001-01-01','9999-12-31')",acc+1,acc*10+p+1)); } work.run(Sql::built(format!("INSERT INTO account_parties (account_id, party_id, valid_from, valid_to) VALUES {}", rows.join(",")))).await?; } if work.is_postgres() { } work.run(sql("ANALYZE")).await?; Ok::<_,StoreError>(()) }).await.unwrap();
    let pd = viewer(Role::Pd,&[],&[]); let walled = viewer(Role::Pd,&[],&[AccountId(5)]); let kam = viewer(Role::Kam,&(1..=20).map(AccountId).collect::<Vec<_>>(),&[]);
    for (who, eyes) in [("pd",&pd),("walled",&walled),("kam",&kam)] {
        for words in [vec!["b"],vec!["bac"],vec!["bacodu"],vec!["bac","du"],vec!["bacodufe","la"]] {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            let mut best = std::time::Duration::from_secs(9); let mut count=0;
            for _ in 0..5 { let t=std::time::Instant::now(); count = db.read(async |work| work.find(eyes,&words,"2026-11-16",20).await).await.unwrap().len(); best=best.min(t.elapsed()); }
            println!("{db:?} {who} {words:?} {count} {best:?}");
        }
    }
}
