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
page-week-next = La semaine prochaine
page-week-quick = Nouvelle action : relancer Tran vendredi
page-week-this = Cette semaine
page-week-today = Aujourd’hui
page-week-undated = Sans date
