//! Random bytes of the system, asked for here and nowhere else in the program's start.

/// Gives random bytes.
///
/// # Errors
///
/// When the system gives none.
pub(crate) fn bytes<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    Ok(bytes)
}
