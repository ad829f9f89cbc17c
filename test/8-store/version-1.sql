CREATE TABLE store (
  version INTEGER NOT NULL,
  must_rewrite BOOLEAN NOT NULL
);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY,
  version VARCHAR NOT NULL,
  model VARCHAR NOT NULL,
  ontology VARCHAR NOT NULL,
  knowledge VARCHAR NOT NULL,
  config VARCHAR NOT NULL,
  machine VARCHAR NOT NULL,
  floor DOUBLE PRECISION NOT NULL,
  started DATE NOT NULL
);
CREATE TABLE reports (
  number INTEGER PRIMARY KEY,
  key VARCHAR NOT NULL UNIQUE,
  id VARCHAR NOT NULL,
  source VARCHAR,
  title VARCHAR,
  url VARCHAR,
  publisher VARCHAR,
  published DATE,
  text VARCHAR NOT NULL,
  added DATE NOT NULL,
  is_current BOOLEAN NOT NULL
);
CREATE TABLE sentences (
  report INTEGER NOT NULL,
  index INTEGER NOT NULL,
  start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL
);
CREATE TABLE codings (
  report INTEGER NOT NULL,
  run INTEGER NOT NULL,
  since DATE NOT NULL,
  until DATE,
  is_newest BOOLEAN NOT NULL,
  mentions INTEGER NOT NULL,
  events INTEGER NOT NULL,
  quotes INTEGER NOT NULL
);
CREATE TABLE actors (
  number INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  country VARCHAR,
  sector VARCHAR,
  code VARCHAR,
  party VARCHAR NOT NULL
);
CREATE TABLE mentions (
  number BIGINT NOT NULL,
  report INTEGER NOT NULL,
  run INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  event VARCHAR NOT NULL,
  head BIGINT NOT NULL,
  is_current BOOLEAN NOT NULL,
  type VARCHAR NOT NULL,
  mode VARCHAR,
  status VARCHAR NOT NULL,
  quad INTEGER NOT NULL,
  intensity DOUBLE PRECISION,
  cameo VARCHAR NOT NULL,
  contexts JSON NOT NULL,
  day_from DATE,
  day_to DATE,
  place_name VARCHAR,
  place_country VARCHAR,
  confidence DOUBLE PRECISION NOT NULL,
  sentence VARCHAR NOT NULL,
  sentence_index INTEGER NOT NULL,
  sentence_start_at INTEGER NOT NULL,
  sentence_end_at INTEGER NOT NULL,
  trigger_words JSON NOT NULL,
  actors JSON NOT NULL,
  recipients JSON NOT NULL,
  date JSON,
  place JSON,
  story VARCHAR
);
CREATE TABLE sides (
  mention BIGINT NOT NULL,
  role VARCHAR NOT NULL,
  actor INTEGER NOT NULL
);
CREATE TABLE dyads (
  mention BIGINT NOT NULL,
  actor INTEGER NOT NULL,
  recipient INTEGER NOT NULL
);
CREATE TABLE quotes (
  number BIGINT NOT NULL,
  report INTEGER NOT NULL,
  run INTEGER NOT NULL,
  id VARCHAR NOT NULL,
  is_current BOOLEAN NOT NULL,
  kind VARCHAR NOT NULL,
  speaker INTEGER,
  confidence DOUBLE PRECISION NOT NULL,
  content_text VARCHAR NOT NULL,
  content JSON NOT NULL,
  cue JSON,
  speaker_words JSON,
  sentence JSON NOT NULL
);
CREATE TABLE problems (
  report INTEGER,
  run INTEGER,
  code VARCHAR NOT NULL,
  message VARCHAR NOT NULL,
  place JSON NOT NULL,
  is_warning BOOLEAN NOT NULL,
  added DATE NOT NULL
);
INSERT INTO store VALUES (1, false);
INSERT INTO runs VALUES (1, '0.1.0', 'sha256:aa', 'plover-2021', 'sha256:bb', 'sha256:cc', 'x64', 0.25, DATE '2026-11-25');
INSERT INTO reports VALUES (1, 'key1', 'r1', 'r1', 'Fish', NULL, 'The Example', DATE '2026-03-12', 'ÉLODIE accused Sudmark. “No!”', DATE '2026-11-25', true);
INSERT INTO sentences VALUES (1, 0, 0, 23);
INSERT INTO codings VALUES (1, 1, DATE '2026-11-25', NULL, true, 1, 1, 1);
INSERT INTO actors VALUES (1, 'Élodie Åberg', 'person', 'NOR', NULL, 'NOR', 'NOR');
INSERT INTO mentions VALUES (1, 1, 1, 'r1/1', 'r1/1', 1, true, 'ACCUSE', NULL, 'actual', 3, -3, '112', '[]', DATE '2026-03-12', DATE '2026-03-12', 'Örebro', 'SWE', 0.9, 'ÉLODIE accused Sudmark.', 0, 0, 23, '{"text":"accused","start":7,"end":14}', '[]', '[]', NULL, NULL, NULL);
INSERT INTO sides VALUES (1, 'actor', 1);
INSERT INTO quotes VALUES (1, 1, 1, 'r1/q1', true, 'direct', 1, 0.9, 'No!', '{"text":"No!","start":25,"end":28}', NULL, NULL, '{"index":0,"text":"“No!”","start":24,"end":29}');
