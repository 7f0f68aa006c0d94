use std::sync::Arc;
use orchestre_app::*; use orchestre_domain::*;
#[derive(Debug)] struct Sys; impl clock::Clock for Sys { #[allow(clippy::disallowed_methods)] fn now(&self)->i64{ jiff::Timestamp::now().as_microsecond() } }
#[tokio::main] async fn main() {
  let dir = std::path::PathBuf::from("/tmp/dev"); let fresh = !dir.exists(); std::fs::create_dir_all(&dir).unwrap();
  let db = orchestre_store::Db::sqlite(&dir.join("o.sqlite"), &orchestre_store::Options::default()).await.unwrap();
  let app = App::new(db, Arc::new(Sys), id::Ids::new(1));
  let ctx = app.ctx(viewer::Viewer::shell(lang::Lang::En));
  let t = orchestre_story::monday(ctx.today());
  if fresh { for f in orchestre_story::files(t) { let s=std::time::Instant::now();
    let kind = import::ImportKind::parse(f.kind);
    let r = imports::import(&ctx, imports::Upload{file_name:f.name.into(),kind,bytes:f.text.into_bytes(),options:imports::ImportOptions{origin:"demo".into(),..Default::default()}}, &|_,_|{}).await;
    match r { Ok(r)=>eprintln!("{} rows {} created {} updated {} unchanged {} skipped {} issues {} {:?} {:?}", r.file,r.rows,r.created,r.updated,r.unchanged,r.skipped,r.issues.len(), r.issues.iter().take(4).collect::<Vec<_>>(), s.elapsed()), Err(e)=>eprintln!("{} ERR {e:?}", f.name) } }
    let p = orchestre_story::programme(t);
    let mut s = settings::get(&ctx).await.unwrap(); s.settings.company=p.company.to_string(); s.settings.fiscal_start=4; s.settings.rate_rule=rate::RateRule::Budget; settings::put(&ctx,s.settings,s.version).await.unwrap();
    for (a,b) in &p.walls { let a=accounts::find(&ctx,a).await.unwrap(); let b=accounts::find(&ctx,b).await.unwrap(); walls::add(&ctx,a,b).await.unwrap(); }
    for l in p.logins { let role=permission::Role::parse(&l.role.to_string()).unwrap(); logins::create(&ctx, logins::NewLogin{email:l.email.to_string(),name:l.name.to_string(),password:"correct horse battery".into(),roles:vec![role],person:None,lang:lang::Lang::parse(&l.language.to_string()).unwrap()}).await.unwrap(); }
  }
  let b = orchestre_web::bind("127.0.0.1:8081".parse().unwrap()).await.unwrap(); eprintln!("up");
  tokio::spawn(jobs::run(app.clone()));
  b.serve(orchestre_web::State::new(app, orchestre_web::Site{is_secure:false,is_demo:true}), std::future::pending()).await.unwrap();
}
