//! A receiver of webhooks on a free port that answers as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the receiver does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// Answers with a status.
    Says(u16),
    /// Answers with a status and one header more.
    SaysWith(u16, &'static str),
    /// Closes the connection without a word.
    Hangs,
}

/// A request as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Got {
    pub(super) head: String,
    pub(super) body: String,
}

impl Got {
    /// Gives a header.
    pub(super) fn header(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }
}

/// A receiver; its moods are used up one by one, then it says 204.
#[derive(Debug, Clone)]
pub(super) struct Receiver {
    pub(super) address: String,
    got: Arc<Mutex<Vec<Got>>>,
    moods: Arc<Mutex<VecDeque<Mood>>>,
}

impl Receiver {
    pub(super) async fn start(moods: &[Mood]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            address: format!("http://{}/hook", listener.local_addr().unwrap()),
            got: Arc::default(),
            moods: Arc::new(Mutex::new(moods.iter().copied().collect())),
        };
        let mine = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                mine.answer(stream).await;
            }
        });
        receiver
    }

    /// Gives what came in so far.
    pub(super) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    async fn answer(&self, mut stream: TcpStream) {
        let mut bytes = Vec::new();
        let got = loop {
            let mut part = [0; 4_096];
            let Ok(read @ 1..) = stream.read(&mut part).await else { return };
            bytes.extend_from_slice(&part[..read]);
            let text = String::from_utf8_lossy(&bytes);
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let got = Got { head: head.to_owned(), body: body.to_owned() };
            if got.header("content-length").parse() == Ok(got.body.len()) {
                break got;
            }
        };
        self.got.lock().unwrap().push(got);
        let mood = self.moods.lock().unwrap().pop_front().unwrap_or(Mood::Says(204));
        let (status, header) = match mood {
            Mood::Says(status) => (status, ""),
            Mood::SaysWith(status, header) => (status, header),
            Mood::Hangs => return,
        };
        let text = format!("HTTP/1.1 {status} x\r\n{header}content-length: 2\r\n\r\nok");
        let text = if status == 204 { "HTTP/1.1 204 x\r\n\r\n".to_owned() } else { text };
        stream.write_all(text.as_bytes()).await.unwrap();
    }
}
