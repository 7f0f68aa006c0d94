//! Pages to look at and to test with: a short plan, a full one, one that is far too long.

mod lists;
mod words;

use super::{
    ActionLine, Fact, FigureBox, Lang, ObjectiveLine, Picture, PlanPage, RiskLine, Square, Tone,
};

impl PlanPage {
    /// Gives a short, a full and an overlong plan in each language, each with its name.
    pub fn samples() -> Vec<(&'static str, Self)> {
        vec![
            ("short_en", short(Lang::En)),
            ("short_fr", short(Lang::Fr)),
            ("full_en", full(Lang::En)),
            ("full_fr", full(Lang::Fr)),
            ("overlong_en", overlong(full(Lang::En))),
            ("overlong_fr", overlong(full(Lang::Fr))),
        ]
    }
}

/// Gives the text of a language.
fn say(lang: Lang, en: &str, fr: &str) -> String {
    match lang {
        Lang::En => en.to_owned(),
        Lang::Fr => fr.to_owned(),
    }
}

/// A plan just begun: little is known, and the page says so.
fn short(lang: Lang) -> PlanPage {
    let say = |en, fr| say(lang, en, fr);
    PlanPage {
        lang,
        document_title: say("Plan on a page, Trovanto", "Plan sur une page, Trovanto"),
        title: "Trovanto".to_owned(),
        square: Square::Half,
        tier: say("Incubator", "Incubateur"),
        facts: vec![Fact { label: "KAM".to_owned(), value: "Aminata Lefort".to_owned() }],
        confidentiality: say("Internal, limited circulation", "Interne, diffusion restreinte"),
        subtitle: String::new(),
        figures: vec![FigureBox {
            label: say("Turnover, 12 months", "CA 12 mois"),
            value: say("€2.1m", "2,1\u{a0}M€"),
            detail: String::new(),
            coverage_bars: None,
            tone: Tone::Plain,
        }],
        situation: say(
            "They buy by algorithm; nobody meets us.",
            "Ils achètent par algorithme ; personne ne nous rencontre.",
        ),
        goals: Vec::new(),
        objectives: vec![ObjectiveLine {
            text: say("Right-size share", "Part ajustée à la taille"),
            target: say("45%", "45\u{202f}%"),
            ..ObjectiveLine::default()
        }],
        actions: Vec::new(),
        risks: Vec::new(),
        decision: String::new(),
        pictures: Vec::new(),
        footer: vec![say("Updated 20 Sep 2026", "Mis à jour le 20 sept. 2026")],
        stamp: "v0.2".to_owned(),
        words: words::words(lang),
    }
}

/// A plan as a committee reads it.
fn full(lang: Lang) -> PlanPage {
    let say = |en, fr| say(lang, en, fr);
    PlanPage {
        document_title: say(
            "Plan on a page, Laboratoires Lysarel, v2.3",
            "Plan sur une page, Laboratoires Lysarel, v2.3",
        ),
        title: "Laboratoires Lysarel".to_owned(),
        square: Square::Full,
        tier: say("Strategic, global", "Stratégique mondial"),
        facts: vec![
            Fact { label: "KAM".to_owned(), value: "Aminata Lefort".to_owned() },
            Fact { label: "Sponsor".to_owned(), value: "Wolfgang Ehrensberg".to_owned() },
            Fact { label: "Plan".to_owned(), value: "2027–2029, v2.3".to_owned() },
        ],
        subtitle: say(
            "In three years Lysarel will rely on Ardenval to keep every launch cold, without one excursion.",
            "En trois ans, Lysarel fera d’Ardenval le partenaire qui garantit le froid de tous ses lancements, sans une excursion de température.",
        ),
        figures: figures(lang),
        situation: say(
            "Preferred supplier, first of four. They value our design and our presence; they miss a stock in the US and a data interface.\n\nWe lost the software tender because the buyer told us, too late.",
            "Fournisseur préféré, premier sur quatre. Ils apprécient la conception et la présence ; il leur manque un stock aux États-Unis et une interface de données.\n\nNous avons perdu l’appel d’offres logiciel : c’est l’acheteur qui nous l’a appris, trop tard.",
        ),
        goals: vec![
            say(
                "Two launches in 14 countries without a lost pallet",
                "Deux lancements dans 14 pays sans une palette perdue",
            ),
            say(
                "−20% of scope 3 emissions by 2028",
                "−20\u{202f}% d’émissions du périmètre 3 d’ici 2028",
            ),
            say("Safety stock from 11 to 7 weeks", "Stock de sécurité de 11 à 7 semaines"),
        ],
        objectives: lists::objectives(lang),
        actions: lists::actions(lang),
        risks: lists::risks(lang),
        decision: say(
            "€1.2m for a conditioning room in Lyon, by 22 Jan 2027. Payback in 22 months.",
            "1,2\u{a0}M€ pour une salle de conditionnement à Lyon, avant le 22 janv. 2027. Retour en 22 mois.",
        ),
        pictures: vec![turnover(lang)],
        footer: vec![
            say("Written by A. Lefort, 17 Nov 2026", "Écrit par A. Lefort, 17 nov. 2026"),
            say("Approved by W. Ehrensberg, 5 Aug", "Approuvé par W. Ehrensberg, 5 août"),
            say("Next review 14 Dec 2026", "Prochaine revue : 14 déc. 2026"),
            say("Plan quality 90", "Qualité du plan : 90"),
        ],
        stamp: "v2.3 · 9c41 e07a".to_owned(),
        ..short(lang)
    }
}

fn figures(lang: Lang) -> Vec<FigureBox> {
    let say = |en, fr| say(lang, en, fr);
    let figure = |label, value, detail| FigureBox { label, value, detail, ..FigureBox::default() };
    vec![
        figure(
            say("Turnover, 12 months", "CA 12 mois"),
            say("€17.9m", "17,9\u{a0}M€"),
            say("+14.7% against 14.7%", "+14,7\u{202f}% contre 14,7\u{202f}%"),
        ),
        figure(
            say("Target 2029", "Cible 2029"),
            say("€19.8m", "19,8\u{a0}M€"),
            say("× 1.11", "× 1,11"),
        ),
        figure(
            say("Contribution", "Contribution"),
            say("19.0%", "19,0\u{202f}%"),
            say("€3.4m", "3,4\u{a0}M€"),
        ),
        FigureBox {
            label: say("Share of wallet", "Part de portefeuille"),
            value: say("insufficient data", "données insuffisantes"),
            detail: say("41% covered", "41\u{202f}% couverts"),
            coverage_bars: Some(2),
            tone: Tone::Warn,
        },
        figure(
            say("Health", "Santé"),
            "78".to_owned(),
            say("of 100, 74 in August", "sur 100, 74 en août"),
        ),
        figure(
            say("Stage", "Stade"),
            say("Cooperative", "Coopératif"),
            say("target: interdependent", "cible : interdépendant"),
        ),
        figure("NPS".to_owned(), "+38".to_owned(), say("± 21, 14 answers", "± 21, 14 réponses")),
    ]
}

fn turnover(lang: Lang) -> Picture {
    let svg = include_str!("samples/turnover.svg");
    Picture {
        title: say(
            lang,
            "Turnover grew by 14.7% two years running",
            "Le CA croît de 14,7\u{202f}% deux ans de suite",
        ),
        measure: say(lang, "€m, 12 months to 31 Oct", "M€, 12 mois au 31 oct."),
        svg: match lang {
            Lang::En => svg.to_owned(),
            Lang::Fr => svg.replace("13.8", "13,8").replace("15.6", "15,6").replace("17.9", "17,9"),
        },
        alt: say(lang, "Turnover: €13.8m, €15.6m, €17.9m.", "CA : 13,8 M€, 15,6 M€, 17,9 M€."),
        note: say(lang, "Sales lines, 20 Nov 2026", "Lignes de vente, 20 nov. 2026"),
    }
}

/// Ten times every list, five times every text, and words without end.
fn overlong(page: PlanPage) -> PlanPage {
    let long = |text: &String| [text.as_str(); 5].join(" ");
    let endless = "Überlandtransportgesellschaft".repeat(6);
    PlanPage {
        title: long(&page.title),
        subtitle: long(&page.subtitle),
        situation: long(&page.situation),
        goals: page.goals.iter().map(long).cycle().take(30).collect(),
        objectives: page
            .objectives
            .iter()
            .map(|line| ObjectiveLine {
                text: long(&line.text),
                metric: long(&line.metric),
                owner: endless.clone(),
                baseline: "123\u{202f}456\u{202f}789,00".to_owned(),
                ..line.clone()
            })
            .cycle()
            .take(40)
            .collect(),
        actions: page
            .actions
            .iter()
            .map(|line| ActionLine { text: long(&line.text), ..line.clone() })
            .cycle()
            .take(50)
            .collect(),
        risks: page
            .risks
            .iter()
            .map(|line| RiskLine { text: endless.clone(), sign: long(&line.sign), ..line.clone() })
            .cycle()
            .take(30)
            .collect(),
        decision: long(&page.decision),
        pictures: page.pictures.iter().cloned().cycle().take(6).collect(),
        figures: page.figures.iter().cloned().cycle().take(20).collect(),
        facts: page
            .facts
            .iter()
            .map(|fact| Fact { label: fact.label.clone(), value: long(&fact.value) })
            .cycle()
            .take(20)
            .collect(),
        footer: page.footer.iter().map(long).cycle().take(20).collect(),
        ..page
    }
}
