//! What every page is: plain data, a template, and one sample of everything it can show.

use askama::Template;

use crate::lang::Lang;

/// A page.
pub trait View: Template + Sized {
    /// Gives one of every kind that the page can show: each state, empty, very long names,
    /// `<script>` in a name.
    fn samples(lang: Lang) -> Vec<Self>;
}

/// A name as no one should have it, for samples.
pub const NASTY: &str = "<script>alert('Acme & Söhne')</script>";

/// A name that wraps and is never cut, for samples.
pub const LONG: &str = "Société Coopérative Agricole et Industrielle des Producteurs de \
     Betteraves de la Haute-Marne et de l’Aube réunies";
