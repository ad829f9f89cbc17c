import {CoderError, type Correction, type Day, type Decision, type EventRecord, type FieldChange, type Quote, slice, type Verdict} from "../0-records/index.ts"
import {type Page, type Rows, reportColumns, reportOf} from "./ask.ts"
import {type Database, next, type Row, type Session, Values} from "./database.ts"
import {json} from "./mention.ts"
import {keepPast, quoteType, type Subject, subjects} from "./reviewed.ts"

/** Reviewers' verdicts on events and quotes (`reviewed.ts`). The last verdict on a row that was not taken back decides. */

/** A correction, with the row as it is now; `null` where it is none any more. */
export type Corrected = {readonly correction: Correction; readonly event: EventRecord | null; readonly quote: Quote | null}

/** A record, as far as it is not asked which. */
type Reviewed = EventRecord | Quote

/** Keeps a verdict and puts it in force. The same again, by its key, changes nothing. */
export function correct(database: Database, decision: Decision): Promise<Corrected> {
  return database.transaction(async session => {
    const [known] = await session.all("SELECT number FROM corrections WHERE key = $1", [decision.key])
    if (known) return corrected(session, known.number as number)
    const day = decision.made.slice(0, 10)
    const subject = subjects[decision.of ?? "event"]
    const {fields: correctable, standsIn} = subject
    const report = await currentCoding(session, decision.report)
    const row = decision.event === null ? await addRow(session, subject, decision, report, day) : await rowOf(session, subject, decision.event, report)
    const coded = await codedRow(session, row)
    const seen = decision.isBlind ? coded : row
    const left = decision.record ?? seen.record
    const isAdded = decision.event === null
    const verdict: Verdict = isAdded
      ? "added"
      : decision.verdict === "corrected" && changesOf(subject, seen.record, left).length === 0
        ? "accepted"
        : decision.verdict
    const changes = isAdded
      ? correctable.map(field => ({field, old: null, new: fieldOf(left, field)}))
      : verdict === "rejected"
        ? []
        : changesOf(subject, seen.record, left)
    const fields = verdict === "rejected" ? {} : Object.fromEntries(changesOf(subject, coded.record, left).map(change => [change.field, change.new]))
    const {start, end} = subject.words(coded.record)
    const number = await next(session, "corrections")
    await session.insert(
      "corrections",
      ["number", "key", "report", standsIn, "type", "start_at", "end_at", "verdict", "reviewer", "made", "why", "changes", "fields"],
      [
        [
          ...[number, decision.key, report.report, row.number, subject.type(coded.record), start, end, verdict],
          ...[decision.reviewer, decision.made, decision.why, json(changes), json(isAdded ? recordFields(subject, left) : fields)],
        ],
      ],
    )
    await settle(session, subject, row.number, day)
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
    const [found] = await session.all("SELECT mention, quote, undone FROM corrections WHERE number = $1", [number])
    if (!found) throw new CoderError("not-found", `Cannot undo correction ${number}: found none of this number`)
    if (found.undone === null) {
      await session.all("UPDATE corrections SET undone = $1 WHERE number = $2", [made, number])
      for (const subject of Object.values(subjects)) {
        const row = found[subject.standsIn] ?? null
        if (row !== null) await settle(session, subject, row as number, made.slice(0, 10))
      }
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
  const gone = "c.undone IS NULL AND (coalesce(c.mention, c.quote) IS NULL OR NOT r.is_current)"
  const from = "corrections c JOIN reports r ON r.number = c.report"
  const [counted] = await session.all(
    `SELECT count(*)::INTEGER AS total, count(*) FILTER (WHERE ${gone})::INTEGER AS gone FROM ${from} WHERE ${where}`,
    values.list,
  )
  const start = after === undefined ? "true" : `c.number < ${values.add(Number(after))}`
  const rows = await session.all(
    `SELECT ${correctionColumns} FROM ${from} ${standing}
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
  for (const subject of Object.values(subjects)) {
    await reattachTo(
      session,
      subject,
      rows.filter(row => subjectOf(row) === subject.of),
      {report, run},
      day,
    )
  }
}

/** What a verdict is on. */
const subjectOf = ({type}: Row) => (type === quoteType ? "quote" : "event")

async function reattachTo(session: Session, subject: Subject, rows: readonly Row[], {report, run}: CodingOf, day: Day): Promise<void> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const stands = row[subject.standsIn] ?? null
    const key = stands === null ? JSON.stringify([row.type, row.start_at, row.end_at]) : String(stands)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  if (groups.size === 0) return
  const found = await session.all(`${subject.select} WHERE m.report = $1 AND m.run = $2 AND m.past_of IS NULL ORDER BY m.number`, [report, run])
  const free = new Set(found.map(row => rowFrom(subject, row)))
  for (const group of groups.values()) {
    const last = group.filter(({undone}) => undone === null).at(-1)
    const [{type, start_at, end_at}] = group as [Row, ...Row[]]
    const fields = (last ? JSON.parse(last.fields as string) : {}) as Partial<EventRecord>
    const match = nearest([...free], {start: start_at as number, end: end_at as number}, [type as string, ...(fields.type ? [fields.type] : [])])
    if (match) free.delete(match)
    const first = group[0]!
    const isMissed = !match && last !== undefined && first.verdict === "added"
    const added = () => insertRow(session, subject, JSON.parse(first.fields as string) as Reviewed, {report, run}, day)
    const number = match?.number ?? (isMissed ? await added() : null)
    for (const one of group) await session.all(`UPDATE corrections SET ${subject.standsIn} = $1 WHERE number = $2`, [number, one.number!])
    if (number !== null && last) await settle(session, subject, number, day)
  }
}

/** The row that tells the same: of one of the types, its trigger overlapping; the first type before others, then the greatest overlap. */
function nearest(rows: readonly Standing[], {start, end}: {start: number; end: number}, types: readonly string[]): Standing | undefined {
  const overlap = ({subject, record}: Standing) => Math.min(end, subject.words(record).end) - Math.max(start, subject.words(record).start)
  const place = ({subject, record}: Standing) => types.indexOf(subject.type(record))
  return rows.filter(row => place(row) >= 0 && overlap(row) > 0).toSorted((one, other) => place(one) - place(other) || overlap(other) - overlap(one))[0]
}

/** A row with its record. */
type Standing = {
  readonly subject: Subject
  readonly number: number
  readonly report: number
  readonly run: number
  readonly validFrom: string | null
  readonly record: Reviewed
}

const rowFrom = (subject: Subject, row: Row): Standing => ({
  subject,
  number: row.number as number,
  report: row.report as number,
  run: row.run as number,
  validFrom: row.valid_from as string | null,
  record: subject.recordOf(row),
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

async function rowOf(session: Session, subject: Subject, id: string, {report, run}: CodingOf): Promise<Standing> {
  const [row] = await session.all(`${subject.select} WHERE m.report = $1 AND m.run = $2 AND m.id = $3 AND m.past_of IS NULL`, [report, run, id])
  if (!row) throw new CoderError("not-found", `Cannot correct ${JSON.stringify(id.slice(0, 200))}: the present coding of its report has no such row`)
  return rowFrom(subject, row)
}

/** The row as its coder wrote it, or as it was added by hand; itself where nobody changed it. */
async function codedRow(session: Session, row: Standing): Promise<Standing & {readonly isByHand: boolean}> {
  if (row.validFrom === null) return {...row, isByHand: false}
  const {subject} = row
  const [past] = await session.all(`${subject.select} WHERE m.past_of = $1 AND m.valid_from IS NULL`, [row.number])
  if (past) return {...rowFrom(subject, past), isByHand: false}
  const [added] = await session.all(`SELECT fields FROM corrections WHERE ${subject.standsIn} = $1 AND verdict = 'added' ORDER BY number LIMIT 1`, [row.number])
  return {...row, isByHand: true, ...(added && {record: withFields(row.record, added.fields)})}
}

/** The record with the fields that a verdict holds. */
const withFields = (record: Reviewed, fields: Row[string] | undefined) => ({...record, ...(JSON.parse(fields as string) as object)}) as Reviewed

async function addRow(session: Session, subject: Subject, {record}: Decision, coding: CodingOf, day: Day): Promise<Standing> {
  if (!record)
    throw new CoderError(
      "correction-wrong",
      `Cannot add ${subject.of === "event" ? "an event: expected its type and the words that tell it" : "a quote: expected the words that were said"}`,
    )
  const number = await insertRow(session, subject, record, coding, day)
  const [row] = await session.all(`${subject.select} WHERE m.number = $1`, [number])
  return rowFrom(subject, row!)
}

/** A row by hand. It is no coder's, so that it is valid from a day on. */
async function insertRow(
  session: Session,
  {table, letter, columns, values, own}: Subject,
  record: Reviewed,
  {report, run}: CodingOf,
  day: Day,
): Promise<number> {
  const [{id, publisher} = {id: "", publisher: null}] = await session.all("SELECT id, publisher FROM reports WHERE number = $1", [report])
  const ids = (await session.all(`SELECT id FROM ${table} WHERE report = $1 AND run = $2 AND valid_from IS NOT NULL`, [report, run])).map(row => row.id)
  let n = 1
  while (ids.includes(`${id}/${letter}${n}`)) n++
  const [number, name] = [await next(session, table), `${id}/${letter}${n}`]
  const further = own(name, number, publisher as string | null)
  await session.insert(
    table,
    ["number", "report", "run", "id", "is_current", "confidence", "valid_from", ...further.map(([column]) => column), ...columns],
    [[number, report, run, name, false, 1, day, ...further.map(([, value]) => value), ...(await values(session, record))]],
  )
  return number
}

const fieldOf = (record: Reviewed, field: FieldChange["field"]) => (record as unknown as Readonly<Record<string, unknown>>)[field]

const recordFields = ({fields}: Subject, record: Reviewed) => Object.fromEntries(fields.map(field => [field, fieldOf(record, field)]))

function changesOf({fields, whole}: Subject, before: Reviewed, after: Reviewed): FieldChange[] {
  const differs = fields.filter(field => JSON.stringify(fieldOf(before, field)) !== JSON.stringify(fieldOf(after, field)))
  // What is of one piece may not stay behind in part on a later coder's row.
  const isOtherKind = whole.slice(0, 2).some(field => differs.includes(field))
  const told = isOtherKind ? fields.filter(field => differs.includes(field) || whole.includes(field)) : differs
  return told.map(field => ({field, old: fieldOf(before, field), new: fieldOf(after, field)}))
}

/** Brings a row to what the last verdict on it says, or back to what its coder wrote. */
async function settle(session: Session, subject: Subject, number: number, day: Day): Promise<void> {
  const {table, standsIn, columns, follow} = subject
  const [found] = await session.all(`${subject.select} WHERE m.number = $1`, [number])
  const row = rowFrom(subject, found!)
  const [last] = await session.all(`SELECT verdict, fields FROM corrections WHERE ${standsIn} = $1 AND undone IS NULL ORDER BY number DESC LIMIT 1`, [number])
  const {record: coded, isByHand} = await codedRow(session, row)
  const verdict = (last?.verdict ?? (isByHand ? "rejected" : null)) as Verdict | null
  const after = last ? withFields(coded, last.fields) : coded
  const [coding] = await session.all("SELECT 1 AS n FROM codings WHERE report = $1 AND run = $2 AND until IS NULL", [row.report, row.run])
  await keepPast(session, subject, number, day, row.validFrom)
  const values = new Values()
  const set = (names: readonly string[], given: Parameters<Values["addAll"]>[0]) => names.map((column, at) => `${column} = ${values.add(given[at]!)}`)
  const all = [
    ...set(columns, await subject.values(session, after)),
    ...set(
      ["review", "confidence", "is_current", "valid_from"],
      [verdict, verdict === null ? coded.confidence : 1, coding !== undefined && verdict !== "rejected", day],
    ),
  ]
  await session.all(`UPDATE ${table} SET ${all.join(", ")} WHERE number = ${values.add(number)}`, values.list)
  await follow(session, {number, before: row.record, after, isByHand, day})
}

const isInForce = `(c.undone IS NULL AND coalesce(c.mention, c.quote) IS NOT NULL AND r.is_current
  AND NOT EXISTS (SELECT 1 FROM corrections later WHERE (later.mention = c.mention OR later.quote = c.quote) AND later.undone IS NULL AND later.number > c.number))`

const correctionColumns = `c.number, c.type, c.start_at, c.end_at, c.verdict, c.reviewer, c.made, c.why, c.changes, c.undone, ${isInForce} AS in_force,
  CASE WHEN r.is_current THEN m.id END AS event, CASE WHEN r.is_current THEN q.id END AS quote, r.text, ${reportColumns}`

const standing = "LEFT JOIN mentions m ON m.number = c.mention LEFT JOIN quotes q ON q.number = c.quote"

async function corrected(session: Session, number: number): Promise<Corrected> {
  const [found] = await session.all(
    `SELECT c.mention, c.quote AS quoted, ${correctionColumns} FROM corrections c JOIN reports r ON r.number = c.report ${standing} WHERE c.number = $1`,
    [number],
  )
  const now = async ({select, recordOf}: Subject, row: Row[string] | undefined) => {
    const [one] = await session.all(`${select} WHERE m.number = $1 AND m.is_current`, [row ?? 0])
    return one ? recordOf(one) : null
  }
  return {
    correction: correctionOf(found!),
    event: (await now(subjects.event, found?.mention)) as EventRecord | null,
    quote: (await now(subjects.quote, found?.quoted)) as Quote | null,
  }
}

function correctionOf(row: Row): Correction {
  const [start, end] = [row.start_at as number, row.end_at as number]
  return {
    number: row.number as number,
    report: reportOf(row),
    of: subjectOf(row),
    event: row.event as string | null,
    quote: row.quote as string | null,
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
