-- The store, version 7: what a newcomer needs to know to ask it in SQL. docs/store.md is made from this file.
-- Three things are counted, and never mixed: a mention (one trigger in one sentence of one report), an event (one deed, told by
-- one or more mentions), a story (one affair). A column that ends in _at counts Unicode code points of the report's text.
-- JSON columns hold parts of a record exactly as docs/event-record.md describes them.

-- What the file is. One row.
CREATE TABLE store (
  version INTEGER NOT NULL, -- of this schema
  must_rewrite BOOLEAN NOT NULL, -- something was forgotten and its bytes may still stand in the file
  generation INTEGER -- grows with each gathering, so that what was computed from an older state is not kept
);

-- A coder that coded reports of this store: the same coder on the same kind of machine is the same run.
CREATE TABLE runs (
  number INTEGER PRIMARY KEY, -- 1, 2, 3 in the order of first use
  version VARCHAR NOT NULL, -- of Communique
  model VARCHAR NOT NULL, -- sha256 of the model
  ontology VARCHAR NOT NULL, -- such as plover-2021
  knowledge VARCHAR NOT NULL, -- sha256 of the tables
  config VARCHAR NOT NULL, -- sha256 of what else decides a row
  machine VARCHAR NOT NULL, -- CPU architecture: the same text gives the same rows on the same one
  floor DOUBLE PRECISION NOT NULL, -- the model's own least confidence, 0 to 1: queries leave out what is below unless asked
  started DATE NOT NULL -- the day of its first report
);

-- A report as it was settled; its text never changes. A changed text is another row.
CREATE TABLE reports (
  number INTEGER PRIMARY KEY, -- 1, 2, 3 in the order of arrival
  key VARCHAR NOT NULL UNIQUE, -- sha256 of url or id, publisher, published and text
  id VARCHAR NOT NULL, -- the input's own, else a hash
  source VARCHAR, -- what its versions share: the given id, else the url; null where neither was given
  title VARCHAR,
  url VARCHAR,
  publisher VARCHAR,
  published DATE,
  text VARCHAR NOT NULL, -- without the title
  words VARCHAR NOT NULL, -- of title and text in lower case, each after one space: what is searched
  added DATE NOT NULL, -- the day it came into the store
  is_current BOOLEAN NOT NULL, -- the newest version
  dropped JSON -- a list of what was left out of the text as no part of the report; null where it was stored before version 5
);

-- Where a report's sentences stand.
CREATE TABLE sentences (
  report INTEGER NOT NULL, -- reports.number
  index INTEGER NOT NULL, -- from 0
  start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL
);

-- That a report was coded in a run, and when that coding was the one that counts.
CREATE TABLE codings (
  report INTEGER NOT NULL, -- reports.number
  run INTEGER NOT NULL, -- runs.number
  since DATE NOT NULL, -- first day on which it counted
  until DATE, -- the day on which another coding or a newer version took its place; null while it counts
  is_newest BOOLEAN NOT NULL, -- no newer version of the report was coded in the same run
  mentions INTEGER NOT NULL,
  events INTEGER NOT NULL,
  quotes INTEGER NOT NULL
);

-- Everyone who does, suffers or speaks: a row for each name with its kind, country and sector.
CREATE TABLE actors (
  number INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  folded VARCHAR NOT NULL, -- name in lower case
  kind VARCHAR NOT NULL, -- person, government, country, organisation, armed-group, group, igo, company, media, other
  country VARCHAR, -- ISO 3166 alpha-3, XKX or IGO
  sector VARCHAR, -- CAMEO role
  code VARCHAR, -- country and sector
  party VARCHAR NOT NULL, -- whom a dyad counts it as: its country, else its name
  party_number INTEGER -- parties.number of it
);

-- Whom counts by actor, recipient and dyad stand by.
CREATE TABLE parties (
  number INTEGER PRIMARY KEY, -- from 1
  name VARCHAR NOT NULL
);

-- One trigger in one sentence of one report. The row is a record of docs/event-record.md.
CREATE TABLE mentions (
  number BIGINT NOT NULL, -- 1, 2, 3 in the order of arrival
  report INTEGER NOT NULL, -- reports.number
  run INTEGER NOT NULL, -- runs.number
  id VARCHAR NOT NULL, -- the report's id and n
  event VARCHAR NOT NULL, -- the deed's id: that of its oldest mention in any report
  head BIGINT NOT NULL, -- mentions.number of the mention that speaks for the deed: actual before others, then the surest; count events where number = head
  is_current BOOLEAN NOT NULL, -- of the newest coding of the newest version of its report
  type VARCHAR NOT NULL,
  mode VARCHAR,
  status VARCHAR NOT NULL, -- actual, intended, hypothetical, negated, background
  quad INTEGER NOT NULL, -- 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
  intensity DOUBLE PRECISION, -- -10 to 10
  cameo VARCHAR NOT NULL,
  contexts JSON NOT NULL,
  day_from DATE, -- first day, null where unknown
  day_to DATE, -- last day
  place_name VARCHAR,
  place_folded VARCHAR, -- place_name in lower case
  place_country VARCHAR,
  confidence DOUBLE PRECISION NOT NULL, -- that type, actors and recipients are all right
  sentence VARCHAR NOT NULL, -- the evidence
  words VARCHAR NOT NULL, -- of the sentence in lower case, each after one space: what is searched
  sentence_index INTEGER NOT NULL,
  sentence_start_at INTEGER NOT NULL,
  sentence_end_at INTEGER NOT NULL,
  trigger_words JSON NOT NULL,
  actors JSON NOT NULL,
  recipients JSON NOT NULL,
  date JSON,
  place JSON,
  story VARCHAR, -- the affair, s and stories.number; null until the report is gathered
  review VARCHAR, -- what a reviewer said: accepted, rejected, corrected, added; null where nobody did. What was rejected is not current
  valid_from DATE, -- the day on which a reviewer left it so; null where it is as its coder wrote it
  valid_until DATE, -- the day on which a reviewer changed it; null for the row as it is now
  past_of BIGINT, -- mentions.number of the row whose earlier state this is; null for the row as it is now
  own_event VARCHAR, -- the deed's id within its report
  publisher VARCHAR, -- of the report
  actor_parties INTEGER[], -- parties.number of those who act, each once; 0 alone where nobody is told: counts and filters look here and at no other table
  recipient_parties INTEGER[], -- of those who are acted upon
  dyad_parties BIGINT[], -- of each of its dyads once: the actor's number times 67108864 and the recipient's; 0 alone where there is none
  own_head BIGINT, -- the mention that speaks for the deed within its report
  place_level VARCHAR, -- point, city, region, country, sea, unknown: how exactly the place is known
  place_lat DOUBLE PRECISION, -- degrees; null where no point is known
  place_lon DOUBLE PRECISION
);

-- Who stands on which side of a mention.
CREATE TABLE sides (
  mention BIGINT NOT NULL, -- mentions.number
  role VARCHAR NOT NULL, -- actor or recipient
  actor INTEGER NOT NULL -- actors.number
);

-- Each pair of actor and recipient of a mention. Two actors of a meeting or agreement without recipient stand in it both ways.
CREATE TABLE dyads (
  mention BIGINT NOT NULL, -- mentions.number
  actor INTEGER NOT NULL, -- actors.number
  recipient INTEGER NOT NULL -- actors.number
);

-- Who said what, in whose words.
CREATE TABLE quotes (
  number BIGINT NOT NULL, -- 1, 2, 3 in the order of arrival
  report INTEGER NOT NULL, -- reports.number
  run INTEGER NOT NULL, -- runs.number
  id VARCHAR NOT NULL,
  is_current BOOLEAN NOT NULL,
  kind VARCHAR NOT NULL, -- direct, mixed, indirect
  speaker INTEGER, -- actors.number
  confidence DOUBLE PRECISION NOT NULL,
  content_text VARCHAR NOT NULL, -- what was said
  words VARCHAR NOT NULL, -- of it in lower case, each after one space: what is searched
  content JSON NOT NULL,
  cue JSON,
  speaker_words JSON,
  sentence JSON NOT NULL,
  review VARCHAR, -- what a reviewer said, as of mentions
  valid_from DATE, -- the day on which a reviewer left it so
  valid_until DATE, -- the day on which a reviewer changed it
  past_of BIGINT -- quotes.number of the row whose earlier state this is
);

-- What reviewers said of mentions and quotes, each verdict with its changes. The last one on a row is in force, until it is undone.
CREATE TABLE corrections (
  number INTEGER NOT NULL, -- 1, 2, 3 in the order in which they were made
  key VARCHAR NOT NULL, -- the asker's own name for it, so that asking twice corrects once
  report INTEGER NOT NULL, -- reports.number
  mention BIGINT, -- mentions.number of the row it stands on; null where the present coding has none
  type VARCHAR NOT NULL, -- what the coder wrote there, by which the row is found again in a later coding; of a quote QUOTE
  start_at INTEGER NOT NULL, -- of the trigger, or of what was said
  end_at INTEGER NOT NULL,
  verdict VARCHAR NOT NULL, -- accepted, rejected, corrected, added
  reviewer VARCHAR NOT NULL,
  made VARCHAR NOT NULL, -- when, ISO 8601, UTC
  why VARCHAR,
  changes JSON NOT NULL, -- a list of field, old and new, as the reviewer saw and left it
  fields JSON NOT NULL, -- what the row says otherwise than its coder wrote
  undone VARCHAR, -- when it was taken back; null while it was not
  quote BIGINT -- quotes.number of the row it stands on, where it is of a quote
);

-- What went wrong, and what was worth a warning.
CREATE TABLE problems (
  report INTEGER, -- reports.number; null where no report came of it
  run INTEGER, -- runs.number
  code VARCHAR NOT NULL, -- a heading of docs/problems.md
  message VARCHAR NOT NULL,
  place JSON NOT NULL, -- input, line, report, as far as known
  is_warning BOOLEAN NOT NULL, -- the report was coded all the same
  added DATE NOT NULL
);

-- How a current report was gathered with others.
CREATE TABLE gathered (
  report INTEGER NOT NULL, -- reports.number
  run INTEGER NOT NULL, -- of the coding that was gathered
  copy_of INTEGER, -- reports.number of the first report of nearly the same text; null where this is the first or the only one
  likeness DOUBLE PRECISION, -- share of the text in common with a copy, 0 to 1
  story INTEGER NOT NULL, -- stories.number
  published DATE,
  keys VARCHAR NOT NULL, -- countries and names in its events, each between bars: what others are looked for by
  words JSON NOT NULL -- stems of title and lead
);

-- Parts of the signature of a report's text (MinHash): reports with one in common may be copies.
CREATE TABLE bands (
  report INTEGER NOT NULL, -- reports.number
  band INTEGER NOT NULL
);

-- What a current report tells of one deed, as it is compared with what others tell.
CREATE TABLE tellings (
  number BIGINT NOT NULL, -- mentions.number of the first mention that tells it
  report INTEGER NOT NULL, -- reports.number
  id VARCHAR NOT NULL, -- the deed's id within the report
  deed BIGINT NOT NULL, -- the same for all tellings of one deed
  type VARCHAR NOT NULL,
  outcome VARCHAR NOT NULL, -- actual for what happened, as news or as history; else the status
  first_day DATE, -- the days on which others may tell it
  last_day DATE,
  keys VARCHAR NOT NULL, -- countries, names and places, each between bars
  compared JSON NOT NULL, -- sides, place, tolls and words
  joined BIGINT, -- tellings.number of the one that it was found to be like; null for the first of a deed
  reasons JSON NOT NULL -- why
);

-- Affairs: reports that belong together.
CREATE TABLE stories (
  number INTEGER NOT NULL, -- reports.number of the oldest report
  central INTEGER NOT NULL, -- reports.number of the report that the others are most like: its title is the headline
  reports INTEGER NOT NULL,
  first_day DATE, -- of publication
  last_day DATE
);

-- Why two reports are of one affair.
CREATE TABLE links (
  report INTEGER NOT NULL, -- reports.number
  other INTEGER NOT NULL, -- reports.number
  reason VARCHAR NOT NULL
);

-- What a person ruled: that several tellings are one deed, or that one tells another deed than the rest.
CREATE TABLE rulings (
  number INTEGER NOT NULL, -- 1, 2, 3
  kind VARCHAR NOT NULL, -- merge or split
  ids JSON NOT NULL, -- of the tellings when it was made; of a split the first is the one set apart
  made DATE NOT NULL,
  undone DATE, -- null while it is in force
  before JSON NOT NULL -- which tellings were one deed before it: lists of report and id
);

-- The mentions that a ruling is of; of a split the first is the one set apart.
CREATE TABLE ruled (
  ruling INTEGER NOT NULL, -- rulings.number
  place INTEGER NOT NULL, -- from 0
  report INTEGER NOT NULL, -- reports.number
  sentence VARCHAR NOT NULL, -- with type and words: how it is found again when the report is coded anew
  type VARCHAR NOT NULL,
  words VARCHAR NOT NULL -- how its trigger begins in mentions.trigger_words
);

-- Indexes are PostgreSQL's: DuckDB reads columns as fast without.
CREATE INDEX reports_id ON reports (id);
CREATE INDEX reports_url ON reports (url);
CREATE INDEX reports_source ON reports (source);
CREATE INDEX sentences_report ON sentences (report);
CREATE INDEX codings_report ON codings (report);
CREATE INDEX codings_run ON codings (run);
CREATE INDEX actors_folded ON actors (folded);
CREATE INDEX actors_country ON actors (country);
CREATE INDEX actors_code ON actors (code);
CREATE INDEX parties_name ON parties (name);
CREATE INDEX mentions_number ON mentions (number);
CREATE INDEX mentions_report ON mentions (report);
CREATE INDEX mentions_day ON mentions (day_from DESC NULLS LAST, number) WHERE is_current;
CREATE INDEX sides_mention ON sides (mention);
CREATE INDEX sides_actor ON sides (actor);
CREATE INDEX dyads_mention ON dyads (mention);
CREATE INDEX dyads_actor ON dyads (actor, recipient);
CREATE INDEX quotes_number ON quotes (number);
CREATE INDEX quotes_report ON quotes (report);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX mentions_event ON mentions (event);
CREATE INDEX mentions_past ON mentions (past_of) WHERE past_of IS NOT NULL;
CREATE INDEX corrections_report ON corrections (report);
CREATE INDEX problems_report ON problems (report);
CREATE INDEX mentions_id ON mentions (id);
CREATE INDEX mentions_head ON mentions (head);
CREATE INDEX mentions_story ON mentions (story) WHERE story IS NOT NULL;
CREATE INDEX corrections_key ON corrections (key);
CREATE INDEX corrections_mention ON corrections (mention);
CREATE INDEX gathered_report ON gathered (report);
CREATE INDEX gathered_story ON gathered (story);
CREATE INDEX gathered_published ON gathered (published);
CREATE INDEX gathered_copy ON gathered (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX bands_band ON bands (band);
CREATE INDEX bands_report ON bands (report);
CREATE INDEX tellings_number ON tellings (number);
CREATE INDEX tellings_report ON tellings (report);
CREATE INDEX tellings_deed ON tellings (deed);
CREATE INDEX tellings_type ON tellings (type, outcome, first_day);
CREATE INDEX stories_number ON stories (number);
CREATE INDEX links_report ON links (report);
CREATE INDEX links_other ON links (other);
CREATE INDEX ruled_report ON ruled (report);
