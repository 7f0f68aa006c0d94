button-audit-give = Give checkpoints now
button-audit-verify = Verify the chain
page-audit-at = When (UTC)
page-audit-broken = The chain is broken
page-audit-broken-changed = At link { $seq }: the event { $id } of { $at } was changed.
page-audit-broken-missing = Before link { $seq }: one or more events before { $id } of { $at } are missing.
page-audit-broken-moved = At link { $seq }: the event { $id } of { $at } stands in another’s place.
page-audit-done = taken
page-audit-given = Checkpoints
page-audit-given-note = the latest first; each is a line to be kept
page-audit-hash = Hash
page-audit-holds = The chain holds
page-audit-holds-what = { $count ->
    [one] The one link was read again, and holds.
   *[other] All { $count } links were read again, and hold.
}
page-audit-hours = { $count ->
    [one] every hour
   *[other] every { $count } hours
}
page-audit-last = Last checkpoint
page-audit-lead = Every event is linked to the one before by its hash. Checkpoints of that chain, kept outside of this house, prove later that nothing was written again.
page-audit-link = Link
page-audit-links = Linked events
page-audit-none = No checkpoint was given yet.
page-audit-nowhere = No place for checkpoints is set up
page-audit-nowhere-mend = Whoever holds the machine can write the whole chain again unseen. Set audit.file, audit.mail or audit.timestamp_url in the configuration.
page-audit-places = Where they go
page-audit-proof = signed time-stamp
page-audit-result = Result
page-audit-rhythm = How often
page-audit-short = The chain of events, verified, and its checkpoints
page-audit-title = Audit
page-audit-unsealed = Not linked yet
page-audit-verify = Verify
page-audit-verify-why = Reads every event and computes every link again. A million events take some seconds. That you asked is recorded.
page-audit-where = Place
state-checkpoint-file = file
state-checkpoint-mail = mail
state-checkpoint-stamp = time-stamp authority
