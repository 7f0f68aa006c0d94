page-print-action = Action
page-print-as-of = Figures as of { $day }
page-print-companies = Where the turnover is made
page-print-confidential = Internal, restricted
page-print-document = Account plan, { $account }
page-print-due = By
page-print-late = { $days ->
    [one] one day late
   *[other] { $days } days late
}
page-print-more = { $count } more are in Orchestre
page-print-nothing = Not written yet.
page-print-objective = Objective and metric
page-print-owner = Who
page-print-owners = Them, us
page-print-probability = probability { $probability } of 5
page-print-serves = For
page-print-updated = Updated { $day }
page-print-version = v{ $label }
page-print-window = Twelve months: { $from } to { $to }
