//! The fixed words of the samples.

use super::say;
use crate::plan::{Lang, PlanWords};

/// Gives the fixed words of a language.
pub(super) fn words(lang: Lang) -> PlanWords {
    let say = |en, fr| say(lang, en, fr);
    PlanWords {
        situation: say("Situation", "Situation"),
        goals: say("What the customer wants", "Ce que veut le client"),
        objectives: say("Joint objectives", "Objectifs communs"),
        objective: say("Objective and metric", "Objectif et mesure"),
        baseline: say("Start", "Départ"),
        current: say("Now", "Actuel"),
        target: say("Target", "Cible"),
        due: say("By", "Pour"),
        owners: say("Them, us", "Eux, nous"),
        state: say("State", "État"),
        actions: say("Next actions", "Prochaines actions"),
        action: say("Action", "Action"),
        serves: say("For", "Obj."),
        owner: say("Who", "Qui"),
        risks: say("Risks", "Risques"),
        sign: say("Sign", "Signe"),
        prevention: say("Prevention", "Parade"),
        reaction: say("Reaction", "Réaction"),
        decision: say("Decision asked", "Décision demandée"),
        nothing: say("not written yet", "pas encore écrit"),
        more: say("… +{n} more", "… +{n} de plus"),
    }
}
