import {
  type Copy,
  type Day,
  type Days,
  daysAround,
  type EventRecord,
  type Gathered,
  type GatheredBatch,
  groups,
  type Named,
  type Nearby,
  type Placed,
  type Profile,
  type ReportRef,
  stretchesOf,
  type Telling,
  type Wanted,
} from "../0-records/index.ts"
import {eventOf, mentionColumns, reportColumns, runColumns} from "./ask.ts"
import type {Database, Row, Session} from "./database.ts"

/** A current report as room 7 takes it; `event` of each row is the deed's id within the report. */
export type Gatherable = {
  readonly report: number
  readonly run: number
  readonly ref: ReportRef
  readonly text: string
  readonly events: readonly EventRecord[]
  /** Each deed's id with the number of the first mention that tells it. */
  readonly numbers: readonly (readonly [string, number])[]
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

/** Those of the reports that are to be gathered, in the order given. */
export async function gatherable(session: Session, reports: readonly number[]): Promise<Gatherable[]> {
  if (reports.length === 0) return []
  const rows = await session.all(
    `SELECT r.number, r.id, r.title, r.url, r.publisher, r.published, r.text, c.run, n.floor FROM reports r JOIN codings c ON c.report = r.number AND c.until IS NULL
     JOIN runs n ON n.number = c.run WHERE r.number IN ${listOf(reports)} AND r.is_current AND NOT EXISTS (SELECT 1 FROM gathered g WHERE g.report = r.number AND g.run = c.run)`,
  )
  if (rows.length === 0) return []
  const mentions = await session.all(
    `SELECT ${mentionColumns}, coalesce(m.own_event, m.event) AS deed, ${reportColumns}, ${runColumns} FROM mentions m
     JOIN reports r ON r.number = m.report JOIN runs n ON n.number = m.run WHERE m.report IN ${listOf(rows.map(({number}) => number))} AND m.is_current`,
  )
  const byReport = new Map<unknown, Row[]>(rows.map(({number}) => [number, []]))
  for (const mention of mentions) byReport.get(mention.report)!.push(mention)
  const order = new Map(reports.map((report, at) => [report, at]))
  return [...rows]
    .sort((a, b) => order.get(a.number as number)! - order.get(b.number as number)!)
    .map(({number, run, text, floor, ...ref}) => {
      const own = byReport.get(number)!.sort((a, b) => placeOf(a.id) - placeOf(b.id))
      const events = own.map(mention => ({...eventOf(mention), event: mention.deed as string}))
      return {report: number, run, ref, text, events, numbers: [...numbersOf(own)], floor} as unknown as Gatherable
    })
}

/** The number of each deed's first mention. */
function numbersOf(mentions: readonly Row[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const {deed, number} of mentions) numbers.set(deed as string, Math.min(Number(number), numbers.get(deed as string) ?? Infinity))
  return numbers
}

/** Which of its report's rows an id names: n of `<report id>/n`. */
const placeOf = (id: unknown) => Number(String(id).slice(String(id).lastIndexOf("/") + 1))

/** Whole numbers as a list in brackets, for IN. */
const listOf = (numbers: readonly unknown[]) => `(${numbers.map(Number).join(", ")})`

/** Finds what is near a batch of reports: those with a like signature, tellings that may be of the same deeds, those of the same days, and rulings. */
export async function nearby(session: Session, wanted: Wanted): Promise<Nearby> {
  const [store] = await session.all("SELECT coalesce(generation, 0)::INTEGER AS generation FROM store")
  const shared = await copiesNear(session, wanted)
  const ruled = await ruledOf(session, wanted.reports)
  const tellings = await tellingsNear(session, wanted)
  const found = new Set(tellings.map(({number}) => number))
  const others = ruled.rulings.flatMap(({other: {number}}) => (number === null || found.has(number) ? [] : [number]))
  const more = others.length > 0 ? await session.all(`SELECT ${tellingColumns} FROM tellings t WHERE t.number IN ${listOf(others)}`) : []
  return {
    generation: store?.generation as number,
    copies: await textsOf(session, [...new Set(shared.map(({copy}) => copy))]),
    shared,
    tellings: [...tellings, ...more.map(placedOf)].sort((a, b) => a.number - b.number),
    reports: await reportsNear(session, wanted),
    ...ruled,
  }
}

/** Most copies of a report that are looked at. */
const mostCopies = 8

async function copiesNear(session: Session, {bands}: Wanted): Promise<Nearby["shared"]> {
  if (bands.length === 0) return []
  const rows = await session.all(
    `SELECT * FROM (SELECT s.*, row_number() OVER (PARTITION BY s.report ORDER BY s.bands DESC, s.copy) AS place FROM (
       SELECT w.report, b.report AS copy, count(*)::INTEGER AS bands FROM (VALUES ${bands.map(({report, band}) => listOf([report, band])).join(", ")}) w(report, band)
       JOIN bands b ON b.band = w.band WHERE b.report <> w.report GROUP BY w.report, b.report) s) p WHERE place <= ${mostCopies}`,
  )
  return rows.map(({report, copy, bands}) => ({report: Number(report), copy: Number(copy), bands: bands as number}))
}

async function textsOf(session: Session, reports: readonly number[]): Promise<Copy[]> {
  if (reports.length === 0) return []
  const rows = await session.all(
    `SELECT r.number AS report, r.text, coalesce(g.copy_of, r.number) AS copy FROM reports r JOIN gathered g ON g.report = r.number WHERE r.number IN ${listOf(reports)}`,
  )
  return rows.map(({report, text, copy}) => ({report: report as number, text: text as string, copyOf: copy as number}))
}

const tellingColumns = "t.number, t.report, t.deed, t.compared"

const placedOf = (row: Row): Placed => ({
  number: Number(row.number),
  report: row.report as number,
  deed: Number(row.deed),
  telling: JSON.parse(row.compared as string) as Telling,
})

/** Stand between the rows and the fields of a list that is handed over as one text; neither stands in a settled text. */
const [rowEnd, fieldEnd] = ["\u001e", "\u001f"]

async function tellingsNear(session: Session, {tellings}: Wanted): Promise<Placed[]> {
  if (tellings.length === 0) return []
  const given = tellings.map(({type, outcome, key, days}) => [type, outcome, key, days?.from ?? "", days?.to ?? ""].join(fieldEnd)).join(rowEnd)
  const field = (at: number) => `split_part(w, chr(31), ${at})`
  // The many that are of other days are passed over before their keys are looked at.
  const stretches = tellings.every(({days}) => days !== null) ? fewStretches(tellings.map(({days}) => days!)) : []
  const isNear = stretches.map(({from, to}) => `(t.first_day <= '${to}'::DATE AND t.last_day >= '${from}'::DATE)`).join(" OR ") || "true"
  const rows = await session.all(
    `SELECT ${tellingColumns} FROM tellings t WHERE t.number IN (
       SELECT k.number FROM (SELECT ${field(1)} AS type, ${field(2)} AS outcome, ${field(3)} AS key, nullif(${field(4)}, '')::DATE AS first_day, nullif(${field(5)}, '')::DATE AS last_day
         FROM (SELECT unnest(string_to_array($1, chr(30))) AS w) u) w
       JOIN (SELECT t.number, t.type, t.outcome, t.first_day, t.last_day, unnest(string_to_array(t.keys, '|')) AS key FROM tellings t WHERE ${isNear}) k
         ON k.key = w.key AND k.type = w.type AND k.outcome = w.outcome AND (w.first_day IS NULL OR (k.first_day <= w.last_day AND k.last_day >= w.first_day)))`,
    [given],
  )
  return rows.map(placedOf)
}

/** At most this many stretches of days are told apart. */
const mostStretches = 24

/** The same days, and more where there are too many stretches. */
function fewStretches(days: readonly Days[]): Days[] {
  let stretches = stretchesOf(days)
  for (let gap = 4; stretches.length > mostStretches; gap *= 2) stretches = stretchesOf(stretches, gap)
  return stretches
}

async function reportsNear(session: Session, {published}: Wanted): Promise<Nearby["reports"]> {
  if (published.length === 0) return []
  const isNear = fewStretches(published).map(({from, to}) => `g.published BETWEEN '${from}'::DATE AND '${to}'::DATE`)
  const rows = await session.all(`SELECT g.report, g.published, g.keys, g.words FROM gathered g WHERE ${isNear.join(" OR ")}`)
  return rows.map(row => ({report: row.report as number, ...profileOf(row)}))
}

const profileOf = (row: Row): Profile => ({
  published: row.published as Day | null,
  keys: (row.keys as string).split("|").filter(key => key !== ""),
  words: JSON.parse(row.words as string) as string[],
})

/** What was ruled by hand, and is in force, of the deeds of these reports: found again by the trigger where a report was coded anew. */
async function ruledOf(session: Session, reports: readonly number[]): Promise<Pick<Nearby, "rulings" | "setApart">> {
  const [any] = await session.all("SELECT 1 AS found FROM rulings WHERE undone IS NULL LIMIT 1")
  if (!any) return {rulings: [], setApart: []}
  const named = (row: Row, of: "a" | "b"): Named => ({
    report: row[`${of}_report`] as number,
    id: row[`${of}_id`] as string,
    number: row[`${of}_telling`] === null ? null : Number(row[`${of}_telling`]),
  })
  const columns = (of: "a" | "b") => `${of}.report AS ${of}_report, ${of}.own_event AS ${of}_id, ${of}.telling AS ${of}_telling`
  const rows = await session.all(
    `SELECT u.kind, ${columns("a")}, ${columns("b")} FROM rulings u JOIN (${anchored}) a ON a.ruling = u.number JOIN (${anchored}) b ON b.ruling = u.number
     WHERE u.undone IS NULL AND a.report IN ${listOf(reports)} AND a.place <> b.place AND (u.kind = 'merge' OR a.place = 0 OR b.place = 0) ORDER BY u.number, b.place`,
  )
  const set = await session.all(
    `SELECT DISTINCT ${columns("a")} FROM rulings u JOIN (${anchored}) a ON a.ruling = u.number WHERE u.undone IS NULL AND u.kind = 'split' AND a.place = 0`,
  )
  return {
    rulings: rows.map(row => ({kind: row.kind as "merge" | "split", one: named(row, "a"), other: named(row, "b")})),
    setApart: set.map(row => named(row, "a")),
  }
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
 * Keeps how a batch of reports was gathered.
 *
 * @returns false where something was gathered or coded since what it was computed from was read: it is to be computed anew
 */
export function settle(database: Database, {generation, reports}: GatheredBatch): Promise<boolean> {
  return database.transaction(async session => {
    const [store] = await session.all("SELECT coalesce(generation, 0)::INTEGER AS generation FROM store")
    if (store?.generation !== generation || !(await areAsRead(session, reports))) return false
    await session.insert(
      "gathered",
      ["report", "run", "copy_of", "likeness", "story", "published", "keys", "words"],
      reports.map(({report, run, copyOf, profile}) => [
        ...[report, run, copyOf?.report ?? null, copyOf?.likeness ?? null, report],
        ...[profile.published, joinedKeys(profile.keys), JSON.stringify(profile.words)],
      ]),
    )
    await session.insert(
      "bands",
      ["report", "band"],
      reports.flatMap(({report, bands}) => bands.map(band => [report, band])),
    )
    await session.insert(
      "links",
      ["report", "other", "reason"],
      reports.flatMap(({report, links}) => links.map(({report: other, reason}) => [report, other, reason])),
    )
    await addTellings(session, reports)
    await joinStories(session, reports)
    await session.all("UPDATE store SET generation = coalesce(generation, 0) + 1")
    return true
  })
}

/** Whether reports are coded as they were when they were read, none is gathered, and no reviewer changed what tells their deeds. */
async function areAsRead(session: Session, reports: readonly Gathered[]): Promise<boolean> {
  const which = listOf(reports.map(({report}) => report))
  const codings = await session.all(
    `SELECT c.report, c.run FROM codings c JOIN reports r ON r.number = c.report
     WHERE c.report IN ${which} AND c.until IS NULL AND r.is_current AND c.report NOT IN (SELECT g.report FROM gathered g WHERE g.report IN ${which})`,
  )
  const runs = new Map(codings.map(({report, run}) => [report, run]))
  const firsts = await session.all(
    `SELECT report, coalesce(own_event, event) AS deed, min(number) AS number FROM mentions WHERE report IN ${which} AND is_current GROUP BY 1, 2`,
  )
  const numbers = new Map(firsts.map(({report, deed, number}) => [`${report} ${deed}`, Number(number)]))
  return reports.every(
    ({report, run, tellings}) => runs.get(report) === run && tellings.every(({telling, number}) => numbers.get(`${report} ${telling.id}`) === number),
  )
}

const joinedKeys = (keys: readonly string[]) => `|${keys.join("|")}|`

async function addTellings(session: Session, reports: readonly Gathered[]): Promise<void> {
  const tellings = reports.flatMap(({report, tellings}) => tellings.map(told => ({report, ...told})))
  if (tellings.length === 0) return
  const others = [...new Set(tellings.flatMap(({joins}) => joins))]
  const standing = others.length > 0 ? await session.all(`SELECT number, deed FROM tellings WHERE number IN ${listOf(others)}`) : []
  const deedOf = new Map(standing.map(({number, deed}) => [Number(number), Number(deed)]))
  const deeds = groups()
  for (const {number, joins} of tellings) for (const join of joins) deeds.join(number, deedOf.get(join) ?? join)
  await session.insert(
    "tellings",
    ["number", "report", "id", "deed", "type", "outcome", "first_day", "last_day", "keys", "compared", "joined", "reasons"],
    tellings.map(({report, telling, number, joins, reasons}) => {
      const days = daysAround(telling)
      return [
        ...[number, report, telling.id, deeds.of(number), telling.type, telling.outcome, days?.from ?? null, days?.to ?? null],
        ...[joinedKeys(telling.keys), JSON.stringify(telling), joins[0] ?? null, JSON.stringify(reasons)],
      ]
    }),
  )
  await renameDeeds(
    session,
    [...new Set(deedOf.values())].map(deed => [deed, deeds.of(deed)] as const),
  )
  await renewDeeds(session, [...new Set(tellings.filter(({joins}) => joins.length > 0).map(({number}) => deeds.of(number)))])
}

/** Gives deeds the number of another. */
async function renameDeeds(session: Session, names: readonly (readonly [number, number])[]): Promise<void> {
  const changed = names.filter(([deed, name]) => deed !== name)
  if (changed.length > 0)
    await session.all(`UPDATE tellings SET deed = v.name FROM (VALUES ${changed.map(listOf).join(", ")}) v(deed, name) WHERE tellings.deed = v.deed`)
}

/** Makes several deeds one. */
export async function joinDeeds(session: Session, deeds: readonly number[]): Promise<void> {
  const first = Math.min(...deeds)
  await renameDeeds(
    session,
    deeds.map(deed => [deed, first] as const),
  )
  await renewDeeds(session, [first])
}

/** Brings the rows of deeds up to their tellings: the id of the oldest, and the mention that speaks for each. */
export async function renewDeeds(session: Session, deeds: readonly number[]): Promise<void> {
  if (deeds.length === 0) return
  const rows = await session.all(
    `SELECT t.deed, m.number, m.report, m.event, m.own_event, m.head, m.status, m.confidence FROM mentions m JOIN tellings t ON t.report = m.report AND t.id = m.own_event
     WHERE t.deed IN ${listOf(deeds)} AND m.is_current AND m.report IN (SELECT u.report FROM tellings u WHERE u.deed IN ${listOf(deeds)}) ORDER BY m.number`,
  )
  const byDeed = new Map<number, Row[]>()
  for (const row of rows) {
    const own = byDeed.get(Number(row.deed))
    if (own) own.push(row)
    else byDeed.set(Number(row.deed), [row])
  }
  const rank = ({status, confidence}: Row) => (status === "actual" ? 2 : 0) + (confidence as number)
  const isOlder = (one: Row, other: Row) => Number(one.report) - Number(other.report) || placeOf(one.own_event) - placeOf(other.own_event)
  const changed: string[] = []
  for (const own of byDeed.values()) {
    const oldest = own.reduce((first, row) => (isOlder(row, first) < 0 ? row : first))
    const head = own.reduce((best, row) => (rank(row) > rank(best) ? row : best))
    for (const row of own) if (row.event !== oldest.own_event || row.head !== head.number) changed.push(listOf([row.number, oldest.number, head.number]))
  }
  for (let at = 0; at < changed.length; at += 5000)
    await session.all(
      `UPDATE mentions SET event = o.own_event, head = v.head FROM (VALUES ${changed.slice(at, at + 5000).join(", ")}) v(number, oldest, head)
       JOIN mentions o ON o.number = v.oldest WHERE mentions.number = v.number`,
    )
}

/** Makes the affairs of reports that are linked one, named by the oldest report. */
async function joinStories(session: Session, reports: readonly Gathered[]): Promise<void> {
  const linked = [...new Set(reports.flatMap(({report, links}) => [report, ...links.map(({report}) => report)]))]
  const rows = await session.all(`SELECT report, story FROM gathered WHERE report IN ${listOf(linked)}`)
  const storyOf = new Map(rows.map(({report, story}) => [report as number, story as number]))
  const stories = groups()
  for (const {report, links} of reports) for (const {report: other} of links) stories.join(report, storyOf.get(other)!)
  const changed = [...new Set(storyOf.values())].filter(story => stories.of(story) !== story)
  if (changed.length > 0) {
    const names = changed.map(story => listOf([story, stories.of(story)])).join(", ")
    await session.all(`UPDATE gathered SET story = v.name FROM (VALUES ${names}) v(story, name) WHERE gathered.story = v.story`)
    await session.all(`DELETE FROM stories WHERE number IN ${listOf(changed)}`)
  }
  await renewStories(session, [...new Set(reports.map(({report}) => stories.of(report)))])
}

/** Reports of an affair over which its most central one is looked for; of a longer one those that came first. */
const mostCompared = 500

/** Brings the rows of affairs and their mentions up to their reports. */
async function renewStories(session: Session, stories: readonly number[]): Promise<void> {
  if (stories.length === 0) return
  const which = listOf(stories)
  const members = await session.all(
    `SELECT * FROM (SELECT g.story, g.report, g.words, row_number() OVER (PARTITION BY g.story ORDER BY g.published NULLS LAST, r.key) AS place
       FROM gathered g JOIN reports r ON r.number = g.report WHERE g.story IN ${which}) m WHERE place <= ${mostCompared} ORDER BY story, place`,
  )
  const counted = await session.all(
    `SELECT story, count(*)::INTEGER AS reports, min(published) AS first_day, max(published) AS last_day FROM gathered WHERE story IN ${which} GROUP BY story`,
  )
  const byStory = new Map<unknown, Row[]>(counted.map(({story}) => [story, []]))
  for (const member of members) byStory.get(member.story)!.push(member)
  await session.all(`DELETE FROM stories WHERE number IN ${which}`)
  await session.insert(
    "stories",
    ["number", "central", "reports", "first_day", "last_day"],
    counted.map(({story, reports, first_day, last_day}) => {
      const own = byStory.get(story)!
      const central = own[centralOf(own.map(({words}) => JSON.parse(words as string) as string[]))]!
      return [story!, central.report!, reports!, first_day!, last_day!]
    }),
  )
  await session.all(
    `UPDATE mentions SET story = 's' || g.story FROM gathered g
     WHERE g.report = mentions.report AND g.story IN ${which} AND mentions.is_current AND mentions.story IS DISTINCT FROM 's' || g.story`,
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
  await renewDeeds(
    session,
    deeds.map(({deed}) => Number(deed)),
  )
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
    if (renamed !== null) await renewStories(session, [renamed])
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
