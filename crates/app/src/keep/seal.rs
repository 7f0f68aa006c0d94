//! Closing a file with a key of the age format, opening it again, and working alone.

use std::fs::{File, TryLockError};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt, x25519};

use super::KeepError;

/// What closes or opens a file.
#[derive(Clone)]
pub enum Key {
    /// A public key, `age1…`.
    To(x25519::Recipient),
    /// A secret key, `AGE-SECRET-KEY-1…`.
    Secret(x25519::Identity),
    /// A passphrase.
    Passphrase(SecretString),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

impl Key {
    /// Reads a public key; `None` for anything else.
    pub fn to(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self::To)
    }

    /// Reads the content of a key file: a secret key among comments, or else a passphrase in its
    /// first line.
    pub fn of_file(text: &str) -> Option<Self> {
        let lines = || text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        if let Some(key) = lines().find_map(|line| line.parse().ok()) {
            return Some(Self::Secret(key));
        }
        let phrase = text.lines().next().map(str::trim).filter(|line| !line.is_empty())?;
        Some(Self::Passphrase(SecretString::from(phrase.to_owned())))
    }

    fn encryptor(&self) -> Result<Encryptor, KeepError> {
        let made = match self {
            Self::To(to) => {
                let to: &dyn Recipient = to;
                Encryptor::with_recipients(std::iter::once(to))
            }
            Self::Secret(key) => {
                let public = key.to_public();
                let to: &dyn Recipient = &public;
                Encryptor::with_recipients(std::iter::once(to))
            }
            Self::Passphrase(phrase) => Ok(Encryptor::with_user_passphrase(phrase.clone())),
        };
        made.or(Err(KeepError::KeyWrong))
    }
}

/// Where a file is written: open, or closed with a key.
pub(super) enum Sink {
    Open(BufWriter<File>),
    Sealed(Box<StreamWriter<BufWriter<File>>>),
}

impl Sink {
    pub(super) fn new(file: File, key: Option<&Key>) -> Result<Self, KeepError> {
        let file = BufWriter::with_capacity(1 << 16, file);
        Ok(match key {
            None => Self::Open(file),
            Some(key) => Self::Sealed(Box::new(key.encryptor()?.wrap_output(file)?)),
        })
    }

    /// Writes what is left and waits for the disk.
    pub(super) fn end(self) -> Result<(), KeepError> {
        let file = match self {
            Self::Open(file) => file,
            Self::Sealed(stream) => stream.finish()?,
        };
        let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok(file.sync_all()?)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Open(file) => file.write(bytes),
            Self::Sealed(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Open(file) => file.flush(),
            Self::Sealed(stream) => stream.flush(),
        }
    }
}

/// Opens a file for reading, with its key if it is sealed.
pub(super) fn open(path: &Path, key: Option<&Key>) -> Result<Box<dyn Read>, KeepError> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let start = file.fill_buf()?;
    if start.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(file));
    }
    if !start.starts_with(b"age-encryption.org/") {
        return Err(KeepError::NotOurs);
    }
    let key = key.ok_or(KeepError::KeyNeeded)?;
    let sealed = Decryptor::new_buffered(file).map_err(|error| unopened(&error))?;
    let opened = match key {
        Key::Secret(key) => {
            let key: &dyn Identity = key;
            sealed.decrypt(std::iter::once(key))
        }
        Key::Passphrase(phrase) => {
            let mut known = scrypt::Identity::new(phrase.clone());
            known.set_max_work_factor(22);
            let key: &dyn Identity = &known;
            sealed.decrypt(std::iter::once(key))
        }
        Key::To(_) => return Err(KeepError::KeyWrong),
    };
    Ok(Box::new(BufReader::new(opened.map_err(|error| unopened(&error))?)))
}

fn unopened(error: &DecryptError) -> KeepError {
    match error {
        DecryptError::Io(_) | DecryptError::InvalidHeader => KeepError::Damaged,
        DecryptError::UnknownFormat => KeepError::Newer("age".to_owned()),
        _ => KeepError::KeyWrong,
    }
}

/// The right to replace what lies in a directory; given back when dropped or when the process dies.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "it is held, never read")] File);

impl Lock {
    /// Takes the lock of a directory.
    ///
    /// # Errors
    ///
    /// [`KeepError::Busy`] when another process holds it.
    pub fn take(folder: &Path) -> Result<Self, KeepError> {
        let options = File::options().create(true).truncate(false).write(true).to_owned();
        let file = options.open(folder.join("restore.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(KeepError::Busy),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
