//! Budgets of what a browser is sent, and what the files may hold.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::asset;

fn zipped(name: &str) -> usize {
    let asset = asset::find(asset::url(name)).unwrap();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&asset.bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn styles_and_scripts_keep_their_budgets() {
    let (styles, scripts) = (zipped("app.css"), zipped("app.js"));
    println!("styles {styles} B gz, scripts {scripts} B gz, icons {} B gz", zipped("icons.svg"));
    assert!(styles <= 15_000, "styles: {styles}");
    assert!(scripts <= 30_000, "scripts: {scripts}");
}

#[test]
fn every_static_file_is_embedded() {
    let root = Path::new(".");
    let listed = fs::read_to_string(root.join("src/asset.rs")).unwrap();
    for folder in ["static", "static/css", "static/js", "static/fonts"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_file() && !name.starts_with("LICENSE") {
                assert!(listed.contains(&format!("{name}\")")), "{folder}/{name} is not served");
            }
        }
    }
}

#[test]
fn every_icon_that_is_named_is_in_the_sprite() {
    let root = Path::new(".");
    let sprite = fs::read_to_string(root.join("static/icons.svg")).unwrap();
    let mut wanted = BTreeSet::new();
    for file in super::texts::files(root, &["rs", "html"]) {
        let content = fs::read_to_string(&file).unwrap();
        for part in content.split("icon(\"").skip(1).chain(content.split("inline(\"").skip(1)) {
            wanted.insert((part.split('"').next().unwrap_or("").to_owned(), file.clone()));
        }
    }
    for (name, file) in wanted {
        let id = format!("id=\"i-{name}\"");
        assert!(sprite.contains(&id), "no icon {name}, wanted by {}", file.display());
    }
}

#[test]
fn every_variable_of_the_styles_is_a_token() {
    let sheet = asset::find(asset::url("app.css")).unwrap();
    let sheet = std::str::from_utf8(&sheet.bytes).unwrap();
    for part in sheet.split("var(--").skip(1) {
        let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        assert!(sheet.contains(&format!("--{name}:")), "--{name} is not set anywhere");
    }
}
