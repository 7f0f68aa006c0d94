-- Words of everything that can be found, for search by prefix.
CREATE TABLE search_entries (
  id BIGINT PRIMARY KEY,
  object TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  party_id BIGINT,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  weight BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_entries_object_object_id_key ON search_entries (object, object_id);
CREATE TABLE search_words (
  word TEXT NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (word, entry_id)
);
CREATE INDEX search_words_entry ON search_words (entry_id);
