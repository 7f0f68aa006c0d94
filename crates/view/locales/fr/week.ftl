page-week-alarm-action_late = { $title } : { $days } jours de retard, { $person }
page-week-alarm-assessed_left = { $person } est parti ; l’évaluation ne compte plus
page-week-alarm-champion_not_met = { $person } nous est favorable et n’a jamais été rencontré
page-week-alarm-champion_silent = { $person } nous soutient et se tait depuis { $days } jours
page-week-alarm-decider_not_met = { $person } décide et n’a jamais été rencontré
page-week-alarm-key_without_plan = Un compte clé sans plan
page-week-alarm-no_executive_contact = Aucun contact de dirigeant depuis { $days } jours
page-week-alarm-no_executive_ever = Encore aucun contact entre dirigeants
page-week-alarm-plan_stale = Le plan n’a pas été mis à jour depuis { $days } jours
page-week-alarms = À surveiller
page-week-alarms-empty = Aucune alerte aujourd’hui.
page-week-changes = Depuis le { $day }
page-week-changes-empty = Rien n’a changé chez vos comptes.
page-week-done = Terminé : { $action }
page-week-due = À faire
page-week-due-empty = Rien à échéance. Les actions viennent des plans, ou de la ligne ci-dessus.
page-week-late = En retard
page-week-later = Plus tard
page-week-lead = { $day }. { $late ->
    [0] Aucune action en retard
    [one] Une action en retard
   *[other] { $late } actions en retard
}, { $due } à faire, { $alarms ->
    [0] aucune alerte
    [one] une alerte
   *[other] { $alarms } alertes
}.
page-week-news-opportunity_moved = { $title } : { $detail }
page-week-news-person_arrived = { $title } est arrivé : { $detail }
page-week-news-person_left = { $title } est parti : { $detail }
page-week-news-status_set = Statut : { $detail }
page-week-news-tier_set = Rang : { $detail }
page-week-next = La semaine prochaine
page-week-quick = Nouvelle action : relancer Tran vendredi
page-week-this = Cette semaine
page-week-today = Aujourd’hui
page-week-undated = Sans date
