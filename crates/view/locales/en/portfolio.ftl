field-amount = Amount
field-chance = Chance
page-portfolio-all = All { $count } accounts
page-portfolio-axis-attractiveness = Attractiveness
page-portfolio-axis-strength = Strength of our position, as the customer sees it
page-portfolio-concentration = Concentration
page-portfolio-concentration-empty = There is no turnover in this window.
page-portfolio-count = { $found } of { $all } accounts, { $unit }
page-portfolio-empty = No account matches. Without any account yet, import a file of accounts first.
page-portfolio-filter = Filter the accounts
page-portfolio-kind-incubator = incubator
page-portfolio-kind-key = key
page-portfolio-kind-other = candidate or standard
page-portfolio-kind-watch = watch or leaving
page-portfolio-lead = { $accounts ->
    [one] One account brings
   *[other] { $accounts } accounts bring
} { $turnover } in twelve months{ $change }. The three largest make { $three } of it.
page-portfolio-lead-change = , { $growth } on the twelve months before
page-portfolio-lead-empty = There is no account with turnover in this window yet.
page-portfolio-lorenz-describe = Curve of the cumulative share of turnover by account; equality would be the diagonal.
page-portfolio-lorenz-equal = if all were equal
page-portfolio-lorenz-measure = Cumulative share of turnover, twelve months; Gini { $gini }
page-portfolio-lorenz-point = { $count }: { $share }
page-portfolio-lorenz-title = { $count ->
    [one] One account brings
   *[other] { $count } accounts bring
} half of the turnover
page-portfolio-lorenz-x = Accounts, largest first
page-portfolio-lorenz-y = Share of turnover
page-portfolio-loss = If we lost one
page-portfolio-loss-contribution = Contribution lost, { $currency } thousand
page-portfolio-loss-share = Share of all
page-portfolio-matrix = Where to invest
page-portfolio-matrix-empty = No account has both scores yet, attractiveness and strength.
page-portfolio-matrix-measure = Score of 0 to 100 on each axis; both high at 50 and above; area: turnover of twelve months
page-portfolio-matrix-source = Judgements up to { $day }
page-portfolio-matrix-title = { $share } of turnover sits where we are strong and the account is attractive
page-portfolio-missing-both = neither score
page-portfolio-not_placed = Not placed: { $count }
page-portfolio-others = { $count ->
    [one] { $count } other account
   *[other] { $count } other accounts
}
page-portfolio-perimeter-seen = Totals, rank and concentration cover only the accounts that you may see.
page-portfolio-quadrant-growth = Invest for growth
page-portfolio-quadrant-maintain = Maintain
page-portfolio-quadrant-selective = Invest selectively
page-portfolio-quadrant-withdraw = Serve at low cost
page-portfolio-rank = No.
page-portfolio-rates-budget = Other currencies are converted by the budget rate of the fiscal year.
page-portfolio-rates-day = Other currencies are converted by the rate of each day.
page-portfolio-rates-month = Other currencies are converted by the mean rate of each month.
page-portfolio-table = Accounts by rank, money of twelve months
page-portfolio-title = Portfolio
page-portfolio-total = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
page-portfolio-trend = Trend, 24 months
page-portfolio-unattributed = Lines whose customer is not known
page-portfolio-unconverted = Not converted for want of a rate: { $amounts }.
page-portfolio-window = Twelve months: { $from } to { $to }. Growth is as is: both years with today’s groups.
page-portfolio-window-none = No sales lines yet, so there is no window of twelve months.
page-portfolio-words = Account, city, KAM
