-- Dated links in several views and the closure that every roll-up reads.
CREATE TABLE views (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE UNIQUE INDEX views_name_key ON views (name);
INSERT INTO views (id, name) VALUES (1, 'legal'), (2, 'purchasing'), (3, 'geographic'), (4, 'programme');
CREATE TABLE party_links (
  id BIGINT PRIMARY KEY,
  view_id BIGINT NOT NULL REFERENCES views (id),
  parent_id BIGINT NOT NULL REFERENCES parties (id),
  child_id BIGINT NOT NULL REFERENCES parties (id),
  share_ppm BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  source TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX party_links_child ON party_links (view_id, child_id);
CREATE INDEX party_links_parent ON party_links (view_id, parent_id);
CREATE TABLE party_closure (
  view_id BIGINT NOT NULL,
  ancestor_id BIGINT NOT NULL,
  descendant_id BIGINT NOT NULL,
  depth BIGINT NOT NULL,
  share_ppm BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  PRIMARY KEY (view_id, ancestor_id, descendant_id, valid_from, depth)
);
CREATE INDEX party_closure_descendant ON party_closure (view_id, descendant_id);
