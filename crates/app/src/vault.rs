//! Secrets at rest: sealed with a key that lies outside of the database, so that a copy of the
//! database alone tells none of them.

use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};

use crate::{AppError, Code};

/// The first letters of what was sealed: how, for the day on which there is another way.
const MARK: &str = "x1.";
/// Bytes of a nonce; so many are drawn by lot, since two are never the same.
const NONCE: usize = 24;
/// Bytes of the key.
const KEY: usize = 32;

/// Seals and opens secrets; cheap to clone. Without a key it refuses both.
#[derive(Clone, Default)]
pub struct Vault {
    cipher: Option<Arc<XChaCha20Poly1305>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(***)")
    }
}

impl Vault {
    /// Gives the vault of a key.
    pub fn of(key: [u8; KEY]) -> Self {
        Self { cipher: Some(Arc::new(XChaCha20Poly1305::new(&Key::from(key)))) }
    }

    /// Gives the vault of a key file; makes the file, readable by its owner alone, when it is not
    /// there.
    ///
    /// # Errors
    ///
    /// What the system says; [`std::io::ErrorKind::InvalidData`] for a file that is no key, and
    /// [`std::io::ErrorKind::PermissionDenied`] for one that others may read.
    pub fn of_file(path: &Path) -> std::io::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                guarded(path)?;
                let wrong =
                    || std::io::Error::new(std::io::ErrorKind::InvalidData, "no key of ours");
                let bytes = BASE64.decode(text.trim()).map_err(|_no_text| wrong())?;
                let key: [u8; KEY] = bytes.try_into().map_err(|_length| wrong())?;
                Ok(Self::of(key))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => made(path),
            Err(error) => Err(error),
        }
    }

    /// Gives a secret as a text that only this key opens; the same secret never gives the same text.
    ///
    /// # Errors
    ///
    /// `internal` without a key or without random numbers.
    pub fn seal(&self, bytes: &[u8]) -> Result<String, AppError> {
        let cipher = self.cipher.as_ref().ok_or(Code::Internal)?;
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_no_numbers| Code::Internal)?;
        let sealed =
            cipher.encrypt(&XNonce::from(nonce), bytes).map_err(|_too_long| Code::Internal)?;
        let whole: Vec<u8> = nonce.into_iter().chain(sealed).collect();
        Ok(format!("{MARK}{}", BASE64.encode(whole)))
    }

    /// Gives the secret of a sealed text.
    ///
    /// # Errors
    ///
    /// `internal` for a text of another key, a changed text, or without a key.
    pub fn open(&self, text: &str) -> Result<Vec<u8>, AppError> {
        let cipher = self.cipher.as_ref().ok_or(Code::Internal)?;
        let coded = text.strip_prefix(MARK).ok_or(Code::Internal)?;
        let bytes = BASE64.decode(coded).map_err(|_no_text| Code::Internal)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(Code::Internal)?;
        Ok(cipher.decrypt(&XNonce::from(*nonce), sealed).map_err(|_forged| Code::Internal)?)
    }
}

/// Makes a key file whole or not at all: a second process finds either none or a key.
fn made(path: &Path) -> std::io::Result<Vault> {
    let mut key = [0; KEY];
    getrandom::fill(&mut key).map_err(|error| std::io::Error::other(error.to_string()))?;
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let draft = folder.join(format!(".key-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(format!("{}\n", BASE64.encode(key)).as_bytes())?;
    file.sync_all()?;
    // A link is refused when somebody else was quicker; then theirs is the key.
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(Vault::of(key)),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Vault::of_file(path),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn guarded(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let others = std::fs::metadata(path)?.permissions().mode() & 0o037;
    if others != 0 {
        let why = "others may read the key file; take their rights away (chmod 600)";
        return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, why));
    }
    Ok(())
}

#[cfg(not(unix))]
fn guarded(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Vault;

    #[test]
    fn what_is_sealed_is_opened_by_the_same_key_only() {
        let (vault, other) = (Vault::of([1; 32]), Vault::of([2; 32]));
        let one = vault.seal(b"secret").unwrap();
        let two = vault.seal(b"secret").unwrap();
        assert_ne!(one, two);
        assert!(!one.contains("secret"));
        assert_eq!(vault.open(&one).unwrap(), b"secret");
        assert_eq!(vault.open(&vault.seal(b"").unwrap()).unwrap(), b"");
        assert!(other.open(&one).is_err());
        let swapped = one.replace(|c: char| c.is_ascii_lowercase(), "b");
        for bad in ["", "x1.", "x1.AAAA", "secret", swapped.as_str()] {
            assert!(vault.open(bad).is_err(), "{bad}");
        }
        let closed = Vault::default();
        assert!(closed.seal(b"secret").is_err() && closed.open(&one).is_err());
    }

    #[test]
    fn a_key_file_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("orchestre.key");
        let sealed = Vault::of_file(&path).unwrap().seal(b"secret").unwrap();
        assert_eq!(Vault::of_file(&path).unwrap().open(&sealed).unwrap(), b"secret");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |mode| std::fs::Permissions::from_mode(mode);
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&path, mode(0o644)).unwrap();
            assert!(Vault::of_file(&path).is_err(), "others may read it");
            std::fs::set_permissions(&path, mode(0o600)).unwrap();
        }
        std::fs::write(&path, "short").unwrap();
        assert!(Vault::of_file(&path).is_err(), "no key");
    }
}
