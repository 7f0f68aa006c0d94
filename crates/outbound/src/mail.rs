//! Mail out, by one SMTP server.

use std::fmt;
use std::time::Duration;

use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

/// How the way to the server is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Not at all: for a server on this machine.
    Plain,
    /// It begins in the clear and must turn to TLS before anything is said.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

impl Guard {
    /// Reads the word of the configuration.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "none" => Some(Self::Plain),
            "starttls" => Some(Self::StartTls),
            "tls" => Some(Self::Tls),
            _ => None,
        }
    }

    /// Gives the usual port.
    pub const fn port(self) -> u16 {
        match self {
            Self::Plain => 25,
            Self::StartTls => 587,
            Self::Tls => 465,
        }
    }
}

/// Which server takes our mail, and as whom we come.
#[derive(Clone)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is guarded.
    pub guard: Guard,
    /// The user; empty sends without signing in.
    pub user: String,
    /// The password.
    pub password: String,
    /// A certificate (PEM) that is trusted besides the public ones; empty for none.
    pub authority: String,
    /// The sender: an address, or `Name <address>`.
    pub from: String,
    /// How long one step of the talk may take.
    pub patience: Duration,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("guard", &self.guard)
            .field("password", &"***")
            .finish_non_exhaustive()
    }
}

/// A mail that is ready to go.
#[derive(Clone)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The words without any form.
    pub text: String,
    /// The same words as a page.
    pub html: String,
    /// Its own name; the same at every try, so that servers know it again.
    pub name: String,
    /// When it was written, seconds since 1970.
    pub written_at: u64,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Why a mail did not go.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The configuration cannot be used.
    #[error("the mail configuration cannot be used: {0}")]
    Configuration(String),
    /// The letter or its address cannot be written as a mail.
    #[error("the letter cannot be written as a mail: {0}")]
    Letter(String),
    /// The server does not want it; trying again would not help.
    #[error("the server refused the mail{}", number(*.0))]
    Refused(Option<u16>),
    /// The server could not be reached or is busy; trying again may help.
    #[error("the server could not take the mail: {0}")]
    Later(&'static str),
}

impl MailError {
    /// Says whether trying again may help.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Later(_) | Self::Configuration(_))
    }
}

fn number(code: Option<u16>) -> String {
    code.map_or_else(String::new, |code| format!(" ({code})"))
}

/// Sends mail; cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    patience: Duration,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// Gives the sender for a server; nothing is said to it yet.
    ///
    /// # Errors
    ///
    /// [`MailError::Configuration`] for a sender that is no address or a certificate that is none.
    pub fn new(server: &Server) -> Result<Self, MailError> {
        let wrong = |error: &dyn fmt::Display| MailError::Configuration(error.to_string());
        let from: Mailbox = server.from.parse().map_err(|error| wrong(&error))?;
        let tls = match server.guard {
            Guard::Plain => Tls::None,
            Guard::StartTls => Tls::Required(parameters(server)?),
            Guard::Tls => Tls::Wrapper(parameters(server)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(server.patience));
        if !server.user.is_empty() {
            let who = Credentials::new(server.user.clone(), server.password.clone());
            builder = builder.credentials(who);
        }
        Ok(Self { transport: builder.build(), from, patience: server.patience })
    }

    /// Sends one letter.
    ///
    /// # Errors
    ///
    /// As [`MailError`]; what the server said stays here, since it may repeat the address.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = self.written(letter)?;
        // A server that says a byte now and then must not hold us for ever.
        let whole = self.patience.saturating_mul(4);
        match tokio::time::timeout(whole, self.transport.send(message)).await {
            Err(_elapsed) => Err(MailError::Later("it took too long")),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => {
                Err(MailError::Refused(error.status().map(u16::from)))
            }
            Ok(Err(error)) => Err(MailError::Later(reason(&error))),
        }
    }

    fn written(&self, letter: &Letter) -> Result<Message, MailError> {
        let wrong = |error: &dyn fmt::Display| MailError::Letter(error.to_string());
        let to: Address = letter.to.parse().map_err(|error| wrong(&error))?;
        let written_at = std::time::UNIX_EPOCH + Duration::from_secs(letter.written_at);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .date(written_at)
            .message_id(Some(format!("<{}@{}>", letter.name, self.from.email.domain())))
            .header(AutoSubmitted)
            .header(header::MIME_VERSION_1_0)
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|error| wrong(&error))
    }
}

fn parameters(server: &Server) -> Result<TlsParameters, MailError> {
    let wrong = |error: lettre::transport::smtp::Error| MailError::Configuration(error.to_string());
    let mut builder = TlsParameters::builder(server.host.clone());
    if !server.authority.is_empty() {
        if !server.authority.contains("-----BEGIN CERTIFICATE-----") {
            return Err(MailError::Configuration("the authority is no certificate".to_owned()));
        }
        let known = Certificate::from_pem(server.authority.as_bytes()).map_err(wrong)?;
        builder = builder.add_root_certificate(known);
    }
    builder.build().map_err(wrong)
}

fn reason(error: &lettre::transport::smtp::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_tls() {
        "the way to it could not be guarded"
    } else if error.is_transient() {
        "it asks to try again later"
    } else {
        "it could not be reached"
    }
}

/// `Auto-Submitted: auto-generated`, so that nobody's out-of-office answers.
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests;
