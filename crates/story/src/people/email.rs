//! Mail addresses: first.last without accents.

/// Gives the address of a person at a domain.
pub(crate) fn address(name: &str, domain: &str) -> String {
    let (first, last) = super::split_name(name);
    let first = first.split(". ").last().unwrap_or_default().to_owned();
    format!("{}.{}@{domain}.example", plain(&first), plain(&last))
}

/// Gives small letters without accents; blanks and apostrophes go, hyphens stay.
fn plain(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).filter_map(base).collect()
}

fn base(letter: char) -> Option<&'static str> {
    const PLAIN: [&str; 27] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y", "z", "-",
    ];
    match letter {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => Some("a"),
        'ç' | 'ć' => Some("c"),
        'è' | 'é' | 'ê' | 'ë' | 'ę' => Some("e"),
        'ì' | 'í' | 'î' | 'ï' => Some("i"),
        'ł' => Some("l"),
        'ñ' | 'ń' => Some("n"),
        'ò' | 'ó' | 'ô' | 'ö' | 'ø' => Some("o"),
        'ś' => Some("s"),
        'ß' => Some("ss"),
        'ù' | 'ú' | 'û' | 'ü' => Some("u"),
        'ź' | 'ż' => Some("z"),
        _ => PLAIN.into_iter().find(|plain| plain.chars().eq([letter])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_blanks_are_left_out() {
        assert_eq!(address("Solène Kermarrec", "ardenval"), "solene.kermarrec@ardenval.example");
        assert_eq!(
            address("Dr. Wolfgang Ehrensberg", "ardenval"),
            "wolfgang.ehrensberg@ardenval.example"
        );
        assert_eq!(address("Heiko Straßmann", "x"), "heiko.strassmann@x.example");
        assert_eq!(address("Yann Moreau-Le Dantec", "x"), "yann.moreau-ledantec@x.example");
        assert_eq!(address("Valentine d'Arcizet", "x"), "valentine.darcizet@x.example");
    }
}
