figure-attractiveness = Attractiveness
figure-before = { $amount } before
figure-contribution = Margin after cost to serve
figure-coverage-lines = of the lines have a cost
figure-coverage-turnover = of the invoiced turnover
figure-coverage-weights = of the weights
figure-cr1 = Largest account
figure-cr3 = Top three
figure-cr5 = Top five
figure-evidence = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
}
figure-formula-contribution = (turnover − cost − cost to serve) ÷ turnover
figure-formula-cr = turnover of the largest ÷ turnover of all
figure-formula-gini = area between the curve and equality, doubled
figure-formula-growth = turnover of 12 months ÷ turnover of the 12 before − 1
figure-formula-hhi = Σ share², × 10,000
figure-formula-margin = (turnover − cost) ÷ turnover, lines with a cost
figure-formula-n_eff = 1 ÷ Σ share²
figure-formula-open = Σ amounts; weighted = Σ amount × probability
figure-formula-score = Σ weight × (score − 1) ÷ 4 ÷ Σ known weights
figure-formula-turnover = Σ invoices − credit notes, { $from } to { $to }
figure-fragility = Does the rank hold?
figure-fragility-firm = it holds
figure-fragility-fragile = fragile
figure-gini = Gini
figure-growth = Growth on 12 months
figure-hhi = Concentration, HHI
figure-how_computed = How it is computed
figure-how_sure = How sure it is
figure-margin = Gross margin
figure-n_eff = Counts as
figure-n_eff-unit = equal customers
figure-open = Open opportunities
figure-open-count = { $count ->
    [one] { $count } opportunity
   *[other] { $count } opportunities
}
figure-points = points
figure-rank = Rank
figure-rank-of = of { $count }
figure-score = Selection score
figure-score-unit = of 100
figure-strength = Strength
figure-turnover = Turnover, 12 months
figure-weighted = weighted { $amount }
figure-worth_knowing = Worth knowing
