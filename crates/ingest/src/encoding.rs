//! From bytes to text: marks at the beginning, then UTF-8, then Windows-1252.

use encoding_rs::WINDOWS_1252;

/// How the characters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Mark,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252: taken when the bytes are no UTF-8.
    Windows1252,
}

impl Encoding {
    /// Gives the name that is usual on the web.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Mark => "utf-8 with mark",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// The text of a file.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) content: String,
    pub(crate) encoding: Encoding,
    /// Where in the text something could not be read, in order.
    pub(crate) broken: Vec<usize>,
}

/// Reads the text of a file; never fails, broken places are listed.
pub(crate) fn decode(bytes: &[u8]) -> Text {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest, Encoding::Utf8Mark);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, Encoding::Utf16Be);
    }
    match bytes.get(..4) {
        // A heading begins with two ASCII letters: the zeros show where their other halves are.
        Some([a, 0, b, 0]) if *a != 0 && *b != 0 => utf16(bytes, Encoding::Utf16Le),
        Some([0, a, 0, b]) if *a != 0 && *b != 0 => utf16(bytes, Encoding::Utf16Be),
        _ => utf8(bytes, Encoding::Utf8),
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Text {
    let unit = |pair: &[u8]| {
        let pair = <[u8; 2]>::try_from(pair).unwrap_or_default();
        if encoding == Encoding::Utf16Le {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    };
    let (mut text, mut broken) = (String::with_capacity(bytes.len()), Vec::new());
    for read in char::decode_utf16(bytes.chunks_exact(2).map(unit)) {
        text.push(read.unwrap_or_else(|_| {
            broken.push(text.len());
            char::REPLACEMENT_CHARACTER
        }));
    }
    if bytes.len() % 2 == 1 {
        broken.push(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Text { content: text, encoding, broken }
}

fn utf8(bytes: &[u8], encoding: Encoding) -> Text {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Text { content: text.to_owned(), encoding, broken: Vec::new() };
    }
    let (mut text, mut broken, mut beyond_ascii) =
        (String::with_capacity(bytes.len()), Vec::new(), 0_usize);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        beyond_ascii += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        if !chunk.invalid().is_empty() {
            broken.push(text.len());
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    // A few broken bytes among many good characters are damage; else it is another encoding.
    if encoding == Encoding::Utf8 && broken.len() > beyond_ascii {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        return Text {
            content: text.into_owned(),
            encoding: Encoding::Windows1252,
            broken: Vec::new(),
        };
    }
    Text { content: text, encoding, broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_content_is_read_from_every_encoding() {
        let content = "Nom;Ville\nŒuvre d’Été;Orléans €\n";
        let wide = |swap: bool| -> Vec<u8> {
            content
                .encode_utf16()
                .flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() })
                .collect()
        };
        let (windows, _, _) = WINDOWS_1252.encode(content);
        for (bytes, encoding) in [
            (content.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xEF\xBB\xBF", content.as_bytes()].concat(), Encoding::Utf8Mark),
            ([b"\xFF\xFE".to_vec(), wide(false)].concat(), Encoding::Utf16Le),
            ([b"\xFE\xFF".to_vec(), wide(true)].concat(), Encoding::Utf16Be),
            (wide(false), Encoding::Utf16Le),
            (wide(true), Encoding::Utf16Be),
            (windows.into_owned(), Encoding::Windows1252),
        ] {
            let read = decode(&bytes);
            assert_eq!((read.content.as_str(), read.encoding), (content, encoding));
            assert!(read.broken.is_empty());
        }
    }

    #[test]
    fn a_broken_byte_among_good_characters_is_told_by_its_place() {
        let read = decode(b"\xC3\xA9t\xC3\xA9\nx\xFFy\n\xC3\xA0\n");
        assert_eq!(read.encoding, Encoding::Utf8);
        assert_eq!(read.content, "été\nx\u{FFFD}y\nà\n");
        assert_eq!(read.broken, [7]);
    }
}
