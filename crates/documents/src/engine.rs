//! The typesetter, built once: our faces, our templates, nothing of the machine it runs on.

use std::sync::OnceLock;

use typst::foundations::{Dict, Smart};
use typst_as_lib::{TypstAsLibError, TypstEngine, TypstTemplateCollection};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::DocumentError;

/// IBM Plex Sans, with Latin, Greek and Cyrillic letters.
const FACES: [&[u8]; 3] = [
    include_bytes!("../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSans-Medium.ttf"),
    include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf"),
];

/// The templates by the path under which they import each other.
const TEMPLATES: [(&str, &str); 5] = [
    ("/plan.typ", include_str!("../templates/plan.typ")),
    ("/sections.typ", include_str!("../templates/sections.typ")),
    ("/tables.typ", include_str!("../templates/tables.typ")),
    ("/look.typ", include_str!("../templates/look.typ")),
    ("/fit.typ", include_str!("../templates/fit.typ")),
];

/// Gives the engine; what the typesetter remembers of a document is dropped as soon as it is laid out.
fn engine() -> &'static TypstEngine<TypstTemplateCollection> {
    static ENGINE: OnceLock<TypstEngine<TypstTemplateCollection>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        TypstEngine::builder()
            .fonts(FACES)
            .with_static_source_file_resolver(TEMPLATES)
            .comemo_evict_max_age(Some(0))
            .build()
    })
}

/// Gives the PDF of a template and the data that it reads as `sys.inputs`.
///
/// The PDF is tagged and keeps PDF/UA-1.
/// A text with a sign that our faces lack cannot keep it: then the PDF is tagged all the same, without the claim.
///
/// # Errors
/// [`DocumentError::Layout`] for a template or a picture that does not compile, [`DocumentError::Pdf`] when the page cannot be written.
pub(crate) fn pdf(template: &str, inputs: Dict) -> Result<Vec<u8>, DocumentError> {
    let page =
        engine().compile_with_input(template, inputs).output.map_err(DocumentError::Layout)?;
    let accessible = typst_pdf::pdf(&page, &options(&[PdfStandard::Ua_1])?);
    if let Ok(bytes) = accessible {
        return Ok(bytes);
    }
    typst_pdf::pdf(&page, &options(&[])?)
        .map_err(|found| DocumentError::Pdf(TypstAsLibError::from(found)))
}

/// Gives the settings of the export: our name, no clock, the standards asked for.
fn options(standards: &[PdfStandard]) -> Result<PdfOptions, DocumentError> {
    Ok(PdfOptions {
        creator: Smart::Custom(Some("Orchestre".to_owned())),
        standards: PdfStandards::new(standards)
            .map_err(|found| DocumentError::Pdf(TypstAsLibError::HintedString(found)))?,
        ..PdfOptions::default()
    })
}
