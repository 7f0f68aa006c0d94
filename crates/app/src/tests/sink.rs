//! A mail server for tests: it keeps what it is sent, and may have faults.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server answers to a line.
pub(super) type Answers = fn(&str) -> &'static str;

/// Answers as a server without faults does.
pub(super) fn willing(line: &str) -> &'static str {
    match line.get(..4).unwrap_or(line).to_uppercase().as_str() {
        "HELLO" => "220 sink\r\n",
        "EHLO" => "250 sink\r\n",
        "DATA" => "354 go\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 done\r\n",
    }
}

/// A server that runs until the test ends.
pub(super) struct Sink {
    pub(super) port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub(super) async fn open(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(talk(socket, answers, Arc::clone(&kept)));
            }
        });
        Self { port, letters }
    }

    /// Gives the letters that were taken, lines that were folded put together again.
    pub(super) fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().iter().map(|letter| letter.replace("=\n", "")).collect()
    }
}

async fn talk(socket: TcpStream, answers: Answers, kept: Arc<Mutex<Vec<String>>>) {
    let (read, mut write) = socket.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut letter: Option<String> = None;
    write.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(words) = letter.as_mut().filter(|_| line != ".") {
            words.push_str(&line);
            words.push('\n');
            continue;
        }
        let answer = answers(&line);
        kept.lock().unwrap().extend(letter.take());
        if answer.starts_with("354") {
            letter = Some(String::new());
        }
        if write.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
