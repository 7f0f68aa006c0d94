//! The demo story as clean files, on the day at which tests freeze it.

use std::path::Path;

use anyhow::Result;

/// Writes every file of the story.
pub(crate) fn write(folder: &Path) -> Result<()> {
    for file in orchestre_story::files(orchestre_story::FROZEN_T) {
        std::fs::write(folder.join(file.name), file.text)?;
    }
    Ok(())
}
