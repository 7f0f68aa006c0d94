-- The entries of the accounts that a viewer sees, for whoever sees few of them.
CREATE INDEX search_entries_party ON search_entries (party_id);
