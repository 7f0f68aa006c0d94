//! Style sheets, scripts, icons and fonts: embedded, each under an address that names its content.
//!
//! The style sheets make one file and the scripts another, so that a first view asks for little.

use std::borrow::Cow;
use std::sync::LazyLock;

/// What is served under `/assets/`, for ever the same under the same address.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The address: `/assets/app-1a2b3c4d.css`.
    pub url: String,
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// The type of the content, as the header says it.
    pub content_type: &'static str,
    name: &'static str,
}

/// The style sheets in the order in which they count.
const SHEETS: [&str; 19] = [
    include_str!("../static/css/tokens.css"),
    include_str!("../static/css/base.css"),
    include_str!("../static/css/layout.css"),
    include_str!("../static/css/navigation.css"),
    include_str!("../static/css/control.css"),
    include_str!("../static/css/mark.css"),
    include_str!("../static/css/figure.css"),
    include_str!("../static/css/table.css"),
    include_str!("../static/css/list.css"),
    include_str!("../static/css/notice.css"),
    include_str!("../static/css/chart.css"),
    include_str!("../static/css/touch.css"),
    include_str!("../static/css/score.css"),
    include_str!("../static/css/plan.css"),
    include_str!("../static/css/import.css"),
    include_str!("../static/css/week.css"),
    include_str!("../static/css/prose.css"),
    include_str!("../static/css/styleguide.css"),
    include_str!("../static/css/print.css"),
];

const SCRIPTS: [&str; 7] = [
    include_str!("../static/js/menu.js"),
    include_str!("../static/js/keyboard.js"),
    include_str!("../static/js/rows.js"),
    include_str!("../static/js/find.js"),
    include_str!("../static/js/passkey.js"),
    include_str!("../static/js/picker.js"),
    include_str!("../static/js/theme.js"),
];

const FILES: [(&str, &str, &[u8]); 5] = [
    ("mark.svg", "image/svg+xml", include_bytes!("../static/mark.svg")),
    ("icons.svg", "image/svg+xml", include_bytes!("../static/icons.svg")),
    (
        "ibm-plex-sans-latin-wght-normal.woff2",
        "font/woff2",
        include_bytes!("../static/fonts/ibm-plex-sans-latin-wght-normal.woff2"),
    ),
    (
        "ibm-plex-sans-latin-ext-wght-normal.woff2",
        "font/woff2",
        include_bytes!("../static/fonts/ibm-plex-sans-latin-ext-wght-normal.woff2"),
    ),
    ("narrow-space.woff2", "font/woff2", include_bytes!("../static/fonts/narrow-space.woff2")),
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let mut assets: Vec<Asset> = FILES
        .into_iter()
        .map(|(name, content_type, bytes)| made(name, content_type, Cow::Borrowed(bytes)))
        .collect();
    let mut sheet = SHEETS.map(pressed).concat();
    for font in &assets {
        sheet = sheet.replace(&format!("fonts/{}", font.name), &font.url);
    }
    let script = SCRIPTS.map(pressed).concat();
    assets.push(made("app.css", "text/css; charset=utf-8", Cow::Owned(sheet.into_bytes())));
    assets.push(made("app.js", "text/javascript; charset=utf-8", Cow::Owned(script.into_bytes())));
    assets
});

/// Gives the address of an asset by its plain name: `app.css`, `app.js`, `icons.svg`, a font.
///
/// An unknown name gives an address that nothing answers; the tests refuse it.
pub fn url(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("/assets/", |asset| asset.url.as_str())
}

/// Gives the asset of a whole address, `/assets/app-1a2b3c4d.css`; `None` for any other.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.url == path)
}

/// Gives every asset.
pub fn all() -> &'static [Asset] {
    &ASSETS
}

fn made(name: &'static str, content_type: &'static str, bytes: Cow<'static, [u8]>) -> Asset {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let url = format!("/assets/{stem}-{:016x}.{ending}", fingerprint(&bytes));
    Asset { url, bytes, content_type, name }
}

/// Gives the FNV-1a hash of a content: it tells versions apart, it is no proof of origin.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Leaves out whole-line comments, indentation and empty lines.
fn pressed(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        if in_comment {
            in_comment = !line.ends_with("*/");
        } else if line.starts_with("/*") {
            match line.split_once("*/") {
                Some((_, rest)) if !rest.trim().is_empty() => push_line(&mut out, rest.trim()),
                Some(_) => {}
                None => in_comment = true,
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            push_line(&mut out, line);
        }
    }
    out
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_answers_at_its_address_only() {
        for asset in all() {
            assert!(find(&asset.url).is_some(), "{}", asset.url);
            assert!(find(asset.name).is_none());
            assert_eq!(url(asset.name), asset.url);
        }
        assert!(find("/assets/../Cargo.toml").is_none());
    }

    #[test]
    fn the_sheet_names_the_fonts_by_their_addresses() {
        let sheet = find(url("app.css")).unwrap();
        let sheet = std::str::from_utf8(&sheet.bytes).unwrap();
        assert!(sheet.contains(url("narrow-space.woff2")));
        assert!(!sheet.contains("url(\"fonts/"));
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
    }
}
