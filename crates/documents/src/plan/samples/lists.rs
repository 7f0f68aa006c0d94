//! The lines of the full sample, as tables: one line an entry, columns between bars.

use super::say;
use crate::plan::{ActionLine, Lang, ObjectiveLine, RiskLine, State, Tone};

const OBJECTIVES_EN: &str = "
No excursion on launches|shipments with an excursion|0.62%|0.41%|0.30%|Sep 2027|R. Marchal|B. Montaland|good|on track
Cold lanes on time and in full|OTIF|94.1%|96.0%|98.5%|Jun 2027|K. Brandt|I. Sollinger|good|on track
Lighter cold shipments|kg CO₂e per shipment|4.10|3.98|3.36|Jun 2028|S. Varela|K. Whitlock|warn|at risk
Fibre box on six lanes|lanes|1|3|6|Apr 2027|T. Novák|P. Ferrazzi|good|on track
Cold turnover in the US|k€ a year|1,518|1,790|2,600|Oct 2028|D. Whitfield|S. Okafor-Reyes|good|on track
A mirror in their finance|meetings with L. Peyrusse|0|0|3|May 2027|A. Lefort||bad|late
";
const OBJECTIVES_FR: &str = "
Aucune excursion sur les lancements|envois avec excursion|0,62 %|0,41 %|0,30 %|sept. 2027|R. Marchal|B. Montaland|good|en voie
Routes du froid à l’heure et complètes|OTIF|94,1 %|96,0 %|98,5 %|juin 2027|K. Brandt|I. Sollinger|good|en voie
Des envois froids plus légers|kg CO₂e par envoi|4,10|3,98|3,36|juin 2028|S. Varela|K. Whitlock|warn|à risque
Caisse en fibre sur six routes|routes|1|3|6|avr. 2027|T. Novák|P. Ferrazzi|good|en voie
CA du froid aux États-Unis|k€ par an|1\u{202f}518|1\u{202f}790|2\u{202f}600|oct. 2028|D. Whitfield|S. Okafor-Reyes|good|en voie
Un miroir à leur finance|rencontres avec L. Peyrusse|0|0|3|mai 2027|A. Lefort||bad|en retard
";
const ACTIONS_EN: &str = "
Qualification report, lane 4 Milan–Chicago|4|T. Novák|13 Nov|bad|10 days late
Call B. Montaland, agree the inspection plan|1|R. Marchal|25 Nov||to do
First meeting with L. Peyrusse|6|W. Ehrensberg|28 Nov|warn|blocked
CO₂ method note reviewed by the auditor|3|S. Varela|23 Dec||doing
Six-month forecast by lane|2|F. Ouahbi|7 Jan||to do
";
const ACTIONS_FR: &str = "
Rapport de qualification, route 4 Milan–Chicago|4|T. Novák|13 nov.|bad|10 jours de retard
Appeler B. Montaland, convenir du plan d’inspection|1|R. Marchal|25 nov.||à faire
Première rencontre avec L. Peyrusse|6|W. Ehrensberg|28 nov.|warn|bloquée
Note de méthode CO₂ relue par l’auditeur|3|S. Varela|23 déc.||en cours
Prévisions à six mois par route|2|F. Ouahbi|7 janv.||à faire
";
const RISKS_EN: &str = "
Frigorial offers −9% in Germany|3|€1,150k|M. Grandval asks for a cost breakdown|lane data in I. Sollinger’s dashboard|protect with objective 2|A. Lefort
The fibre box fails the summer profile|2|€420k|pilot above 7.4 °C||back to the present box|T. Novák
B. Montaland leaves|2|€600k|silence, reorganisation|a second link to quality|R. Marchal meets the deputy|R. Marchal
";
const RISKS_FR: &str = "
Frigorial propose −9 % en Allemagne|3|1\u{202f}150 k€|M. Grandval demande la décomposition des coûts|données des routes au tableau de bord d’I. Sollinger|protéger avec l’objectif 2|A. Lefort
La caisse en fibre échoue au profil d’été|2|420 k€|pilote au-dessus de 7,4 °C||retour à la caisse actuelle|T. Novák
Départ de B. Montaland|2|600 k€|silence, réorganisation|un second lien à la qualité|R. Marchal rencontre l’adjoint|R. Marchal
";

/// Gives the cells of a table, line by line; the space before a unit does not break.
fn lines<T>(
    lang: Lang,
    en: &str,
    fr: &str,
    line: impl Fn(&mut dyn FnMut() -> String) -> T,
) -> Vec<T> {
    let table = match lang {
        Lang::En => en,
        Lang::Fr => fr,
    };
    table
        .lines()
        .filter(|found| !found.is_empty())
        .map(|found| {
            let mut cells = found.split('|');
            line(&mut || {
                let cell = cells.next().unwrap_or_default();
                cell.replace(" %", "\u{202f}%").replace(" k€", "\u{a0}k€")
            })
        })
        .collect()
}

fn tone(word: &str) -> Tone {
    match word {
        "good" => Tone::Good,
        "warn" => Tone::Warn,
        "bad" => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// Gives the objectives of the full sample.
pub(super) fn objectives(lang: Lang) -> Vec<ObjectiveLine> {
    lines(lang, OBJECTIVES_EN, OBJECTIVES_FR, |next| ObjectiveLine {
        text: next(),
        metric: next(),
        baseline: next(),
        current: next(),
        target: next(),
        due: next(),
        owner: next(),
        customer_owner: next(),
        state: State { tone: tone(&next()), word: next() },
    })
}

/// Gives the actions of the full sample.
pub(super) fn actions(lang: Lang) -> Vec<ActionLine> {
    lines(lang, ACTIONS_EN, ACTIONS_FR, |next| ActionLine {
        text: next(),
        objective: next(),
        owner: next(),
        due: next(),
        state: State { tone: tone(&next()), word: next() },
    })
}

/// Gives the risks of the full sample.
pub(super) fn risks(lang: Lang) -> Vec<RiskLine> {
    lines(lang, RISKS_EN, RISKS_FR, |next| {
        let text = next();
        let probability = next();
        RiskLine {
            text,
            probability: probability.parse().ok(),
            probability_words: say(
                lang,
                &format!("probability {probability} of 5"),
                &format!("probabilité {probability} sur 5"),
            ),
            impact: next(),
            sign: next(),
            prevention: next(),
            reaction: next(),
            owner: next(),
        }
    })
}
