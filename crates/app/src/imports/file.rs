//! A file as it came: its bytes, its digest, its rows and what the user said about it.

use jiff::civil::Date;
use orchestre_domain::import::IssueCode;
use orchestre_ingest::{DateOrder, Form, Issue, Mark, Options, Reading};
use orchestre_store::StoreError;
use sha2::{Digest, Sha256};

use super::{ImportOptions, Upload};
use crate::error::AppError;

/// A file that was read.
pub(super) struct File {
    pub(super) name: String,
    pub(super) reading: Reading,
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: String,
    pub(super) options: ImportOptions,
    pub(super) answers: Vec<(String, String)>,
    /// The name of the recipe that was used.
    pub(super) recipe: Option<String>,
    /// The last day of events and messages that are taken.
    pub(super) today: Date,
}

/// What the answers to doubts begin with; all else in the map is headings.
const ANSWERS: [&str; 8] =
    ["party:", "product:", "person:", "rows:", "date:", "number:", "take:", GUESSED];

/// Stands among the answers as long as nobody has said what a file holds.
pub(super) const GUESSED: &str = "kind:guessed";

impl File {
    /// Reads a file beside the other work.
    pub(super) async fn read(upload: Upload, today: Date) -> Result<Self, AppError> {
        let reading = tokio::task::spawn_blocking(move || Self::read_now(upload, today)).await;
        reading.map_err(|error| AppError::Store(StoreError::Engine(error.to_string())))
    }

    fn read_now(upload: Upload, today: Date) -> Self {
        let Upload { file_name, kind, bytes, options } = upload;
        let is_answer =
            |(key, _): &(String, String)| ANSWERS.iter().any(|begin| key.starts_with(begin));
        let (answers, map) = options.map.iter().cloned().partition(is_answer);
        let plain = Options::default();
        let answers: Vec<(String, String)> = answers;
        let asked = Options {
            currency: options.currency,
            map,
            orders: settled(&answers, "date:", |word| match word {
                "dmy" => Some(DateOrder::DayFirst),
                "mdy" => Some(DateOrder::MonthFirst),
                _ => None,
            }),
            marks: settled(&answers, "number:", |word| match word {
                "point" => Some(Mark::Point),
                "comma" => Some(Mark::Comma),
                _ => None,
            }),
            // What has not taken place yet is no interaction: the next export brings it.
            window: (plain.window.0, today),
            ..plain
        };
        let reading = orchestre_ingest::read(kind, &file_name, &bytes, &asked);
        let mut reading = reading;
        if answers.iter().any(|(key, _)| key == GUESSED) {
            reading.issues.insert(0, Issue::file(IssueCode::KindUnknown));
        }
        let digest = Sha256::digest(&bytes);
        let sha256 = hexadecimal(&digest);
        Self { name: file_name, reading, bytes, sha256, options, answers, recipe: None, today }
    }

    /// Gives what the user said, as it is kept: with other words the same file is another import.
    pub(super) fn said(&self) -> String {
        let currency = self.options.currency.iter().map(|currency| format!("currency={currency}"));
        let map = self.options.map.iter().map(|(left, right)| format!("map={left}={right}"));
        // A calendar says more on a later day.
        let form = self.reading.dialect.map(|dialect| dialect.form);
        let until = (form == Some(Form::Calendar)).then(|| format!("until={}", self.today));
        currency.chain(map).chain(until).collect::<Vec<_>>().join("\n")
    }
}

/// Gives what the user settled for single columns: heading and meaning.
fn settled<T>(
    answers: &[(String, String)],
    begin: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<(String, T)> {
    let one =
        |(key, word): &(String, String)| Some((key.strip_prefix(begin)?.to_owned(), read(word)?));
    answers.iter().filter_map(one).collect()
}

/// Gives bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}
