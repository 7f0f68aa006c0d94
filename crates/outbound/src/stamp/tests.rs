use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use super::*;

/// What `openssl ts -reply` needs.
const CONFIG: &str = "[tsa]\ndefault_tsa = us\n[us]\nserial = serial\nsigner_digest = sha256\n\
    default_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n";

/// Makes an authority in a folder; `None` where there is no openssl.
fn authority(folder: &Path) -> Option<()> {
    std::fs::write(folder.join("tsa.cnf"), CONFIG).ok()?;
    std::fs::write(folder.join("serial"), "01").ok()?;
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=Clock"])
        .args(["-addext", "extendedKeyUsage=critical,timeStamping"])
        .current_dir(folder)
        .output()
        .ok()?;
    made.status.success().then_some(())
}

fn reply(folder: &Path, question: &[u8]) -> Vec<u8> {
    std::fs::write(folder.join("q.tsq"), question).unwrap();
    let done = Command::new("openssl")
        .args(["ts", "-reply", "-queryfile", "q.tsq", "-signer", "cert.pem", "-inkey", "key.pem"])
        .args(["-config", "tsa.cnf", "-out", "a.tsr"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(folder.join("a.tsr")).unwrap()
}

/// Answers one request with what is made of its body; gives the address.
fn serve(status: &'static str, answer: impl FnOnce(&[u8]) -> Vec<u8> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsa", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut got = Vec::new();
        let body = loop {
            let mut some = [0; 4_096];
            let count = stream.read(&mut some).unwrap();
            got.extend_from_slice(&some[..count]);
            let text = String::from_utf8_lossy(&got).to_lowercase();
            let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let length = text.split("content-length: ").nth(1).and_then(|rest| {
                rest.split("\r\n").next().and_then(|digits| digits.parse::<usize>().ok())
            });
            if got.len() >= end + 4 + length.unwrap_or(0) {
                break got.split_off(end + 4);
            }
        };
        let answer = answer(&body);
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", answer.len());
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&answer).unwrap();
    });
    address
}

#[tokio::test]
async fn an_authority_stamps_what_openssl_verifies() {
    let place = tempfile::tempdir().unwrap();
    let Some(()) = authority(place.path()) else {
        println!("skipped: openssl is not here");
        return;
    };
    let folder = place.path().to_owned();
    let address = serve("200 OK", move |body| reply(&folder, body));
    let stamper = Stamper::new(&address).unwrap();
    let answer = stamper.stamp(b"a line\n", u64::MAX).await.unwrap();
    std::fs::write(place.path().join("line.txt"), "a line\n").unwrap();
    std::fs::write(place.path().join("kept.tsr"), &answer).unwrap();
    let verify = |data: &str| {
        let done = Command::new("openssl")
            .args(["ts", "-verify", "-in", "kept.tsr", "-data", data, "-CAfile", "cert.pem"])
            .current_dir(place.path())
            .output();
        done.unwrap().status.success()
    };
    assert!(verify("line.txt"));
    assert!(!verify("tsa.cnf"), "of another text");
    assert_eq!(check(&answer, b"another\n", u64::MAX), Err(StampError::Foreign));
    assert_eq!(check(&answer, b"a line\n", 7), Err(StampError::Foreign));
    for length in [0, 1, 9, 40, answer.len() - 1] {
        assert_eq!(check(&answer[..length], b"a line\n", 7), Err(StampError::Unreadable));
    }
}

#[tokio::test]
async fn what_is_no_time_stamp_is_refused() {
    let answers: [(&str, &[u8], StampError); 4] = [
        ("200 OK", b"<html>sign in</html>", StampError::Unreadable),
        ("200 OK", &[0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], StampError::Refused),
        ("302 Found", b"", StampError::Unreachable),
        ("500 Oops", b"", StampError::Unreachable),
    ];
    for (status, body, wanted) in answers {
        let body = body.to_vec();
        let stamper = Stamper::new(&serve(status, move |_| body)).unwrap();
        assert_eq!(stamper.stamp(b"x", 1).await, Err(wanted), "{status}");
    }
    let huge = Stamper::new(&serve("200 OK", |_| vec![0x30; MOST + 9])).unwrap();
    assert_eq!(huge.stamp(b"x", 1).await, Err(StampError::Unreadable));
    let nobody = Stamper::new("http://127.0.0.1:9/tsa").unwrap();
    assert_eq!(nobody.stamp(b"x", 1).await, Err(StampError::Unreachable));
}

#[test]
fn numbers_are_written_short_and_positive() {
    let bytes = |number: u64| super::number(number).unwrap().as_bytes().to_vec();
    assert_eq!(bytes(0), [0]);
    assert_eq!(bytes(127), [127]);
    assert_eq!(bytes(128), [0, 128]);
    assert_eq!(bytes(u64::MAX).len(), 9);
}
