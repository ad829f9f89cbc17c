import {CoderError, type Correction, correctable, type Day, type Decision, type EventRecord, type FieldChange, slice, type Verdict} from "../0-records/index.ts"
import {eventOf, mentionColumns, type Page, type Rows, reportColumns, reportOf, runColumns} from "./ask.ts"
import {type Database, type Row, type Session, Values} from "./database.ts"
import {addSides, fieldColumns, fieldValues, headsOf, internActors, json, partyColumns, partyValues} from "./mention.ts"

/**
 * Reviewers' verdicts. The row of a mention always is as reviewers left it, so that every question finds it so; what it was
 * before stands in rows of the same table whose `past_of` names it. The last verdict that was not taken back decides.
 */

/** A correction, with the row as it is now; `null` where it is none any more. */
export type Corrected = {readonly correction: Correction; readonly event: EventRecord | null}

/** Keeps a verdict and puts it in force. The same again, by its key, changes nothing. */
export function correct(database: Database, decision: Decision): Promise<Corrected> {
  return database.transaction(async session => {
    const [known] = await session.all("SELECT number FROM corrections WHERE key = $1", [decision.key])
    if (known) return corrected(session, known.number as number)
    const day = decision.made.slice(0, 10)
    const report = await currentCoding(session, decision.report)
    const row = decision.event === null ? await addRow(session, decision, report, day) : await rowOf(session, decision.event, report)
    const coded = await codedRow(session, row)
    const seen = decision.isBlind ? coded : row
    const left = decision.record ?? seen.event
    const isAdded = decision.event === null
    const verdict: Verdict = isAdded ? "added" : decision.verdict === "corrected" && changesOf(seen.event, left).length === 0 ? "accepted" : decision.verdict
    const changes = isAdded ? correctable.map(field => ({field, old: null, new: left[field]})) : verdict === "rejected" ? [] : changesOf(seen.event, left)
    const fields = verdict === "rejected" ? {} : Object.fromEntries(changesOf(coded.event, left).map(change => [change.field, change.new]))
    const {type, trigger} = coded.event
    const number = await next(session, "corrections")
    await session.insert(
      "corrections",
      ["number", "key", "report", "mention", "type", "start_at", "end_at", "verdict", "reviewer", "made", "why", "changes", "fields"],
      [
        [
          ...[number, decision.key, report.report, row.number, type, trigger.start, trigger.end, verdict, decision.reviewer, decision.made, decision.why],
          ...[json(changes), json(isAdded ? recordFields(left) : fields)],
        ],
      ],
    )
    await settle(session, row.number, day)
    return corrected(session, number)
  })
}

/**
 * Takes a verdict back; the one before it, or the coder's own row, counts again. It stays in the list. A second time changes nothing.
 *
 * @throws CoderError `not-found`
 */
export function undo(database: Database, number: number, made: string): Promise<Corrected> {
  return database.transaction(async session => {
    const [found] = await session.all("SELECT mention, undone FROM corrections WHERE number = $1", [number])
    if (!found) throw new CoderError("not-found", `Cannot undo correction ${number}: found none of this number`)
    if (found.undone === null) {
      await session.all("UPDATE corrections SET undone = $1 WHERE number = $2", [made, number])
      if (found.mention !== null) await settle(session, found.mention as number, made.slice(0, 10))
    }
    return corrected(session, number)
  })
}

/** Which corrections are listed. */
export type CorrectionQuery = {
  readonly report?: string
  readonly reviewer?: string
  /** Only those that were not taken back. */
  readonly isStanding?: boolean
  /** Only those that were neither taken back nor have a row to stand on. */
  readonly isUnattached?: boolean
}

/** Corrections, the newest first; those taken back and those whose row is gone included. */
export async function corrections(
  session: Session,
  {report, reviewer, isStanding, isUnattached}: CorrectionQuery,
  {limit = 100, after}: Page = {},
): Promise<Rows<Correction> & {readonly total: number; readonly unattached: number}> {
  const values = new Values()
  const conditions = ["true"]
  if (report !== undefined) {
    const given = values.add(report)
    conditions.push(`(r.id = ${given} OR r.key = ${given} OR r.url = ${given})`)
  }
  if (reviewer !== undefined) conditions.push(`c.reviewer = ${values.add(reviewer)}`)
  if (isStanding) conditions.push("c.undone IS NULL")
  const where = conditions.join(" AND ")
  const gone = "c.undone IS NULL AND (c.mention IS NULL OR NOT r.is_current)"
  const from = "corrections c JOIN reports r ON r.number = c.report"
  const [counted] = await session.all(
    `SELECT count(*)::INTEGER AS total, count(*) FILTER (WHERE ${gone})::INTEGER AS gone FROM ${from} WHERE ${where}`,
    values.list,
  )
  const start = after === undefined ? "true" : `c.number < ${values.add(Number(after))}`
  const rows = await session.all(
    `SELECT ${correctionColumns} FROM ${from} LEFT JOIN mentions m ON m.number = c.mention
     WHERE ${where} AND ${isUnattached ? gone : "true"} AND ${start} ORDER BY c.number DESC LIMIT ${values.add(limit)}`,
    values.list,
  )
  return {
    rows: rows.map(correctionOf),
    next: rows.length === limit ? String(rows.at(-1)?.number) : null,
    total: counted?.total as number,
    unattached: counted?.gone as number,
  }
}

/**
 * Puts the corrections of a report on the rows of its new coding. A verdict goes to the row whose trigger overlaps and whose type is the
 * coder's own then or the reviewer's; what was added by hand and is found by no row is added again; the rest stands on no row.
 */
export async function reattach(session: Session, report: number, run: number, day: Day): Promise<void> {
  const rows = await session.all("SELECT * FROM corrections WHERE report = $1 ORDER BY number", [report])
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = row.mention === null ? JSON.stringify([row.type, row.start_at, row.end_at]) : String(row.mention)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  if (groups.size === 0) return
  const found = await session.all(`${selectRows} WHERE m.report = $1 AND m.run = $2 AND m.past_of IS NULL ORDER BY m.number`, [report, run])
  const free = new Set(found.map(rowFrom))
  for (const group of groups.values()) {
    const last = group.filter(({undone}) => undone === null).at(-1)
    const [{type, start_at, end_at}] = group as [Row, ...Row[]]
    const fields = (last ? JSON.parse(last.fields as string) : {}) as Partial<EventRecord>
    const match = nearest([...free], {start: start_at as number, end: end_at as number}, [type as string, ...(fields.type ? [fields.type] : [])])
    if (match) free.delete(match)
    const first = group[0]!
    const isMissed = !match && last !== undefined && first.verdict === "added"
    const number = match?.number ?? (isMissed ? await insertRow(session, JSON.parse(first.fields as string) as EventRecord, {report, run}, day) : null)
    for (const one of group) await session.all("UPDATE corrections SET mention = $1 WHERE number = $2", [number, one.number!])
    if (number !== null && last) await settle(session, number, day)
  }
}

/** The row that tells the same: of one of the types, its trigger overlapping; the first type before others, then the greatest overlap. */
function nearest(rows: readonly Standing[], {start, end}: {start: number; end: number}, types: readonly string[]): Standing | undefined {
  const overlap = ({event: {trigger}}: Standing) => Math.min(end, trigger.end) - Math.max(start, trigger.start)
  return rows
    .filter(row => types.includes(row.event.type) && overlap(row) > 0)
    .toSorted((one, other) => types.indexOf(one.event.type) - types.indexOf(other.event.type) || overlap(other) - overlap(one))[0]
}

/** A mention's row with its record. */
type Standing = {readonly number: number; readonly report: number; readonly run: number; readonly validFrom: string | null; readonly event: EventRecord}

const selectRows = `SELECT m.valid_from, ${mentionColumns}, ${reportColumns}, ${runColumns}
  FROM mentions m JOIN reports r ON r.number = m.report JOIN runs n ON n.number = m.run`

const rowFrom = (row: Row): Standing => ({
  number: row.number as number,
  report: row.report as number,
  run: row.run as number,
  validFrom: row.valid_from as string | null,
  event: eventOf(row),
})

type CodingOf = {readonly report: number; readonly run: number}

/** @throws CoderError `not-found` */
async function currentCoding(session: Session, id: string): Promise<CodingOf> {
  const [found] = await session.all(
    `SELECT c.report, c.run FROM codings c JOIN reports r ON r.number = c.report
     WHERE (r.id = $1 OR r.key = $1 OR r.url = $1) AND c.until IS NULL ORDER BY r.number DESC LIMIT 1`,
    [id],
  )
  if (!found) throw new CoderError("not-found", `Cannot correct report ${JSON.stringify(id.slice(0, 200))}: found none by this id`)
  return {report: found.report as number, run: found.run as number}
}

async function rowOf(session: Session, id: string, {report, run}: CodingOf): Promise<Standing> {
  const [row] = await session.all(`${selectRows} WHERE m.report = $1 AND m.run = $2 AND m.id = $3 AND m.past_of IS NULL`, [report, run, id])
  if (!row) throw new CoderError("not-found", `Cannot correct ${JSON.stringify(id.slice(0, 200))}: the present coding of its report has no such row`)
  return rowFrom(row)
}

/** The row as its coder wrote it, or as it was added by hand; itself where nobody changed it. */
async function codedRow(session: Session, row: Standing): Promise<Standing & {readonly isByHand: boolean}> {
  if (row.validFrom === null) return {...row, isByHand: false}
  const [past] = await session.all(`${selectRows} WHERE m.past_of = $1 AND m.valid_from IS NULL`, [row.number])
  if (past) return {...rowFrom(past), isByHand: false}
  const [added] = await session.all("SELECT fields FROM corrections WHERE mention = $1 AND verdict = 'added' ORDER BY number LIMIT 1", [row.number])
  return {...row, isByHand: true, ...(added && {event: {...row.event, ...(JSON.parse(added.fields as string) as Partial<EventRecord>)}})}
}

async function addRow(session: Session, {record}: Decision, coding: CodingOf, day: Day): Promise<Standing> {
  if (!record) throw new CoderError("correction-wrong", "Cannot add an event: expected its type and the words that tell it")
  const number = await insertRow(session, record, coding, day)
  const [row] = await session.all(`${selectRows} WHERE m.number = $1`, [number])
  return rowFrom(row!)
}

/** A row by hand. It is no coder's, so that it is valid from a day on. */
async function insertRow(session: Session, record: EventRecord, {report, run}: CodingOf, day: Day): Promise<number> {
  const [{id, publisher} = {id: "", publisher: null}] = await session.all("SELECT id, publisher FROM reports WHERE number = $1", [report])
  const ids = (await session.all("SELECT id FROM mentions WHERE report = $1 AND run = $2 AND valid_from IS NOT NULL", [report, run])).map(row => row.id)
  let n = 1
  while (ids.includes(`${id}/r${n}`)) n++
  const number = await next(session, "mentions")
  await session.insert(
    "mentions",
    ["number", "report", "run", "id", "event", "own_event", "head", "own_head", "is_current", "confidence", "valid_from", "publisher", ...fieldColumns],
    [[number, report, run, `${id}/r${n}`, `${id}/r${n}`, `${id}/r${n}`, number, number, false, 1, day, publisher!, ...fieldValues(record)]],
  )
  return number
}

const recordFields = (event: EventRecord) => Object.fromEntries(correctable.map(field => [field, event[field]]))

function changesOf(before: EventRecord, after: EventRecord): FieldChange[] {
  const differs = correctable.filter(field => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  // These five are of one piece: on a later coder's row none of them may stay behind.
  const kind = ["type", "mode", "quad", "intensity", "cameo"] as const
  const whole =
    differs.includes("type") || differs.includes("mode") ? correctable.filter(field => differs.includes(field) || kind.some(one => one === field)) : differs
  return whole.map(field => ({field, old: before[field], new: after[field]}))
}

/** Brings a mention's row to what the last verdict on it says, or back to what its coder wrote. */
async function settle(session: Session, number: number, day: Day): Promise<void> {
  const [found] = await session.all(`${selectRows} WHERE m.number = $1`, [number])
  const row = rowFrom(found!)
  const [last] = await session.all("SELECT verdict, fields FROM corrections WHERE mention = $1 AND undone IS NULL ORDER BY number DESC LIMIT 1", [number])
  const {event: coded, isByHand} = await codedRow(session, row)
  const verdict = (last?.verdict ?? (isByHand ? "rejected" : null)) as Verdict | null
  const event = {...coded, ...(last && (JSON.parse(last.fields as string) as Partial<EventRecord>))}
  const [coding] = await session.all("SELECT 1 AS n FROM codings WHERE report = $1 AND run = $2 AND until IS NULL", [row.report, row.run])
  await keepPast(session, number, day, row.validFrom)
  const values = new Values()
  const set = (columns: readonly string[], given: Parameters<Values["addAll"]>[0]) => columns.map((column, at) => `${column} = ${values.add(given[at]!)}`)
  const actors = await internActors(session, {events: [event]})
  const all = [
    ...set(fieldColumns, fieldValues(event)),
    ...set(partyColumns, partyValues(event, actors)),
    ...set(
      ["review", "confidence", "is_current", "valid_from"],
      [verdict, verdict === null ? coded.confidence : 1, coding !== undefined && verdict !== "rejected", day],
    ),
  ]
  await session.all(`UPDATE mentions SET ${all.join(", ")} WHERE number = ${values.add(number)}`, values.list)
  const [before, after] = [row.event, event].map(({type, actors, recipients}) => JSON.stringify([type, actors, recipients]))
  if (isByHand || before !== after) {
    for (const table of ["sides", "dyads"]) await session.all(`DELETE FROM ${table} WHERE mention = $1`, [number])
    await addSides(session, [{event, mention: number}], actors)
  }
  await speak(session, row.event.event, day)
}

/** Keeps the row as it is before it is changed. What its coder wrote is always kept; of later states the last of each day. */
async function keepPast(session: Session, number: number, day: Day, validFrom: string | null): Promise<void> {
  if (validFrom === day) return
  const past = await next(session, "mentions")
  const columns = ["report", "run", "id", "event", "confidence", "story", "review", "valid_from", "publisher", ...fieldColumns, ...partyColumns].join(", ")
  await session.all(
    `INSERT INTO mentions (number, head, is_current, valid_until, past_of, ${columns})
     SELECT $1::BIGINT, CASE WHEN head = number THEN $1::BIGINT ELSE head END, false, $2::DATE, number, ${columns} FROM mentions WHERE number = $3`,
    [past, day, number],
  )
  await session.all("INSERT INTO sides (mention, role, actor) SELECT $1::BIGINT, role, actor FROM sides WHERE mention = $2", [past, number])
  await session.all("INSERT INTO dyads (mention, actor, recipient) SELECT $1::BIGINT, actor, recipient FROM dyads WHERE mention = $2", [past, number])
}

/** Lets the right one of a deed's present mentions speak for it. */
async function speak(session: Session, event: string, day: Day): Promise<void> {
  const rows = await session.all("SELECT number, head, event, status, confidence, valid_from FROM mentions WHERE event = $1 AND is_current ORDER BY number", [
    event,
  ])
  const heads = headsOf(rows as unknown as Parameters<typeof headsOf>[0])
  for (const [at, row] of rows.entries()) {
    const head = rows[heads[at]!]!.number!
    if (row.head === head) continue
    await keepPast(session, row.number as number, day, row.valid_from as string | null)
    await session.all("UPDATE mentions SET head = $1, valid_from = $2 WHERE number = $3", [head, day, row.number!])
  }
}

async function next(session: Session, table: "mentions" | "corrections"): Promise<number> {
  const [row] = await session.all(`SELECT coalesce(max(number), 0)::INTEGER + 1 AS n FROM ${table}`)
  return row?.n as number
}

const isInForce = `(c.undone IS NULL AND c.mention IS NOT NULL AND r.is_current
  AND NOT EXISTS (SELECT 1 FROM corrections later WHERE later.mention = c.mention AND later.undone IS NULL AND later.number > c.number))`

const correctionColumns = `c.number, c.type, c.start_at, c.end_at, c.verdict, c.reviewer, c.made, c.why, c.changes, c.undone, ${isInForce} AS in_force,
  CASE WHEN r.is_current THEN m.id END AS event, r.text, ${reportColumns}`

async function corrected(session: Session, number: number): Promise<Corrected> {
  const [found] = await session.all(
    `SELECT c.mention, ${correctionColumns} FROM corrections c JOIN reports r ON r.number = c.report LEFT JOIN mentions m ON m.number = c.mention WHERE c.number = $1`,
    [number],
  )
  const [row] = await session.all(`${selectRows} WHERE m.number = $1 AND m.is_current`, [found?.mention ?? 0])
  return {correction: correctionOf(found!), event: row ? eventOf(row) : null}
}

function correctionOf(row: Row): Correction {
  const [start, end] = [row.start_at as number, row.end_at as number]
  return {
    number: row.number as number,
    report: reportOf(row),
    event: row.event as string | null,
    isInForce: row.in_force as boolean,
    type: row.type as string,
    trigger: {text: slice(row.text as string, start, end), start, end},
    verdict: row.verdict as Verdict,
    reviewer: row.reviewer as string,
    made: row.made as string,
    why: row.why as string | null,
    changes: JSON.parse(row.changes as string) as FieldChange[],
    undone: row.undone as string | null,
  }
}
