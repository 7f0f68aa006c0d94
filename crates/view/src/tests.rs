//! Rules that hold for every view and every text.

mod pictures;
mod samples;
mod static_files;
mod texts;
