//! From the bytes of a file to the bytes of its text: gzip is opened, other formats are refused.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::issue::{Issue, IssueCode};

/// The first bytes of formats that are no text, and their names.
const OTHER_FORMATS: &[(&[u8], &str)] = &[
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xD0\xCF\x11\xE0", "ole"),
    (b"\x89PNG", "png"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xBC\xAF", "7z"),
    (b"BZh", "bzip2"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\xFD7zXZ", "xz"),
    (b"SQLite format 3", "sqlite"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
];

/// The bytes of a text file and whether they came packed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unpacked<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    pub(crate) gzip: bool,
}

/// Gives the bytes of the text; an issue when there is none, too much of it or another format.
pub(crate) fn unpack(bytes: &[u8], limit: u64) -> Result<Unpacked<'_>, Issue> {
    let gzip = is_gzip(bytes);
    let bytes = if gzip { Cow::Owned(unzip(bytes, limit)?) } else { Cow::Borrowed(bytes) };
    if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Issue::file(IssueCode::FileEmpty));
    }
    match other_format(&bytes) {
        Some(name) => Err(Issue::file(IssueCode::FormatMismatch).with_value(name)),
        None => Ok(Unpacked { bytes, gzip }),
    }
}

/// Says whether bytes are packed by gzip.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1F\x8B")
}

/// Unpacks what gzip packed.
pub(crate) fn unzip(packed: &[u8], limit: u64) -> Result<Vec<u8>, Issue> {
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(packed).take(limit.saturating_add(1)).read_to_end(&mut bytes);
    match read {
        Ok(_) if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) => {
            Err(too_large(limit))
        }
        Ok(_) => Ok(bytes),
        Err(_) => Err(Issue::file(IssueCode::FormatMismatch).with_value("gzip")),
    }
}

fn too_large(limit: u64) -> Issue {
    Issue::file(IssueCode::TooLarge).with_value(&limit.to_string())
}

fn other_format(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = OTHER_FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &str| {
        text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        return Some("html");
    }
    (begins("<?xml") || begins("<svg")).then_some("xml")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    #[test]
    fn a_small_gzip_that_unpacks_to_much_is_stopped_at_the_limit() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b'a'; 100_000]).unwrap();
        let packed = encoder.finish().unwrap();
        assert!(packed.len() < 1_000);
        assert_eq!(unpack(&packed, 99_999).err().map(|i| i.code), Some(IssueCode::TooLarge));
        assert_eq!(unpack(&packed, 100_000).map(|u| u.bytes.len()), Ok(100_000));
        let half = packed.get(..packed.len() - 20).unwrap();
        assert_eq!(unpack(half, 100_000).err().map(|i| i.code), Some(IssueCode::FormatMismatch));
    }

    #[test]
    fn a_pdf_under_another_name_is_seen_by_its_first_bytes() {
        let issue = unpack(b"%PDF-1.7\n...", 100).err().unwrap();
        assert_eq!((issue.code, issue.value.as_deref()), (IssueCode::FormatMismatch, Some("pdf")));
        assert_eq!(unpack(b" \n", 100).err().map(|i| i.code), Some(IssueCode::FileEmpty));
    }
}
