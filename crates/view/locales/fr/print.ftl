page-print-action = Action
page-print-as-of = Chiffres au { $day }
page-print-companies = Où se fait le chiffre d’affaires
page-print-confidential = Interne, diffusion restreinte
page-print-document = Plan de compte, { $account }
page-print-due = Pour
page-print-late = { $days ->
    [one] un jour de retard
   *[other] { $days } jours de retard
}
page-print-more = { $count } de plus dans Orchestre
page-print-nothing = Pas encore écrit.
page-print-objective = Objectif et mesure
page-print-owner = Qui
page-print-owners = Eux, nous
page-print-probability = probabilité { $probability } sur 5
page-print-serves = Obj.
page-print-updated = Mis à jour le { $day }
page-print-version = v{ $label }
page-print-window = Douze mois : { $from } à { $to }
