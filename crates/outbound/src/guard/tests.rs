//! Hostile addresses, and names that change their mind.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Doorman, Looking, Lookup, Refusal, Targets, is_public};

/// Addresses that are refused although every public place is allowed: as typed, or once resolved.
const HOSTILE: &[&str] = &[
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/hook",
    "http://127.1/",
    "http://127.127.127.127/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://012.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.0.1/",
    "http://192.168.1/",
    "http://3232235777/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.169.254./",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://169.254.1.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://198.51.100.7/",
    "http://203.0.113.7/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[5f00::1]/",
    "http://[100::1]/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http:\\\\127.0.0.1\\",
    "http:127.0.0.1/",
    "  http://127.0.0.1/  ",
    "http://\t127.0.0.1/",
    "https://8.8.8.8:22/",
    "https://8.8.8.8:25/",
    "https://8.8.8.8:5432/",
    "https://8.8.8.8:6379/",
    "http://user:word@8.8.8.8/",
    "http://8.8.8.8@127.0.0.1/",
    "http://example.com#@127.0.0.1:80@/x@",
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "gopher://8.8.8.8:80/_",
    "javascript:alert(1)",
    "data:text/plain,x",
    "unix:/run/docker.sock",
    "//127.0.0.1/",
    "/hook",
    "",
    "http://",
    "http://[::1",
    "http://256.256.256.256/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST:8080/",
    "http://127.0.0.1.nip.example/",
    "http://printer/",
];

/// Leads every name where it is told, in turn.
#[derive(Debug)]
struct Fickle {
    leads: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Lookup for Fickle {
    fn look(&self, _name: String) -> Looking {
        let at = self.asked.fetch_add(1, Ordering::Relaxed).min(self.leads.len() - 1);
        let found = self.leads[at].clone();
        Box::pin(async move { Ok(found) })
    }
}

fn doorman(allowed: &str, leads: &[&[&str]]) -> Doorman {
    let leads = leads.iter().map(|all| all.iter().map(|ip| ip.parse().unwrap()).collect());
    let lookup = Fickle { leads: leads.collect(), asked: AtomicUsize::new(0) };
    Doorman::new(Targets::parse(allowed).unwrap(), Arc::new(lookup))
}

#[tokio::test]
async fn no_hostile_address_is_called_though_every_public_place_is() {
    assert!(HOSTILE.len() >= 60);
    let doorman = doorman("*", &[&["127.0.0.1", "::1", "10.1.2.3"]]);
    for text in HOSTILE {
        let Ok(url) = doorman.targets().check(text) else { continue };
        let name = url.domain().unwrap_or_else(|| panic!("{text} was let through as {url}"));
        assert!(doorman.admit(name).await.is_err(), "{text} is resolved");
    }
}

#[test]
fn a_public_place_is_called_when_all_are_allowed() {
    let targets = Targets::parse("*").unwrap();
    for good in [
        "https://hooks.example.com/x?y=z",
        "http://8.8.8.8/",
        "https://1.1.1.1:8443/",
        "https://[2606:4700::1111]/",
        "https://[64:ff9b::8.8.8.8]/",
        "https://bücher.example/",
    ] {
        assert!(targets.check(good).is_ok(), "{good}");
    }
    assert!(is_public("2606:4700::1111".parse().unwrap()));
}

#[test]
fn nothing_is_called_unless_it_is_allowed() {
    let none = Targets::parse(" ").unwrap();
    assert!(none.is_empty());
    for text in ["https://hooks.example.com/", "https://8.8.8.8/"] {
        assert_eq!(none.check(text), Err(Refusal::Place), "{text}");
    }
    let one = Targets::parse("hooks.example.com, 10.1.2.0/24 ::1").unwrap();
    assert!(one.check("https://hooks.example.com:9000/").is_ok());
    assert!(one.check("https://HOOKS.example.com./").is_ok());
    assert!(one.check("http://10.1.2.3:9000/").is_ok());
    assert!(one.check("http://[::1]:9000/").is_ok());
    assert_eq!(one.check("http://10.1.3.3/"), Err(Refusal::Place));
    assert_eq!(one.check("https://8.8.8.8/"), Err(Refusal::Place));
    for bad in ["https://x.example", "a b/c", "x:80", "u@x", "*.example.com", "10.0.0.0/99"] {
        assert!(Targets::parse(bad).is_err(), "{bad}");
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_leads_only_where_it_may() {
    let doorman = doorman("*", &[&["93.184.216.34"], &["127.0.0.1"], &["10.0.0.1", "1.1.1.1"]]);
    let ips = |found: Vec<std::net::SocketAddr>| {
        found.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ips(doorman.admit("a.example").await.unwrap()), ["93.184.216.34"]);
    assert!(doorman.admit("a.example").await.is_err(), "now it leads home");
    assert_eq!(ips(doorman.admit("a.example").await.unwrap()), ["1.1.1.1"], "the good one only");
}

#[tokio::test]
async fn the_link_of_the_machines_secrets_is_never_called() {
    for (allowed, ip) in [
        ("169.254.0.0/16", "169.254.169.254"),
        ("0.0.0.0/0", "169.254.169.254"),
        ("meta.example", "169.254.169.254"),
        ("meta.example", "::ffff:169.254.169.254"),
        ("meta.example", "fd00:ec2::254"),
        ("::/0", "fe80::1"),
        ("0.0.0.0/0", "0.0.0.0"),
    ] {
        assert!(doorman(allowed, &[&[ip]]).admit("meta.example").await.is_err(), "{allowed} {ip}");
    }
    let inside = doorman("intern.example", &[&["10.1.2.3"]]);
    assert!(inside.admit("intern.example").await.is_ok(), "an allowed name inside");
    assert!(inside.admit("other.example").await.is_err());
}
