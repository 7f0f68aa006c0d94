//! Two nodes on one PostgreSQL behind a proxy that knows nothing of sessions: one is killed in the
//! middle; a client that tries again sees no error, and nothing is lost.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use orchestre_store::{Db, Options, StoreError};

use crate::bench::Bench;

/// Accounts that each client writes.
const EACH: usize = 12;
/// Accounts that each has written, on the whole, when a node is killed.
const EACH_BEFORE: usize = 4;
/// Clients that write and read at the same time.
const CLIENTS: usize = 3;
/// Within this time the leases of a dead node, which hold for 15 s, have ended and others did its jobs.
const PATIENCE: Duration = Duration::from_mins(1);

/// A serving program; killed when it is dropped.
pub(crate) struct Node {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[expect(clippy::disallowed_methods, reason = "a test asks whether there is a server")]
pub(crate) fn server() -> Option<String> {
    std::env::var("ORCHESTRE_TEST_POSTGRES").ok()
}

/// Starts the program on a schema of the server.
fn node(bench: &Bench, name: &str, (url, schema): (&str, &str)) -> Node {
    let mut command = bench.command_in(&bench.path(name), &["serve", "--listen", "127.0.0.1:0"]);
    command
        .env("ORCHESTRE_DATABASE_URL", url)
        .env("ORCHESTRE_DATABASE_SCHEMA", schema)
        .env("ORCHESTRE_DATABASE_ALLOW_UNSAFE", "true");
    start(command)
}

/// Starts a serving program and waits for its address.
pub(crate) fn start(mut command: Command) -> Node {
    // These clients are faster than any person: how fast one may be is another test's business.
    command.env("ORCHESTRE_API_RATE", "0").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Orchestre serves on http://").unwrap().to_owned();
    Node { child, address }
}

/// Hands each connection to the next node; one that does not answer is passed over.
fn proxy(nodes: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let turn = AtomicUsize::new(0);
        for client in listener.incoming().flatten() {
            let first = turn.fetch_add(1, Ordering::Relaxed);
            let mut order = (0..nodes.len()).map(|step| &nodes[(first + step) % nodes.len()]);
            let Some(node) = order.find_map(|node| TcpStream::connect(node).ok()) else {
                continue;
            };
            hand_over(&client, &node);
        }
    });
    address
}

/// Copies both ways until either side ends.
fn hand_over(client: &TcpStream, node: &TcpStream) {
    for (from, to) in [(client, node), (node, client)] {
        let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
        std::thread::spawn(move || {
            drop(std::io::copy(&mut from, &mut to));
            drop(to.shutdown(std::net::Shutdown::Both));
        });
    }
}

/// An answer: status, headers and body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Asks once; `None` when the connection broke off.
pub(crate) fn ask_once(address: &str, request: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(15))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let length = head.to_lowercase().lines().find_map(|line| {
        line.strip_prefix("content-length: ").and_then(|length| length.trim().parse::<usize>().ok())
    });
    // A body that was cut off is no answer.
    if length.is_some_and(|length| body.len() < length) {
        return None;
    }
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// Gives the text of a request.
pub(crate) fn request(method: &str, path: &str, (cookie, body): (&str, &str)) -> String {
    let kind = match path {
        "/sign-in" => "application/x-www-form-urlencoded",
        "/api/v1/units" => "application/json",
        _ => "text/csv",
    };
    format!(
        "{method} {path} HTTP/1.1\r\nHost: nodes\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Accept: application/jsonl\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Asks until there is an answer.
pub(crate) fn ask(address: &str, method: &str, path: &str, (cookie, body): (&str, &str)) -> Answer {
    let request = request(method, path, (cookie, body));
    for _ in 0..100 {
        match ask_once(address, &request) {
            Some(answer) if answer.status < 500 => return answer,
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
    panic!("{method} {path} was never answered");
}

/// Signs the administrator of the facts in and gives the cookie.
fn sign_in(bench: &Bench, proxy: &str, database: (&str, &str)) -> String {
    let mut command = bench.command_in(&bench.path("shell"), CREATE);
    command.env("ORCHESTRE_DATABASE_URL", database.0).env("ORCHESTRE_DATABASE_SCHEMA", database.1);
    enter(command, proxy)
}

/// Makes the sign-in of the administrator of the facts.
pub(crate) const CREATE: &[&str] = &[
    "admin",
    "create",
    "--email",
    "ops@nodes.example",
    "--name",
    "Ops",
    "--role",
    "OPS",
    "--json",
];

/// Signs in what the command makes and gives the cookie.
pub(crate) fn enter(command: Command, proxy: &str) -> String {
    let made = crate::bench::finish(command).json();
    let password = made["password"].as_str().unwrap().to_owned();
    let form = format!("email=ops%40nodes.example&password={password}");
    let answer = ask(proxy, "POST", "/sign-in", ("", &form));
    let line = answer.head.lines().find(|line| line.to_lowercase().starts_with("set-cookie:"));
    line.unwrap_or_else(|| panic!("no cookie: {}", answer.head))
        .split_once(": ")
        .and_then(|(_, cookie)| cookie.split(';').next())
        .unwrap()
        .to_owned()
}

/// Writes accounts one after the other; each that was acknowledged is there at once, whichever
/// node is asked.
fn write(proxy: &str, cookie: &str, client: usize, done: &Mutex<BTreeSet<String>>) {
    for number in 0..EACH {
        let name = format!("Company {client} {number}");
        let file = format!("id,name,country,tier,status\nC{client}N{number},{name},FR,key,key\n");
        let path = format!("/api/v1/imports?kind=accounts&name=a{client}-{number}.csv");
        loop {
            let answer = ask(proxy, "POST", &path, (cookie, &file));
            // Another client imports at the moment: its turn first.
            if answer.status != 409 {
                assert!(answer.status < 300, "{} {}", answer.status, answer.body);
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let list = ask(proxy, "GET", "/api/v1/accounts?limit=200", (cookie, ""));
        assert_eq!(list.status, 200, "{}", list.body);
        assert!(list.body.contains(&name), "{name} was acknowledged and is not there");
        done.lock().unwrap().insert(name);
    }
}

#[test]
fn a_node_that_is_killed_takes_nothing_with_it() {
    let Some(url) = server() else {
        println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
        return;
    };
    let bench = Bench::new();
    let schema = format!("nodes_{}", std::process::id());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(Db::make_schema(&url, &schema)).unwrap();
    let database = (url.as_str(), schema.as_str());
    let (mut first, second) = (node(&bench, "one", database), node(&bench, "two", database));
    let address = proxy(vec![first.address.clone(), second.address.clone()]);
    let cookie = sign_in(&bench, &address, database);
    let done = Arc::new(Mutex::new(BTreeSet::new()));
    let is_killed = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (done, address, cookie) = (&done, &address, &cookie);
            scope.spawn(move || write(address, cookie, client, done));
        }
        scope.spawn(|| {
            while done.lock().unwrap().len() < CLIENTS * EACH_BEFORE {
                std::thread::sleep(Duration::from_millis(5));
            }
            first.child.kill().unwrap();
            is_killed.store(true, Ordering::Relaxed);
        });
    });
    assert!(is_killed.load(Ordering::Relaxed));
    let done = done.lock().unwrap();
    assert_eq!(done.len(), CLIENTS * EACH);
    let list = ask(&second.address, "GET", "/api/v1/accounts?limit=200", (&cookie, "")).body;
    assert!(done.iter().all(|name| list.contains(name)), "what was acknowledged is there");
    let options = Options { readers: 2, ..Options::default() };
    let db = runtime.block_on(Db::postgres(&url, &schema, &options)).unwrap();
    taken_over(&runtime, &db);
    drop(second);
}

/// Waits until the node that lives has linked every event and run the jobs of the dead one.
fn taken_over(runtime: &tokio::runtime::Runtime, db: &Db) {
    let started = Instant::now();
    loop {
        let (unsealed, jobs) = runtime
            .block_on(db.read(async |work| {
                Ok::<_, StoreError>((work.system_has_unsealed().await?, work.system_jobs(9).await?))
            }))
            .unwrap();
        let is_done = jobs.iter().all(|job| job.holder.is_none());
        if !unsealed && is_done && !jobs.is_empty() {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "unsealed: {unsealed}, jobs: {jobs:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
    let state = runtime.block_on(db.read(async |work| work.system_verify_chain().await)).unwrap();
    assert_eq!((state.unsealed, state.broken_at), (0, None));
}
