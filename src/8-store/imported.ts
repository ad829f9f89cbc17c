import {createHash} from "node:crypto"
import {CoderError, type Day, type Imported, type ImportedMention} from "../0-records/index.ts"
import {addRun, type Coding, findRun, lastNumbers} from "./add.ts"
import {eventOf, imported, selectMentions} from "./ask.ts"
import {type Database, type Session, type Value, Values} from "./database.ts"
import {addMentions, internActors} from "./mention.ts"
import {searchable} from "./words.ts"

/** The run that a data set's rows stand in: no coder of this program, so that no question answers them unless the run is asked for. */
const codingOf = (dataset: string, day: Day): Coding => ({
  coder: {version: dataset, model: "", ontology: "plover-2021", knowledge: "", config: ""},
  machine: imported,
  floor: 0,
  day,
})

/** What became of rows: `known` were there already. */
export type ImportedCount = {readonly run: number; readonly added: number; readonly known: number}

/** Adds rows of another data set in one transaction; a row that is there already adds nothing. */
export function importRows(
  database: Database,
  rows: readonly Imported[],
  {dataset, day}: {readonly dataset: string; readonly day: Day},
): Promise<ImportedCount> {
  return database.transaction(async session => {
    const last = await lastNumbers(session)
    const coding = codingOf(dataset, day)
    const run = (await findRun(session, coding)) ?? (await addRun(session, coding, last.runs + 1))
    const keyOf = ({report}: Imported) => `${dataset}:${report.id}`
    const keys = [...new Set(rows.map(keyOf))]
    const reports = await numbersOf(session, keys)
    const known = await knownIds(session, run, [...reports.values()])
    const fresh = [...new Map(rows.map(row => [row.id, row])).values()].filter(({id}) => !known.has(id))
    const added: Value[][] = []
    const counts = new Map<number, number>()
    const numbers = fresh.map(row => {
      const key = keyOf(row)
      let number = reports.get(key)
      if (number === undefined) {
        number = last.reports + added.length + 1
        reports.set(key, number)
        const {id, title, url, publisher, published} = row.report
        added.push([number, key, id, null, title, url, publisher, published, "", searchable(title ?? ""), day, false])
      }
      counts.set(number, (counts.get(number) ?? 0) + 1)
      return number
    })
    await session.insert("reports", ["number", "key", "id", "source", "title", "url", "publisher", "published", "text", "words", "added", "is_current"], added)
    await addCodings(session, counts, {run, day, first: last.reports + 1})
    const events = fresh.map(row => ({...row, coder: coding.coder}))
    const actors = await internActors(session, {events})
    await addMentions(session, events, actors, {report: numbers, run, isCurrent: false, first: last.mentions + 1})
    // The row of the event itself speaks for all its mentions, which came after it.
    if (events.some(({id, event}) => id !== event)) {
      await session.all(
        `UPDATE mentions SET head = e.number, own_head = e.number FROM mentions e
         WHERE e.run = ${run} AND e.id = mentions.event AND mentions.run = ${run} AND mentions.number > ${last.mentions}`,
      )
    }
    return {run, added: fresh.length, known: rows.length - fresh.length}
  })
}

/** What became of rows of mentions: `unplaced` tell an event that the store does not have. */
export type ImportedMentions = ImportedCount & {readonly unplaced: number}

/** Most rows of one statement. */
const mostIds = 1000

/**
 * Adds reports that tell events of a data set which stand in the store: each is another mention of its event, with the event's own
 * fields, since the data set tells no others. The report that the event itself names is there already.
 */
export async function importMentions(
  database: Database,
  rows: readonly ImportedMention[],
  of: {readonly dataset: string; readonly day: Day},
): Promise<ImportedMentions> {
  const run = (await findRun(database, codingOf(of.dataset, of.day))) ?? 0
  const events = new Map<string, ReturnType<typeof eventOf>>()
  const ids = [...new Set(rows.map(row => row.of))]
  for (let at = 0; at < ids.length; at += mostIds) {
    const values = new Values()
    const where = `m.run = ${run} AND m.id IN ${values.addAll(ids.slice(at, at + mostIds))}`
    for (const row of await database.all(`${selectMentions} WHERE ${where}`, values.list)) events.set(row.id as string, eventOf(row))
  }
  const placed = rows.flatMap(({of, report, index, confidence}): Imported[] => {
    const event = events.get(of)
    if (!event) return []
    const {coder: _, ...told} = event
    const id = event.report.id === report.id ? event.id : `${event.id}/${createHash("sha256").update(report.id).digest("hex").slice(0, 12)}`
    return [{...told, id, confidence, report, sentence: {...told.sentence, index}}]
  })
  const {added, known} = placed.length > 0 ? await importRows(database, placed, of) : {added: 0, known: 0}
  return {run, added, known, unplaced: rows.length - placed.length}
}

/** The present numbers of reports with these keys. */
async function numbersOf(session: Session, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await session.all(`SELECT key, number FROM reports WHERE key IN (${keys.map((_, at) => `$${at + 1}`).join(", ")})`, keys)
  return new Map(rows.map(({key, number}) => [key as string, number as number]))
}

async function knownIds(session: Session, run: number, reports: readonly number[]): Promise<ReadonlySet<string>> {
  if (reports.length === 0) return new Set()
  const rows = await session.all(`SELECT id FROM mentions WHERE run = $1 AND report IN (${reports.join(", ")})`, [run])
  return new Set(rows.map(({id}) => id as string))
}

/** Such a coding ends on the day it begins: it never is the one that counts. */
async function addCodings(session: Session, counts: ReadonlyMap<number, number>, {run, day, first}: {run: number; day: Day; first: number}): Promise<void> {
  const fresh = [...counts].filter(([report]) => report >= first)
  await session.insert(
    "codings",
    ["report", "run", "since", "until", "is_newest", "mentions", "events", "quotes"],
    fresh.map(([report, rows]) => [report, run, day, day, true, rows, rows, 0]),
  )
  for (const [report, rows] of counts) {
    if (report < first)
      await session.all("UPDATE codings SET mentions = mentions + $1, events = events + $1 WHERE report = $2 AND run = $3", [rows, report, run])
  }
}

/**
 * The run that a number or a data set's name means.
 *
 * @throws CoderError `query-wrong` where the store has no such run
 */
export async function runOf(session: Session, name: string): Promise<number> {
  const [row] = await session.all("SELECT number FROM runs WHERE number::VARCHAR = $1 OR (machine = $2 AND version = $1) ORDER BY number LIMIT 1", [
    name,
    imported,
  ])
  if (row) return row.number as number
  throw new CoderError("query-wrong", `Cannot find the run ${JSON.stringify(name)}: "communique runs" lists those of the store`)
}
