page-week-alarms = Needs you
page-week-alarms-empty = No alarm today.
page-week-changes = Since { $day }
page-week-changes-empty = Nothing changed at your accounts.
page-week-done = Done: { $action }
page-week-due = To do
page-week-due-empty = Nothing is due. New actions come from plans, or from the line above.
page-week-late = Late
page-week-later = Later
page-week-lead = { $day }. { $late ->
    [0] Nothing is late
    [one] One action is late
   *[other] { $late } actions are late
}, { $due } to do, { $alarms ->
    [0] no alarm
    [one] one alarm
   *[other] { $alarms } alarms
}.
page-week-next = Next week
page-week-quick = New action: call Tran on Friday
page-week-this = This week
page-week-today = Today
page-week-undated = Without a day
