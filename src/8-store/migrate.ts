import {readFileSync} from "node:fs"
import {CoderError} from "../0-records/index.ts"
import type {Database, Session} from "./database.ts"

/** The tables, as a newcomer reads them; it is shipped where it stands in the sources. */
export const schema = readFileSync(new URL("../../src/8-store/schema.sql", import.meta.url), "utf8")

/** What brings a store of version 1, 2, 3 … to the next one. A change of schema.sql adds one here. PostgreSQL is there since version 3. */
export const upgrades: readonly string[] = [
  `ALTER TABLE mentions ADD COLUMN review VARCHAR;
   ALTER TABLE mentions ADD COLUMN valid_from DATE;
   ALTER TABLE mentions ADD COLUMN valid_until DATE;
   ALTER TABLE mentions ADD COLUMN past_of BIGINT;
   CREATE TABLE corrections (number INTEGER NOT NULL, key VARCHAR NOT NULL, report INTEGER NOT NULL, mention BIGINT, type VARCHAR NOT NULL,
     start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, verdict VARCHAR NOT NULL, reviewer VARCHAR NOT NULL, made VARCHAR NOT NULL, why VARCHAR,
     changes JSON NOT NULL, fields JSON NOT NULL, undone VARCHAR);`,
  `ALTER TABLE reports ADD COLUMN words VARCHAR;
   UPDATE reports SET words = ${searchable("coalesce(title, '') || ' ' || text")};
   ALTER TABLE mentions ADD COLUMN words VARCHAR;
   ALTER TABLE mentions ADD COLUMN place_folded VARCHAR;
   UPDATE mentions SET words = ${searchable("sentence")}, place_folded = lower(place_name);
   ALTER TABLE quotes ADD COLUMN words VARCHAR;
   UPDATE quotes SET words = ${searchable("content_text")};
   ALTER TABLE actors ADD COLUMN folded VARCHAR;
   UPDATE actors SET folded = lower(name)`,
  `ALTER TABLE store ADD COLUMN generation INTEGER;
   ALTER TABLE mentions ADD COLUMN own_event VARCHAR;
   ALTER TABLE mentions ADD COLUMN own_head BIGINT;
   UPDATE mentions SET own_event = event, own_head = head;
   CREATE TABLE gathered (report INTEGER NOT NULL, run INTEGER NOT NULL, copy_of INTEGER, likeness DOUBLE PRECISION, story INTEGER NOT NULL, published DATE, keys VARCHAR NOT NULL, words JSON NOT NULL);
   CREATE TABLE bands (report INTEGER NOT NULL, band INTEGER NOT NULL);
   CREATE TABLE tellings (number BIGINT NOT NULL, report INTEGER NOT NULL, id VARCHAR NOT NULL, deed BIGINT NOT NULL, type VARCHAR NOT NULL, outcome VARCHAR NOT NULL, first_day DATE, last_day DATE, keys VARCHAR NOT NULL, compared JSON NOT NULL, joined BIGINT, reasons JSON NOT NULL);
   CREATE TABLE stories (number INTEGER NOT NULL, central INTEGER NOT NULL, reports INTEGER NOT NULL, first_day DATE, last_day DATE);
   CREATE TABLE links (report INTEGER NOT NULL, other INTEGER NOT NULL, reason VARCHAR NOT NULL);
   CREATE TABLE rulings (number INTEGER NOT NULL, kind VARCHAR NOT NULL, ids JSON NOT NULL, made DATE NOT NULL, undone DATE, before JSON NOT NULL);
   CREATE TABLE ruled (ruling INTEGER NOT NULL, place INTEGER NOT NULL, report INTEGER NOT NULL, sentence VARCHAR NOT NULL, type VARCHAR NOT NULL, words VARCHAR NOT NULL)`,
  `ALTER TABLE mentions ADD COLUMN place_level VARCHAR;
   ALTER TABLE mentions ADD COLUMN place_lat DOUBLE PRECISION;
   ALTER TABLE mentions ADD COLUMN place_lon DOUBLE PRECISION;
   UPDATE mentions SET place_level = place->>'level', place_lat = CAST((place->>'lat') AS DOUBLE PRECISION), place_lon = CAST((place->>'lon') AS DOUBLE PRECISION)
     WHERE place_name IS NOT NULL;
   ALTER TABLE reports ADD COLUMN dropped JSON;
   ALTER TABLE quotes ADD COLUMN review VARCHAR;
   ALTER TABLE quotes ADD COLUMN valid_from DATE;
   ALTER TABLE quotes ADD COLUMN valid_until DATE;
   ALTER TABLE quotes ADD COLUMN past_of BIGINT;
   ALTER TABLE corrections ADD COLUMN quote BIGINT`,
  // Gathering and corrections on PostgreSQL.
  `CREATE INDEX mentions_id ON mentions (id);
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
   CREATE INDEX ruled_report ON ruled (report)`,
  `CREATE TABLE parties (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
   INSERT INTO parties SELECT row_number() OVER (ORDER BY min(number)), party FROM actors GROUP BY party;
   CREATE INDEX parties_name ON parties (name);
   ALTER TABLE actors ADD COLUMN party_number INTEGER;
   UPDATE actors SET party_number = p.number FROM parties p WHERE p.name = actors.party;
   ALTER TABLE mentions ADD COLUMN publisher VARCHAR;
   ALTER TABLE mentions ADD COLUMN actor_parties INTEGER[];
   ALTER TABLE mentions ADD COLUMN recipient_parties INTEGER[];
   ALTER TABLE mentions ADD COLUMN dyad_parties BIGINT[];
   UPDATE mentions SET publisher = r.publisher FROM reports r WHERE r.number = mentions.report;
   ${["actor", "recipient"]
     .map(
       role => `UPDATE mentions SET ${role}_parties = coalesce(g.numbers, ARRAY[0]) FROM mentions m
     LEFT JOIN (SELECT s.mention, array_agg(DISTINCT a.party_number) AS numbers FROM sides s JOIN actors a ON a.number = s.actor WHERE s.role = '${role}' GROUP BY s.mention) g
     ON g.mention = m.number WHERE m.number = mentions.number`,
     )
     .join("; ")};
   UPDATE mentions SET dyad_parties = coalesce(g.numbers, ARRAY[0]) FROM mentions m
     LEFT JOIN (SELECT d.mention, array_agg(DISTINCT x.party_number::BIGINT * 67108864 + y.party_number) AS numbers FROM dyads d
       JOIN actors x ON x.number = d.actor JOIN actors y ON y.number = d.recipient GROUP BY d.mention) g
     ON g.mention = m.number WHERE m.number = mentions.number`,
]

/** In SQL what words.ts does for new rows. */
function searchable(text: string): string {
  return `regexp_replace(regexp_replace(lower(${text}), '[^\\p{L}\\p{N}]+', ' ', 'g'), '^ ?', ' ')`
}

/**
 * Makes the tables of a new store, or brings an older one to the present version.
 *
 * @param make  whether an empty database becomes a store
 * @throws CoderError `store-unreadable`, where a later program made it, or another one
 */
export async function migrate(database: Database, {tables = schema, steps = upgrades, make = true} = {}): Promise<void> {
  const present = steps.length + 1
  const found = await versionOf(database)
  if (found === present) return
  if (found !== undefined && found > present) {
    const message = `Cannot open the store: found version ${found} of its tables, expected at most ${present}; a later version of this program made it`
    throw new CoderError("store-unreadable", message)
  }
  if (found === undefined && !make)
    throw new CoderError("store-unreadable", "Cannot open the store: found a database without tables; communique ingest makes them")
  const runAll = async (session: Session, script: string) => {
    for (const statement of statementsOf(script)) if (database.usesIndexes || !statement.startsWith("CREATE INDEX")) await session.all(statement)
  }
  /** A step a transaction: DuckDB alters no table whose rows the same one changed. Gives the version that is reached. */
  const step = () =>
    database.transaction(async session => {
      // Where several processes share a server, another may have been quicker.
      const now = await versionOf(session)
      if (now === present) return now
      await runAll(session, now === undefined ? tables : steps[now - 1]!)
      if (now === undefined) await session.insert("store", ["version", "must_rewrite"], [[present, false]])
      else await session.all("UPDATE store SET version = $1", [now + 1])
      return now === undefined ? present : now + 1
    })
  while ((await step()) < present);
}

/** `undefined` where there are no tables yet. */
async function versionOf(database: Session): Promise<number | undefined> {
  const tables = await database.all("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
  if (tables.length === 0) return undefined
  if (!["store", "runs", "codings", "mentions"].every(name => tables.some(({table_name}) => table_name === name))) {
    throw new CoderError("store-unreadable", "Cannot open the store: found a database with other tables, expected a store of Communique")
  }
  const [row] = await database.all("SELECT version FROM store")
  return row?.version as number
}

const statementsOf = (script: string) =>
  script
    .replace(/--.*$/gm, "")
    .split(";")
    .map(statement => statement.trim())
    .filter(statement => statement !== "")
