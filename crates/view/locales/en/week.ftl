page-week-alarm-action_late = { $title }: { $days } days late, { $person }
page-week-alarm-assessed_left = { $person } left; the assessment no longer counts
page-week-alarm-champion_not_met = { $person } is for us and was never met
page-week-alarm-champion_silent = { $person } is for us and has been silent for { $days } days
page-week-alarm-decider_not_met = { $person } decides and was never met
page-week-alarm-key_without_plan = A key account without a plan
page-week-alarm-no_executive_contact = No executive contact for { $days } days
page-week-alarm-no_executive_ever = No executive contact yet
page-week-alarm-plan_stale = The plan was not updated for { $days } days
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
page-week-news-opportunity_moved = { $title }: { $detail }
page-week-news-person_arrived = { $title } arrived: { $detail }
page-week-news-person_left = { $title } left: { $detail }
page-week-news-status_set = Status: { $detail }
page-week-news-tier_set = Tier: { $detail }
page-week-next = Next week
page-week-quick = New action: call Tran on Friday
page-week-this = This week
page-week-today = Today
page-week-undated = Without a day
