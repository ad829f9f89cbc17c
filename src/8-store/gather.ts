import {addDays, type Day, type EventRecord, type Gathered, type Near, type Placed, type Profile, type ReportRef, type Telling} from "../0-records/index.ts"
import {events} from "./ask.ts"
import type {Database, Row, Session, Value} from "./database.ts"

/** A current report as room 7 takes it; `event` of each row is the deed's id within the report. */
export type Gatherable = {
  readonly report: number
  readonly run: number
  readonly ref: ReportRef
  readonly text: string
  readonly events: readonly EventRecord[]
  /** The least confidence of the run's model. */
  readonly floor: number
}

/** Numbers of current reports that were not gathered as they are coded now, in the order of publication. */
export async function ungathered(session: Session, limit = 1000): Promise<number[]> {
  const rows = await session.all(
    `SELECT c.report FROM codings c JOIN reports r ON r.number = c.report LEFT JOIN gathered g ON g.report = c.report AND g.run = c.run
     WHERE c.until IS NULL AND r.is_current AND g.report IS NULL ORDER BY r.published NULLS LAST, r.key LIMIT $1`,
    [limit],
  )
  return rows.map(row => row.report as number)
}

/** A report that is to be gathered; `null` where it is none, or was gathered. */
export async function gatherable(session: Session, number: number): Promise<Gatherable | null> {
  const [row] = await session.all(
    `SELECT r.key, r.id, r.title, r.url, r.publisher, r.published, r.text, c.run, n.floor FROM reports r JOIN codings c ON c.report = r.number AND c.until IS NULL
     JOIN runs n ON n.number = c.run WHERE r.number = $1 AND r.is_current AND c.run NOT IN (SELECT g.run FROM gathered g WHERE g.report = $1)`,
    [number],
  )
  if (!row) return null
  const {rows} = await events(session, {report: row.key as string, status: "all", minConfidence: 0}, "mentions", {limit: 100_000})
  const own = await session.all("SELECT id, coalesce(own_event, event) AS own_event FROM mentions WHERE report = $1 AND is_current", [number])
  const deeds = new Map(own.map(({id, own_event}) => [id, own_event as string]))
  const {id, title, url, publisher, published} = row
  const inOrder = [...rows].sort((a, b) => placeOf(a.id) - placeOf(b.id))
  return {
    report: number,
    run: row.run as number,
    ref: {id, title, url, publisher, published} as ReportRef,
    text: row.text as string,
    events: inOrder.map(event => ({...event, event: deeds.get(event.id)!})),
    floor: row.floor as number,
  }
}

/** Which of its report's rows an id names: n of `<report id>/n`. */
const placeOf = (id: string) => Number(id.slice(id.lastIndexOf("/") + 1))

/** Most tellings, and most reports, that one is compared with. */
const mostTellings = 400
const mostReports = 80

/** Finds what is near a report: reports with a like signature, tellings that may be of the same deeds, reports of the same days about the same. */
export async function near(
  session: Session,
  {
    report,
    bands,
    tellings,
    profile,
  }: {readonly report: number; readonly bands: readonly number[]; readonly tellings: readonly Telling[]; readonly profile: Profile},
): Promise<Near> {
  const [store] = await session.all("SELECT coalesce(generation, 0)::INTEGER AS generation FROM store")
  const found = new Map<number, Placed>()
  const keep = (rows: readonly Row[]) => {
    for (const row of rows) found.set(row.number as number, placedOf(row))
  }
  for (const telling of tellings) keep(await tellingsNear(session, report, telling))
  const ruled = await ruledOf(session, report, tellings)
  const others = [...new Set([...ruled.together, ...ruled.apart].map(([, number]) => number))].filter(number => !found.has(number))
  if (others.length > 0) keep(await session.all(`SELECT ${tellingColumns} FROM tellings t WHERE t.number IN (${others.join(", ")})`))
  return {
    generation: store?.generation as number,
    copies: await copiesNear(session, report, bands),
    tellings: [...found.values()].sort((a, b) => a.number - b.number),
    reports: await reportsNear(session, report, profile),
    ...ruled,
  }
}

async function copiesNear(session: Session, report: number, bands: readonly number[]): Promise<Near["copies"]> {
  if (bands.length === 0) return []
  const rows = await session.all(
    `SELECT b.report, count(*)::INTEGER AS shared FROM bands b WHERE b.band IN (${bands.map(Number).join(", ")}) AND b.report <> $1
     GROUP BY b.report ORDER BY shared DESC, b.report LIMIT 8`,
    [report],
  )
  if (rows.length === 0) return []
  const numbers = rows.map(row => Number(row.report)).join(", ")
  const texts = await session.all(
    `SELECT r.number AS report, r.text, coalesce(g.copy_of, r.number) AS copy_of, g.story FROM reports r JOIN gathered g ON g.report = r.number WHERE r.number IN (${numbers}) ORDER BY r.number`,
  )
  return texts.map(row => ({report: row.report as number, text: row.text as string, copyOf: row.copy_of as number, story: row.story as number}))
}

const tellingColumns = "t.number, t.report, t.deed, t.compared"

const placedOf = (row: Row): Placed => ({
  number: Number(row.number),
  report: row.report as number,
  deed: Number(row.deed),
  telling: JSON.parse(row.compared as string) as Telling,
})

async function tellingsNear(session: Session, report: number, telling: Telling): Promise<Row[]> {
  const {from, to} = windowOf(telling)
  if (telling.keys.length === 0) return []
  const values: Value[] = [telling.type, telling.outcome, report]
  const given = (value: Value) => `$${values.push(value)}`
  const days = from === null || to === null ? "true" : `t.first_day <= ${given(addDays(to, 4))}::DATE AND t.last_day >= ${given(addDays(from, -4))}::DATE`
  const keys = telling.keys.slice(0, 10).map(key => `t.keys LIKE ${given(`%|${likeable(key)}|%`)}`)
  return session.all(
    `SELECT ${tellingColumns} FROM tellings t WHERE t.type = $1 AND t.outcome = $2 AND t.report <> $3 AND ${days} AND (${keys.join(" OR ")})
     ORDER BY t.number DESC LIMIT ${mostTellings}`,
    values,
  )
}

/** Without what LIKE reads as anything. */
const likeable = (key: string) => key.replace(/[%_\\]/g, "")

/** The days on which another telling of the deed may be set. */
function windowOf({days, published, isBackground}: Telling): {from: Day | null; to: Day | null} {
  if (days) return days
  if (published === null) return {from: null, to: null}
  return isBackground ? {from: addDays(published, -62), to: published} : {from: addDays(published, -31), to: addDays(published, 31)}
}

async function reportsNear(session: Session, report: number, {published, keys}: Profile): Promise<Near["reports"]> {
  if (published === null || keys.length === 0) return []
  const values: Value[] = [report, addDays(published, -6), addDays(published, 6)]
  const shared = keys.map(key => `CASE WHEN g.keys LIKE $${values.push(`%|${likeable(key)}|%`)} THEN 1 ELSE 0 END`).join(" + ")
  const rows = await session.all(
    `SELECT * FROM (SELECT g.report, g.story, g.published, g.keys, g.words, ${shared} AS shared FROM gathered g WHERE g.report <> $1 AND g.published BETWEEN $2::DATE AND $3::DATE) s
     WHERE shared > 0 ORDER BY shared DESC, report DESC LIMIT ${mostReports}`,
    values,
  )
  return rows.map(row => ({report: row.report as number, story: row.story as number, ...profileOf(row)}))
}

const profileOf = (row: Row): Profile => ({
  published: row.published as Day | null,
  keys: (row.keys as string).split("|").filter(key => key !== ""),
  words: JSON.parse(row.words as string) as string[],
})

/** What was ruled by hand, and is in force, of the deeds of a report: found again by the trigger where the report was coded anew. */
async function ruledOf(session: Session, report: number, tellings: readonly Telling[]): Promise<Pick<Near, "together" | "apart" | "setApart">> {
  const [any] = await session.all("SELECT 1 AS found FROM rulings WHERE undone IS NULL LIMIT 1")
  if (!any) return {together: [], apart: [], setApart: []}
  const rows = await session.all(
    `SELECT u.kind, a.own_event AS id, a.place AS mine, b.place AS theirs, b.telling FROM rulings u
     JOIN (${anchored}) a ON a.ruling = u.number JOIN (${anchored}) b ON b.ruling = u.number
     WHERE u.undone IS NULL AND a.report = $1 AND b.telling IS NOT NULL AND a.place <> b.place ORDER BY u.number, b.place`,
    [report],
  )
  const ids = new Set(tellings.map(({id}) => id))
  const mine = rows.filter(({id}) => ids.has(id as string))
  const pairs = (kind: string) =>
    mine
      .filter(row => row.kind === kind && (kind === "merge" || row.mine === 0 || row.theirs === 0))
      .map(row => [row.id as string, Number(row.telling)] as const)
  const set = await session.all(
    `SELECT DISTINCT a.telling FROM rulings u JOIN (${anchored}) a ON a.ruling = u.number WHERE u.undone IS NULL AND u.kind = 'split' AND a.place = 0 AND a.telling IS NOT NULL`,
  )
  return {together: pairs("merge"), apart: pairs("split"), setApart: set.map(({telling}) => Number(telling))}
}

/**
 * Each mention that a ruling is of as it is coded now, and its telling's number where it was gathered. It is found again by its
 * sentence, with its trigger or its type, in whatever version of its report is current.
 */
const anchored = `SELECT d.ruling, d.place, m.report, m.own_event, t.number AS telling FROM ruled d JOIN reports o ON o.number = d.report
  JOIN reports r ON r.is_current AND (r.number = o.number OR (r.source = o.source AND r.publisher IS NOT DISTINCT FROM o.publisher))
  JOIN mentions m ON m.report = r.number AND m.is_current AND m.sentence = d.sentence AND (starts_with(m.trigger_words::VARCHAR, d.words) OR m.type = d.type)
  LEFT JOIN tellings t ON t.report = m.report AND t.id = m.own_event`

/**
 * Keeps how a report was gathered.
 *
 * @returns false where something was gathered since what it was computed from was read: it is to be computed anew
 */
export function settle(database: Database, gathered: Gathered): Promise<boolean> {
  return database.transaction(async session => {
    const {report, run, generation, profile} = gathered
    const [store] = await session.all("SELECT coalesce(generation, 0)::INTEGER AS generation FROM store")
    const [coding] = await session.all(
      "SELECT c.run FROM codings c JOIN reports r ON r.number = c.report WHERE c.report = $1 AND c.until IS NULL AND r.is_current",
      [report],
    )
    const [done] = await session.all("SELECT 1 AS done FROM gathered WHERE report = $1", [report])
    if (coding?.run !== run || done) return true
    if (store?.generation !== generation) return false
    await session.insert(
      "gathered",
      ["report", "run", "copy_of", "likeness", "story", "published", "keys", "words"],
      [
        [
          report,
          run,
          gathered.copyOf?.report ?? null,
          gathered.copyOf?.likeness ?? null,
          report,
          profile.published,
          joinedKeys(profile.keys),
          JSON.stringify(profile.words),
        ],
      ],
    )
    await session.insert(
      "bands",
      ["report", "band"],
      gathered.bands.map(band => [report, band]),
    )
    await session.insert(
      "links",
      ["report", "other", "reason"],
      gathered.links.map(({report: other, reason}) => [report, other, reason]),
    )
    await addTellings(session, gathered)
    if (gathered.links.length > 0) await joinStories(session, [report, ...gathered.links.map(({report}) => report)])
    else await addStory(session, report, profile.published)
    await session.all("UPDATE store SET generation = coalesce(generation, 0) + 1")
    return true
  })
}

const joinedKeys = (keys: readonly string[]) => `|${keys.join("|")}|`

async function addTellings(session: Session, {report, tellings}: Gathered): Promise<void> {
  if (tellings.length === 0) return
  const numbers = new Map(
    (await session.all("SELECT own_event, min(number)::BIGINT AS number FROM mentions WHERE report = $1 AND is_current GROUP BY own_event", [report])).map(
      row => [row.own_event as string, Number(row.number)],
    ),
  )
  await session.insert(
    "tellings",
    ["number", "report", "id", "deed", "type", "outcome", "first_day", "last_day", "keys", "compared", "joined", "reasons"],
    tellings.map(({telling, joins, reasons}) => {
      const {from, to} = windowOf(telling)
      const number = numbers.get(telling.id)!
      const [first] = joins
      const joined = first === undefined ? null : typeof first === "number" ? first : numbers.get(first)!
      return [
        number,
        report,
        telling.id,
        number,
        telling.type,
        telling.outcome,
        from,
        to,
        joinedKeys(telling.keys),
        JSON.stringify(telling),
        joined,
        JSON.stringify(reasons),
      ]
    }),
  )
  for (const {telling, joins} of tellings) {
    if (joins.length === 0) continue
    const own = numbers.get(telling.id)!
    const all = [own, ...joins.map(join => (typeof join === "number" ? join : numbers.get(join)!))]
    const deeds = (await session.all(`SELECT DISTINCT deed FROM tellings WHERE number IN (${all.join(", ")})`)).map(({deed}) => Number(deed))
    await joinDeeds(session, deeds)
  }
}

/** Makes several deeds one. */
export async function joinDeeds(session: Session, deeds: readonly number[]): Promise<void> {
  const [first] = deeds
  if (first === undefined) return
  if (deeds.length > 1) await session.all(`UPDATE tellings SET deed = ${first} WHERE deed IN (${deeds.join(", ")})`)
  if (deeds.length > 1) await renewDeed(session, first)
}

/** Brings the rows of a deed up to its tellings: the id of the oldest, and the mention that speaks for it. */
export async function renewDeed(session: Session, deed: number): Promise<void> {
  const rows = await session.all(
    `SELECT m.number, m.report, m.event, m.own_event, m.head, m.status, m.confidence FROM mentions m JOIN tellings t ON t.report = m.report AND t.id = m.own_event
     WHERE t.deed = ${deed} AND m.is_current AND m.report IN (SELECT u.report FROM tellings u WHERE u.deed = ${deed}) ORDER BY m.number`,
  )
  if (rows.length === 0) return
  const oldest = [...rows].sort((a, b) => (a.report as number) - (b.report as number) || placeOf(a.own_event as string) - placeOf(b.own_event as string))[0]!
  const rank = ({status, confidence}: Row) => (status === "actual" ? 2 : 0) + (confidence as number)
  const head = rows.reduce((best, row) => (rank(row) > rank(best) ? row : best))
  const changed = rows.filter(row => row.event !== oldest.own_event || row.head !== head.number).map(row => Number(row.number))
  for (let at = 0; at < changed.length; at += 5000)
    await session.all(`UPDATE mentions SET event = $1, head = ${Number(head.number)} WHERE number IN (${changed.slice(at, at + 5000).join(", ")})`, [
      oldest.own_event!,
    ])
}

/** An affair of one report. */
async function addStory(session: Session, report: number, published: Day | null): Promise<void> {
  await session.insert("stories", ["number", "central", "reports", "first_day", "last_day"], [[report, report, 1, published, published]])
  await session.all(`UPDATE mentions SET story = 's${report}' WHERE is_current AND report = ${report}`)
}

/** Makes the affairs of several reports one, named by the oldest report. */
async function joinStories(session: Session, reports: readonly number[]): Promise<void> {
  const rows = await session.all(`SELECT DISTINCT story FROM gathered WHERE report IN (${reports.join(", ")})`)
  const stories = rows.map(row => row.story as number)
  const first = Math.min(...stories)
  const gone = stories.filter(story => story !== first)
  if (gone.length > 0) {
    await session.all(`UPDATE gathered SET story = ${first} WHERE story IN (${gone.join(", ")})`)
    await session.all(`DELETE FROM stories WHERE number IN (${gone.join(", ")})`)
  }
  await renewStory(session, first)
}

/** Reports of an affair over which its most central one is looked for; of a longer one those that came first. */
const mostCompared = 500

/** Brings an affair's row and its mentions up to its reports. */
async function renewStory(session: Session, story: number): Promise<void> {
  const members = await session.all(
    `SELECT g.report, g.words, g.published FROM gathered g JOIN reports r ON r.number = g.report WHERE g.story = ${story} ORDER BY g.published NULLS LAST, r.key LIMIT ${mostCompared}`,
  )
  await session.all(`DELETE FROM stories WHERE number = ${story}`)
  if (members.length === 0) return
  const [counted] = await session.all(
    `SELECT count(*)::INTEGER AS reports, min(published) AS first_day, max(published) AS last_day FROM gathered WHERE story = ${story}`,
  )
  const central = centralOf(members.map(({words}) => JSON.parse(words as string) as string[]))
  await session.insert(
    "stories",
    ["number", "central", "reports", "first_day", "last_day"],
    [[story, members[central]!.report!, counted!.reports!, counted!.first_day!, counted!.last_day!]],
  )
  await session.all(
    `UPDATE mentions SET story = 's${story}' WHERE is_current AND report IN (SELECT g.report FROM gathered g WHERE g.story = ${story}) AND story IS DISTINCT FROM 's${story}'`,
  )
}

/** The index of the report whose words most of the others share; the earliest of several. */
function centralOf(reports: readonly (readonly string[])[]): number {
  const counts = new Map<string, number>()
  for (const words of reports) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const weights = reports.map(words => (words.length === 0 ? 0 : words.reduce((sum, word) => sum + counts.get(word)! - 1, 0) / Math.sqrt(words.length)))
  return weights.indexOf(Math.max(...weights))
}

/**
 * Takes reports out of what was gathered: before they are coded anew, forgotten, or replaced. Their deeds and affairs go on without
 * them; rows of their old codings keep the deed that they had.
 */
export async function leave(session: Session, reports: readonly number[]): Promise<void> {
  const which = `(${reports.join(", ")})`
  const gathered = await session.all(`SELECT g.report, g.story FROM gathered g WHERE g.report IN ${which}`)
  if (gathered.length === 0) return
  const deeds = await session.all(`SELECT DISTINCT deed FROM tellings WHERE report IN ${which}`)
  for (const table of ["tellings", "gathered", "bands"]) await session.all(`DELETE FROM ${table} WHERE report IN ${which}`)
  await session.all(`DELETE FROM links WHERE report IN ${which} OR other IN ${which}`)
  for (const {deed} of deeds) await renewDeed(session, Number(deed))
  const copies = await session.all(`SELECT copy_of, min(report) AS first FROM gathered WHERE copy_of IN ${which} GROUP BY copy_of`)
  for (const {copy_of, first} of copies) {
    await session.all(`UPDATE gathered SET copy_of = NULL, likeness = NULL WHERE report = ${first}`)
    await session.all(`UPDATE gathered SET copy_of = ${first} WHERE copy_of = ${copy_of}`)
  }
  for (const story of new Set(gathered.map(row => row.story as number))) {
    const [first] = await session.all(`SELECT min(report) AS report FROM gathered WHERE story = ${story}`)
    const renamed = first?.report as number | null
    if (renamed !== null && renamed !== story) await session.all(`UPDATE gathered SET story = ${renamed} WHERE story = ${story}`)
    if (renamed !== story) await session.all(`DELETE FROM stories WHERE number = ${story}`)
    if (renamed !== null) await renewStory(session, renamed)
  }
  await session.all("UPDATE store SET generation = coalesce(generation, 0) + 1")
}

/** Undoes all gathering, so that all is gathered anew; what was ruled by hand stays. */
export function ungather(database: Database): Promise<void> {
  return database.transaction(async session => {
    for (const table of ["tellings", "gathered", "bands", "links", "stories"]) await session.all(`DELETE FROM ${table}`)
    await session.all("UPDATE mentions SET event = coalesce(own_event, event), head = coalesce(own_head, head), story = NULL WHERE is_current")
    await session.all("UPDATE store SET generation = coalesce(generation, 0) + 1")
  })
}
