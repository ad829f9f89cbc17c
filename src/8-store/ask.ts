import {
  addDays,
  CoderError,
  type CoderRef,
  type Count,
  type Day,
  daysBetween,
  type EventRecord,
  type Problem,
  type Quote,
  type ReportRef,
  type Span,
  type Unit,
} from "../0-records/index.ts"
import {type Row, type Session, Values} from "./database.ts"
import {type Conditions, headsOnly, mentionConditions, type Query, quoteConditions, reportConditions} from "./query.ts"

/** Where a page begins and how long it is. */
export type Page = {
  /** Most rows; 100 where absent. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly after?: string
}

/** A page of a long list that a reader may jump into. */
export type SkippingPage = Page & {
  /** Rows to leave out before the page, counted from where it would begin; 0 where absent. */
  readonly skip?: number
}

/** Rows in a stable order; `next` is `null` on the last page. */
export type Rows<Kind> = {readonly rows: readonly Kind[]; readonly next: string | null}

/** The model's own least confidence: of the run that is asked for, else of the newest that coded reports here. */
export async function floorOf(session: Session, {run}: Pick<Query, "run"> = {}): Promise<number> {
  const [found] =
    run === undefined
      ? await session.all("SELECT floor FROM runs WHERE machine <> $1 ORDER BY number DESC LIMIT 1", [imported])
      : await session.all("SELECT floor FROM runs WHERE number = $1", [run])
  return (found?.floor as number | undefined) ?? 0
}

/** The `machine` of a run whose rows were read from another data set's files. */
export const imported = "import"

/** The condition that `unit` adds, and where its rows stand. */
export async function scopeOf(session: Session, query: Query, unit: Unit, values: Values): Promise<{from: string; where: string} & Conditions> {
  const conditions = unit === "quotes" ? quoteConditions(query, values) : await mentionConditions(session, query, values, await floorOf(session, query))
  const base = unit === "events" ? `${headsOnly(query, values)} AND ${conditions.base}` : conditions.base
  const from = unit === "quotes" ? "quotes m JOIN reports r ON r.number = m.report" : "mentions m"
  return {...conditions, base, from, where: [base, conditions.status, conditions.confidence, conditions.dated, conditions.range].join(" AND ")}
}

/** Mentions, or events by the mention that speaks for each: the latest day first, those without a day last, then in the order of arrival. */
export async function events(
  session: Session,
  query: Query,
  unit: "mentions" | "events",
  {limit = 100, after, skip = 0}: SkippingPage,
): Promise<Rows<EventRecord>> {
  const values = new Values()
  const {from, where} = await scopeOf(session, query, unit, values)
  const start = after === undefined ? "true" : startAfter("m.day_from", after, values)
  const [most, left] = [values.add(limit), values.add(skip)]
  const pageWithin = (days: string) =>
    session.all(
      // The page is found by its narrow columns; only its own rows are read whole.
      `SELECT ${mentionColumns}, ${reportColumns}, ${runColumns} FROM (
         SELECT m.number FROM ${from} WHERE ${where} AND ${start} AND ${days} ORDER BY m.day_from DESC NULLS LAST, m.number LIMIT ${most} OFFSET ${left}
       ) p JOIN mentions m ON m.number = p.number JOIN reports r ON r.number = m.report JOIN runs n ON n.number = m.run
       ORDER BY m.day_from DESC NULLS LAST, m.number`,
      values.list,
    )
  // Without an index a full page among the latest days spares a look at all the others.
  const since = session.usesIndexes ? undefined : await latestSince(session, query.until, after?.split("/")[0])
  const latest = since === undefined ? [] : await pageWithin(`m.day_from >= DATE '${since}'`)
  const rows = latest.length === limit ? latest : await pageWithin("true")
  return {rows: rows.map(eventOf), next: nextAfter(rows, limit, "day_from")}
}

/** Share of the days that a page is first looked for in. */
const latestShare = 1 / 16

/** From which day on that share of the days lies, before `until` and the end of the page before; `undefined` where nothing tells, or where what is left has no days. */
async function latestSince(session: Session, until: Day | undefined, after: string | undefined): Promise<Day | undefined> {
  const [row] = await session.all("SELECT min(published) AS first, max(published) AS last FROM reports")
  if (row?.first == null || after === "") return undefined
  const [first, last] = [row.first as Day, [row.last as Day, ...(until ? [until] : []), ...(after ? [after] : [])].sort()[0]!]
  return addDays(last, -Math.ceil(daysBetween(first, row.last as Day) * latestShare))
}

/** Quotes: of the report published last first, then in the order of arrival. */
export async function quotes(session: Session, query: Query, {limit = 100, after}: Page): Promise<Rows<Quote>> {
  const values = new Values()
  const {from, where} = await scopeOf(session, query, "quotes", values)
  const start = after === undefined ? "true" : startAfter("r.published", after, values)
  const rows = await session.all(
    `SELECT ${quoteColumns}, ${reportColumns}, ${runColumns} FROM ${from} JOIN runs n ON n.number = m.run
     WHERE ${where} AND ${start} ORDER BY r.published DESC NULLS LAST, m.number LIMIT ${values.add(limit)}`,
    values.list,
  )
  return {rows: rows.map(quoteOf), next: nextAfter(rows, limit, "report_published")}
}

export async function count(session: Session, query: Query, unit: Unit): Promise<Count> {
  const values = new Values()
  const {from, base, status, confidence, dated} = await scopeOf(session, query, unit, values)
  // How many filters a row passes until one leaves it out.
  const passed = `CASE WHEN NOT (${status}) THEN 0 WHEN NOT (${confidence}) THEN 1 WHEN NOT (${dated}) THEN 2 ELSE 3 END`
  const counted = session.all(
    `SELECT passed, count(*)::INTEGER AS n FROM (${
      // A story counts where one of its mentions passes, else by what left out the one that came furthest.
      unit === "stories"
        ? `SELECT max(${passed}) AS passed FROM ${from} WHERE ${base} AND m.story IS NOT NULL GROUP BY m.story`
        : `SELECT ${passed} AS passed FROM ${from} WHERE ${base}`
    }) p GROUP BY passed`,
    values.list,
  )
  const reportValues = new Values()
  const [rows, [reports], [ingested]] = await Promise.all([
    counted,
    session.all(`SELECT count(*)::INTEGER AS n FROM reports r WHERE ${reportConditions(query, reportValues)}`, reportValues.list),
    session.all("SELECT count(*)::INTEGER AS n FROM reports WHERE is_current"),
  ])
  const passing = (filters: number) => (rows.find(row => row.passed === filters)?.n as number | undefined) ?? 0
  return {
    unit,
    count: passing(3),
    leftOut: {status: passing(0), confidence: passing(1), undated: passing(2)},
    reports: reports?.n as number,
    ingested: ingested?.n as number,
  }
}

/** A report as it is stored, with all that was found in it by its newest coder, or by the coder of `run`. */
export type StoredReport = {
  readonly report: ReportRef
  /** The store's key of this version. */
  readonly key: string
  readonly text: string
  /** What cleaning left out of it; `null` where that was not kept. */
  readonly dropped: readonly string[] | null
  readonly added: string
  readonly isCurrent: boolean
  readonly sentences: readonly Span[]
  /** The run whose rows these are; `null` where there is none. */
  readonly run: number | null
  readonly events: readonly EventRecord[]
  readonly quotes: readonly Quote[]
  readonly problems: readonly Problem[]
  /** Keys of all versions of the report, the newest first, and the runs that coded this one. */
  readonly versions: readonly {readonly key: string; readonly published: string | null; readonly added: string}[]
  readonly runs: readonly number[]
}

/**
 * Reads a report by its id, key or url: the newest version where several answer. With `run`, its rows are as that coder wrote them;
 * without, as reviewers left them. `undefined` where none answers.
 */
export async function report(session: Session, id: string, run?: number): Promise<StoredReport | undefined> {
  const [found] = await session.all(
    `SELECT r.number, r.key, r.source, r.text, r.dropped, r.added, r.is_current, ${reportColumns} FROM reports r
     WHERE r.id = $1 OR r.key = $1 OR r.url = $1 ORDER BY (r.key = $1) DESC, r.is_current DESC, r.number DESC LIMIT 1`,
    [id],
  )
  if (!found) return undefined
  const number = found.number as number
  const runs = (await session.all("SELECT run FROM codings WHERE report = $1 ORDER BY since DESC, run DESC", [number])).map(row => row.run as number)
  const wanted = run === undefined ? runs[0] : runs.find(one => one === run)
  const of = [number, wanted ?? 0]
  const left = run === undefined ? "m.past_of IS NULL AND coalesce(m.review, '') <> 'rejected'" : "m.valid_from IS NULL"
  const sentences = await session.all("SELECT start_at, end_at FROM sentences WHERE report = $1 ORDER BY index", [number])
  const mentions = await session.all(`${selectMentions} WHERE m.report = $1 AND m.run = $2 AND ${left} ORDER BY coalesce(m.past_of, m.number)`, of)
  const said = await session.all(`${selectQuotes} WHERE m.report = $1 AND m.run = $2 AND ${left} ORDER BY coalesce(m.past_of, m.number)`, of)
  const told = await session.all("SELECT * FROM problems WHERE report = $1 AND run = $2", of)
  const versions = await session.all(
    `SELECT key, published, added FROM reports WHERE number = $1 OR (source = $2 AND publisher IS NOT DISTINCT FROM $3) ORDER BY number DESC`,
    [number, found.source!, found.report_publisher!],
  )
  return {
    report: reportOf(found),
    key: found.key as string,
    text: found.text as string,
    dropped: part(found.dropped) as readonly string[] | null,
    added: found.added as string,
    isCurrent: found.is_current as boolean,
    sentences: sentences.map(({start_at, end_at}) => ({start: start_at as number, end: end_at as number})),
    run: wanted ?? null,
    events: mentions.map(eventOf),
    quotes: said.map(quoteOf),
    problems: told.map(problemOf),
    versions: versions as unknown as StoredReport["versions"],
    runs,
  }
}

/** Reports in the order of arrival, the newest first. */
export async function reports(
  session: Session,
  query: Query,
  {limit = 100, after}: Page,
): Promise<Rows<ReportRef & {readonly key: string; readonly added: string}>> {
  const values = new Values()
  const where = reportConditions(query, values)
  const start = after === undefined ? "true" : `r.number < ${values.add(numberOf(after))}`
  const rows = await session.all(
    `SELECT r.number, r.key, r.added, ${reportColumns} FROM reports r WHERE ${where} AND ${start} ORDER BY r.number DESC LIMIT ${values.add(limit)}`,
    values.list,
  )
  return {
    rows: rows.map(row => ({...reportOf(row), key: row.key as string, added: row.added as string})),
    next: rows.length === limit ? String(rows.at(-1)?.number) : null,
  }
}

/** A run of a coder, with what it coded. */
export type Run = CoderRef & {
  readonly run: number
  readonly machine: string
  readonly floor: number
  readonly started: string
  readonly reports: number
  readonly mentions: number
  readonly events: number
  readonly quotes: number
}

export async function runs(session: Session): Promise<Run[]> {
  const rows = await session.all(
    `SELECT n.number AS run, n.version, n.model, n.ontology, n.knowledge, n.config, n.machine, n.floor, n.started,
       count(c.report)::INTEGER AS reports, coalesce(sum(c.mentions), 0)::INTEGER AS mentions, coalesce(sum(c.events), 0)::INTEGER AS events,
       coalesce(sum(c.quotes), 0)::INTEGER AS quotes
     FROM runs n LEFT JOIN codings c ON c.run = n.number 
     GROUP BY n.number, n.version, n.model, n.ontology, n.knowledge, n.config, n.machine, n.floor, n.started ORDER BY n.number`,
  )
  return rows as unknown as Run[]
}

/** Problems, the newest first. */
export async function problems(session: Session, {limit = 100, after}: Page): Promise<Rows<Problem & {readonly added: string}>> {
  const at = after === undefined ? 0 : numberOf(after)
  const rows = await session.all("SELECT * FROM problems ORDER BY added DESC, code, message, place::VARCHAR LIMIT $1 OFFSET $2", [limit, at])
  return {rows: rows.map(row => ({...problemOf(row), added: row.added as string})), next: rows.length === limit ? String(at + limit) : null}
}

/** What a record is made of. */
export const mentionColumns = [
  ...["number", "report", "run", "id", "event", "type", "mode", "status", "quad", "intensity", "cameo", "contexts", "day_from", "confidence", "sentence"],
  ...["sentence_index", "sentence_start_at", "sentence_end_at", "trigger_words", "actors", "recipients", "date", "place", "story", "review"],
]
  .map(column => `m.${column}`)
  .join(", ")

export const quoteColumns = ["number", "report", "run", "id", "kind", "confidence", "content", "cue", "speaker_words", "sentence", "review"]
  .map(column => `m.${column}`)
  .join(", ")

export const reportColumns = ["id", "title", "url", "publisher", "published"].map(column => `r.${column} AS report_${column}`).join(", ")

export const runColumns = ["version", "model", "ontology", "knowledge", "config"].map(column => `n.${column} AS coder_${column}`).join(", ")

const rowsOf = (table: "mentions" | "quotes", columns: string) =>
  `SELECT m.valid_from, ${columns}, ${reportColumns}, ${runColumns} FROM ${table} m JOIN reports r ON r.number = m.report JOIN runs n ON n.number = m.run`
/** Read whole records, as `m`. */
export const selectMentions = rowsOf("mentions", mentionColumns)
export const selectQuotes = rowsOf("quotes", quoteColumns)

export function eventOf(row: Row): EventRecord {
  const sentence = {index: row.sentence_index, text: row.sentence, start: row.sentence_start_at, end: row.sentence_end_at}
  const plain = {id: row.id, event: row.event, type: row.type, mode: row.mode, status: row.status, quad: row.quad, intensity: row.intensity, cameo: row.cameo}
  return {
    ...plain,
    contexts: part(row.contexts),
    actors: part(row.actors),
    recipients: part(row.recipients),
    date: part(row.date),
    place: part(row.place),
    trigger: part(row.trigger_words),
    sentence,
    confidence: row.confidence,
    report: reportOf(row),
    story: row.story,
    review: row.review,
    coder: coderRefOf(row),
  } as EventRecord
}

export function quoteOf(row: Row): Quote {
  return {
    id: row.id,
    kind: row.kind,
    content: part(row.content),
    cue: part(row.cue),
    speaker: part(row.speaker_words),
    sentence: part(row.sentence),
    confidence: row.confidence,
    report: reportOf(row),
    review: row.review,
    coder: coderRefOf(row),
  } as Quote
}

const problemOf = (row: Row) => ({code: row.code, message: row.message, place: part(row.place), isWarning: row.is_warning}) as Problem

export const reportOf = (row: Row) =>
  ({id: row.report_id, title: row.report_title, url: row.report_url, publisher: row.report_publisher, published: row.report_published}) as ReportRef

const coderRefOf = (row: Row) =>
  ({
    version: row.coder_version,
    model: row.coder_model,
    ontology: row.coder_ontology,
    knowledge: row.coder_knowledge,
    config: row.coder_config,
  }) as CoderRef

export const part = (json: Row[string] | undefined): unknown => (json === null || json === undefined ? null : JSON.parse(json as string))

/** A page begins after the day and number of the last row before it. */
function startAfter(day: string, after: string, values: Values): string {
  const [, last, number] = /^(\d{4}-\d{2}-\d{2}|)\/(\d{1,9})$/.exec(after) ?? []
  if (last === undefined || number === undefined) throw noPage(after)
  const at = values.add(Number(number))
  if (last === "") return `(${day} IS NULL AND m.number > ${at})`
  const given = values.add(last)
  return `(${day} < ${given}::DATE OR (${day} = ${given}::DATE AND m.number > ${at}) OR ${day} IS NULL)`
}

function numberOf(after: string): number {
  if (!/^\d{1,9}$/.test(after)) throw noPage(after)
  return Number(after)
}

const noPage = (after: string) =>
  new CoderError("query-wrong", `Cannot go on after ${JSON.stringify(after.slice(0, 60))}: expected the end of the page before, as it was told`)

function nextAfter(rows: readonly Row[], limit: number, day: string): string | null {
  const last = rows.at(-1)
  return last && rows.length === limit ? `${last[day] ?? ""}/${last.number}` : null
}
