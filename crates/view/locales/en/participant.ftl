button-participant-add = Add as a person
button-participant-ask = Ask again
button-participant-ignore = Nobody of interest
button-participant-known = It is this person
field-participant-name = Name
field-participant-party = Works at (name of the company)
field-participant-person = Known there
field-participant-title = Title
page-participant-choose = Choose …
page-participant-company = The address is that of people of { $company }
page-participant-count = { $count ->
    [one] 1 address
   *[other] { $count } addresses
}
page-participant-decided = Decided
page-participant-empty = Everybody is known
page-participant-empty-why = Mail and calendars bring addresses; those that belong to nobody you know stand here.
page-participant-is = It is { $name }
page-participant-lead = Who took part in mail and meetings without being known. Nobody is added without your word, and what they took part in is kept.
page-participant-open = Whose address is it?
page-participant-rest = { $count ->
    [one] 1 more address follows
   *[other] { $count } more addresses follow
} when these are decided.
page-participant-seen = { $count ->
    [one] 1 interaction, on { $to }
   *[other] { $count } interactions, from { $from } to { $to }
}
page-participant-title = People to review
state-participant-ignored = left out
state-participant-known = known
