figure-attractiveness = Attractivité
figure-before = { $amount } avant
figure-contribution = Marge après service
figure-coverage-lines = des lignes ont un coût
figure-coverage-turnover = du CA facturé
figure-coverage-weights = des poids
figure-cr1 = Premier compte
figure-cr3 = Trois premiers
figure-cr5 = Cinq premiers
figure-evidence = { $count ->
    [one] { $count } élément
   *[other] { $count } éléments
}
figure-formula-contribution = (CA − coût − coût de service) ÷ CA
figure-formula-cr = CA des premiers ÷ CA total
figure-formula-gini = aire entre la courbe et l’égalité, doublée
figure-formula-growth = CA 12 mois ÷ CA des 12 mois précédents − 1
figure-formula-hhi = Σ part², × 10 000
figure-formula-margin = (CA − coût) ÷ CA, lignes dont le coût est connu
figure-formula-n_eff = 1 ÷ Σ part²
figure-formula-open = Σ montants ; pondéré = Σ montant × probabilité
figure-formula-score = Σ poids × (note − 1) ÷ 4 ÷ Σ poids connus
figure-formula-turnover = Σ factures − avoirs, { $from } à { $to }
figure-fragility = Le rang tient-il ?
figure-fragility-firm = il tient
figure-fragility-fragile = fragile
figure-gini = Gini
figure-growth = Évolution sur 12 mois
figure-hhi = Concentration, HHI
figure-how_computed = Le calcul
figure-how_sure = La fiabilité
figure-margin = Marge brute
figure-n_eff = Équivaut à
figure-n_eff-unit = clients égaux
figure-open = Opportunités ouvertes
figure-open-count = { $count ->
    [one] { $count } opportunité
   *[other] { $count } opportunités
}
figure-points = points
figure-rank = Rang
figure-rank-of = sur { $count }
figure-score = Note de sélection
figure-score-unit = sur 100
figure-strength = Position
figure-turnover = CA 12 mois
figure-weighted = pondéré { $amount }
figure-worth_knowing = À savoir
