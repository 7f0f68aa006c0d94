//! Letters to a small server of our own, with its faults.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Guard, Letter, MailError, Mailer, Server};

/// What the server answers to a command, by its first word; empty says nothing at all.
type Answers = fn(&str) -> &'static str;

fn willing(command: &str) -> &'static str {
    match command {
        "HELLO" => "220 sink\r\n",
        "EHLO" => "250-sink\r\n250 8BITMIME\r\n",
        "DATA" => "354 go\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 done\r\n",
    }
}

/// Serves one talk and gives what was said.
async fn server(answers: Answers) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let talk = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (read, mut write) = socket.into_split();
        write.write_all(answers("HELLO").as_bytes()).await.unwrap();
        let (mut said, mut is_letter) = (String::new(), false);
        let mut lines = BufReader::new(read).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            said.push_str(&line);
            said.push('\n');
            let command = line.chars().take(4).collect::<String>().to_uppercase();
            let answer = match (is_letter, line.as_str()) {
                (true, ".") => answers("."),
                (true, _) => continue,
                (false, _) => answers(&command),
            };
            is_letter = command == "DATA" && answer.starts_with("354");
            if write.write_all(answer.as_bytes()).await.is_err() {
                break;
            }
        }
        said
    });
    (port, talk)
}

fn mailer(port: u16, from: &str) -> Result<Mailer, MailError> {
    Mailer::new(&Server {
        host: "127.0.0.1".to_owned(),
        port,
        guard: Guard::Plain,
        user: String::new(),
        password: "secret".to_owned(),
        authority: String::new(),
        from: from.to_owned(),
        patience: Duration::from_millis(300),
    })
}

fn letter(to: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        subject: "Votre mot de passe été".to_owned(),
        text: "https://kam.example/link".to_owned(),
        html: "<p>https://kam.example/link</p>".to_owned(),
        name: "mail_1".to_owned(),
        written_at: 1_763_280_000,
    }
}

async fn sent(answers: Answers) -> (Result<(), MailError>, String) {
    let (port, talk) = server(answers).await;
    let mailer = mailer(port, "Orchestre <kam@ardenval.example>").unwrap();
    let done = mailer.send(&letter("sami@ardenval.example")).await;
    drop(mailer);
    (done, talk.await.unwrap())
}

#[tokio::test]
async fn a_letter_arrives_with_its_name_its_day_and_both_forms() {
    let (done, said) = sent(willing).await;
    assert!(done.is_ok(), "{done:?}");
    for wanted in [
        "MAIL FROM:<kam@ardenval.example>",
        "RCPT TO:<sami@ardenval.example>",
        "Message-ID: <mail_1@ardenval.example>",
        "Auto-Submitted: auto-generated",
        "Sun, 16 Nov 2025 08:00:00 +0000",
        "text/plain",
        "text/html",
        "https://kam.example/link",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

#[tokio::test]
async fn a_refused_recipient_is_for_ever_and_a_busy_server_is_not() {
    let (done, _) =
        sent(|word| if word == "RCPT" { "550 no such\r\n" } else { willing(word) }).await;
    let error = done.unwrap_err();
    assert!(matches!(error, MailError::Refused(Some(550))), "{error:?}");
    assert!(!error.is_passing() && !error.to_string().contains("sami"));
    let (done, _) = sent(|word| if word == "." { "451 later\r\n" } else { willing(word) }).await;
    assert!(done.unwrap_err().is_passing());
}

#[tokio::test]
async fn a_silent_a_broken_and_an_absent_server_are_passing() {
    let (silent, _) = sent(|_| "").await;
    assert!(silent.unwrap_err().is_passing());
    let (broken, _) = sent(|word| if word == "HELLO" { "what?\r\n" } else { "" }).await;
    assert!(broken.unwrap_err().is_passing());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let absent = mailer(port, "kam@ardenval.example").unwrap();
    assert!(absent.send(&letter("sami@ardenval.example")).await.unwrap_err().is_passing());
}

#[tokio::test]
async fn an_address_that_is_none_and_a_line_break_in_it_are_refused_before_anything_is_said() {
    let mailer = mailer(9, "kam@ardenval.example").unwrap();
    for bad in ["", "sami", "a@b\r\nRCPT TO:<x@y>", "a@b\nBcc: c@d"] {
        let error = mailer.send(&letter(bad)).await.unwrap_err();
        assert!(matches!(error, MailError::Letter(_)), "{bad:?}: {error:?}");
    }
}

#[test]
fn a_sender_that_is_no_address_is_told_and_no_secret_is_shown() {
    assert!(matches!(mailer(25, "nobody"), Err(MailError::Configuration(_))));
    let server = Server {
        host: "mail".to_owned(),
        port: 587,
        guard: Guard::StartTls,
        user: "u".to_owned(),
        password: "hunter2".to_owned(),
        authority: String::new(),
        from: "a@b.example".to_owned(),
        patience: Duration::from_secs(1),
    };
    assert!(!format!("{server:?}").contains("hunter2"));
    assert!(Mailer::new(&Server { authority: "no certificate".to_owned(), ..server }).is_err());
}
