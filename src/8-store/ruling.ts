import {CoderError, type Day, type EventRecord} from "../0-records/index.ts"
import {events} from "./ask.ts"
import {type Database, next, type Row, type Session} from "./database.ts"
import {joinDeeds, renewDeeds} from "./gather.ts"

/** What a person said of tellings: that they are one event, or that the first is another event than the rest. */
export type Ruling = {
  readonly ruling: number
  readonly kind: "merge" | "split"
  /** Ids of mentions as they were when it was made. */
  readonly ids: readonly string[]
  readonly made: Day
  /** The day on which it was undone; `null` while it is in force. */
  readonly undone: Day | null
}

/** What a ruling changed: itself, and the events that the mentions belong to now. */
export type Ruled = Ruling & {readonly events: readonly string[]}

/** One report's telling, as a person names it by one of its mentions. */
type Told = {readonly number: number; readonly report: number; readonly id: string; readonly deed: number}

/**
 * Makes the events of two mentions one, whatever gathering says.
 *
 * @throws CoderError `not-found`, `call-wrong` where they are one already
 */
export function merge(database: Database, one: string, other: string, day: Day): Promise<Ruled> {
  return database.transaction(async session => {
    const told = [await toldBy(session, one, "merge"), await toldBy(session, other, "merge")] as const
    const [first, second] = told
    if (first.deed === second.deed)
      throw new CoderError("call-wrong", `Cannot merge ${JSON.stringify(one)} and ${JSON.stringify(other)}: found them to be one event`)
    const before = await membersOf(session, [first.deed, second.deed])
    await session.all(`UPDATE tellings SET joined = ${first.number}, reasons = $1 WHERE number = ${second.number}`, [JSON.stringify(["joined by hand"])])
    await joinDeeds(session, [first.deed, second.deed])
    return keep(session, "merge", told, before, day)
  })
}

/**
 * Sets apart what the report of a mention tells from the rest of its event, whatever gathering says.
 *
 * @throws CoderError `not-found`, `call-wrong` where no other report tells it
 */
export function split(database: Database, id: string, day: Day): Promise<Ruled> {
  return database.transaction(async session => {
    const told = await toldBy(session, id, "split")
    const before = await membersOf(session, [told.deed])
    const rest = before.filter(({number}) => number !== told.number)
    if (rest.length === 0) throw new CoderError("call-wrong", `Cannot split ${JSON.stringify(id)}: found no other report that tells its event`)
    await regroup(session, [[told], rest])
    await session.all(`UPDATE tellings SET joined = NULL, reasons = $1 WHERE number = ${told.number}`, [JSON.stringify(["set apart by hand"])])
    return keep(session, "split", [told, ...rest], before, day)
  })
}

/**
 * Takes a ruling back: what was one event before it is one again, and what came to it since stays with what it was found to be like.
 *
 * @throws CoderError `not-found`, where there is no such ruling in force
 */
export function undoRuling(database: Database, number: number, day: Day): Promise<Ruled> {
  return database.transaction(async session => {
    const [row] = await session.all("SELECT kind, before FROM rulings WHERE number = $1 AND undone IS NULL", [number])
    if (!row) throw new CoderError("not-found", `Cannot undo ruling ${number}: found none of that number in force`)
    const before = JSON.parse(row.before as string) as {report: number; id: string; deed: number; joined: string | null; reasons: readonly string[]}[]
    const keyOf = ({report, id}: {report: number; id: string}) => `${report} ${id}`
    const wanted = new Map(before.map(one => [keyOf(one), one]))
    const reports = [...new Set(before.map(({report}) => report))]
    const touched = await session.all(`SELECT DISTINCT deed FROM tellings WHERE report IN (${reports.join(", ")})`)
    const now = (
      await membersOf(
        session,
        touched.map(({deed}) => Number(deed)),
      )
    ).filter(({deed}, _, all) => all.some(one => one.deed === deed && wanted.has(keyOf(one))))
    const byNumber = new Map(now.map(one => [one.number, one]))
    const byKey = new Map(now.map(one => [keyOf(one), one]))
    const groupOf = (one: Member, depth = 0): string => {
      const known = wanted.get(keyOf(one))
      if (known) return `was ${known.deed}`
      const next = one.joined === null || depth > 50 ? undefined : byNumber.get(one.joined)
      return next ? groupOf(next, depth + 1) : `is ${one.deed}`
    }
    const groups = new Map<string, Member[]>()
    for (const one of now) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one])
    await session.all("UPDATE rulings SET undone = $1 WHERE number = $2", [day, number])
    for (const one of now) {
      const known = wanted.get(keyOf(one))
      if (!known) continue
      const joined = known.joined === null ? undefined : byKey.get(known.joined)
      await session.all(`UPDATE tellings SET joined = ${joined?.number ?? "NULL"}, reasons = $1 WHERE number = ${one.number}`, [JSON.stringify(known.reasons)])
    }
    await regroup(session, [...groups.values()])
    return ruledBy(session, number)
  })
}

/** Rulings, the newest first. */
export async function rulings(session: Session): Promise<Ruling[]> {
  const rows = await session.all("SELECT number, kind, made, undone, ids FROM rulings ORDER BY number DESC")
  return rows.map(rulingOf)
}

const rulingOf = ({number, kind, made, undone, ids}: Row): Ruling => ({ruling: number, kind, ids: JSON.parse(ids as string), made, undone}) as unknown as Ruling

type Member = Told & {readonly joined: number | null; readonly reasons: readonly string[]}

async function toldBy(session: Session, id: string, what: string): Promise<Told> {
  const [row] = await session.all(
    `SELECT t.number, t.report, t.id, t.deed FROM mentions m JOIN tellings t ON t.report = m.report AND t.id = m.own_event
     WHERE m.id = $1 AND m.is_current ORDER BY m.number LIMIT 1`,
    [id],
  )
  if (!row)
    throw new CoderError(
      "not-found",
      `Cannot ${what} ${JSON.stringify(id.slice(0, 200))}: found no gathered mention of that id, expected one such as "report/3"`,
    )
  return {number: Number(row.number), report: row.report as number, id: row.id as string, deed: Number(row.deed)}
}

async function membersOf(session: Session, deeds: readonly number[]): Promise<Member[]> {
  if (deeds.length === 0) return []
  const rows = await session.all(`SELECT number, report, id, deed, joined, reasons FROM tellings WHERE deed IN (${deeds.join(", ")}) ORDER BY report, number`)
  return rows.map(row => ({
    number: Number(row.number),
    report: row.report as number,
    id: row.id as string,
    deed: Number(row.deed),
    joined: row.joined === null ? null : Number(row.joined),
    reasons: JSON.parse(row.reasons as string) as string[],
  }))
}

/** Makes each group a deed of its own, named by the number of its first telling. */
async function regroup(session: Session, groups: readonly (readonly Told[])[]): Promise<void> {
  for (const group of groups) {
    const deed = Math.min(...group.map(({number}) => number))
    await session.all(`UPDATE tellings SET deed = ${deed} WHERE number IN (${group.map(({number}) => number).join(", ")})`)
  }
  await renewDeeds(
    session,
    groups.map(group => Math.min(...group.map(({number}) => number))),
  )
  await session.all("UPDATE store SET generation = coalesce(generation, 0) + 1")
}

async function keep(session: Session, kind: Ruling["kind"], told: readonly Told[], before: readonly Member[], day: Day): Promise<Ruled> {
  const number = await next(session, "rulings")
  const keys = new Map(before.map(({number, report, id}) => [number, `${report} ${id}`]))
  const kept = before.map(({report, id, deed, joined, reasons}) => ({report, id, deed, joined: joined === null ? null : (keys.get(joined) ?? null), reasons}))
  await session.insert(
    "rulings",
    ["number", "kind", "ids", "made", "undone", "before"],
    [[number, kind, JSON.stringify(told.map(({id}) => id)), day, null, JSON.stringify(kept)]],
  )
  for (const [place, {report, id}] of told.entries()) {
    const [mention] = await session.all("SELECT sentence, type, trigger_words FROM mentions WHERE report = $1 AND id = $2 AND is_current", [report, id])
    const words = JSON.stringify({text: (JSON.parse(mention?.trigger_words as string) as {text: string}).text}).replace(/\}$/, ",")
    await session.insert(
      "ruled",
      ["ruling", "place", "report", "sentence", "type", "words"],
      [[number, place, report, mention!.sentence!, mention!.type!, words]],
    )
  }
  await session.all("UPDATE store SET generation = coalesce(generation, 0) + 1")
  return ruledBy(session, number)
}

async function ruledBy(session: Session, number: number): Promise<Ruled> {
  const [row] = await session.all("SELECT number, kind, made, undone, ids FROM rulings WHERE number = $1", [number])
  const ruling = rulingOf(row!)
  const marks = ruling.ids.map((_, at) => `$${at + 1}`).join(", ")
  const found = await session.all(`SELECT DISTINCT event FROM mentions WHERE is_current AND id IN (${marks}) ORDER BY event`, [...ruling.ids])
  return {...ruling, events: found.map(({event}) => event as string)}
}

/** An event with all that tells it. */
export type ShownEvent = {
  /** The event's id: asked by another of its ids, it leads here. */
  readonly event: string
  readonly mentions: readonly (EventRecord & {
    /** The deed's id within its report; a ruling is made on it. */
    readonly telling: string
    /** The id of the telling that it was found to be like, and why; `null` for the first, and for what is told twice in a report. */
    readonly joined: string | null
    readonly reasons: readonly string[]
  })[]
  /** Rulings in force on it, the newest first. */
  readonly rulings: readonly Ruling[]
}

/** Reads an event by the id of any of its mentions; `undefined` where there is none. */
export async function event(session: Session, id: string): Promise<ShownEvent | undefined> {
  const [found] = await session.all("SELECT event FROM mentions WHERE id = $1 AND is_current ORDER BY number LIMIT 1", [id])
  if (!found) return undefined
  const {rows} = await events(session, {event: found.event as string, status: "all", minConfidence: 0}, "mentions", {limit: 5000})
  const told = await session.all(
    `SELECT m.id, m.own_event, o.id AS joined, t.reasons FROM mentions m LEFT JOIN tellings t ON t.report = m.report AND t.id = m.own_event
     LEFT JOIN tellings o ON o.number = t.joined WHERE m.event = $1 AND m.is_current`,
    [found.event!],
  )
  const byId = new Map(told.map(row => [row.id, row]))
  const all = await rulings(session)
  const ids = new Set(told.map(({own_event}) => own_event as string))
  return {
    event: found.event as string,
    mentions: rows.map(row => {
      const one = byId.get(row.id)
      const isFirst = one?.own_event === row.id
      return {
        ...row,
        telling: (one?.own_event ?? row.id) as string,
        joined: isFirst ? ((one?.joined ?? null) as string | null) : null,
        reasons: isFirst && typeof one?.reasons === "string" ? (JSON.parse(one.reasons) as string[]) : [],
      }
    }),
    rulings: all.filter(({undone, ids: its}) => undone === null && its.some(one => ids.has(one))),
  }
}
