import type {EventRecord, Quote, Reviewable, ReviewProgress, Verdict} from "../0-records/index.ts"
import {floorOf} from "./ask.ts"
import {type Session, Values} from "./database.ts"
import {mentionConditions, type Query, quoteConditions} from "./query.ts"
import {type Subject, subjects} from "./reviewed.ts"

/** In which order mentions are reviewed, and which. */
export const reviewOrders = ["certainty", "disagreement", "second"] as const
export type ReviewOrder = (typeof reviewOrders)[number]

/** What waits for a verdict. */
export type ReviewQueue = {
  readonly rows: readonly (EventRecord | Quote)[]
  /** How many wait, these included. */
  readonly left: number
}

/**
 * Mentions that wait for a verdict, of any status unless asked otherwise; or quotes.
 *
 * `certainty`: those nobody decided, the least sure first. `disagreement`: of them, those that another run of the same report tells
 * otherwise or not at all, the surest first. `second`: those that others decided and this reviewer did not, as the coder wrote them.
 */
export async function reviewQueue(
  session: Session,
  query: Query,
  {
    of = "event",
    order = "certainty",
    reviewer = "",
    limit = 100,
  }: {readonly of?: Reviewable; readonly order?: ReviewOrder; readonly reviewer?: string; readonly limit?: number} = {},
): Promise<ReviewQueue> {
  const values = new Values()
  const subject = subjects[of]
  const which =
    order === "second" ? secondOf(subject, reviewer, values) : `m.is_current AND m.review IS NULL${order === "disagreement" ? ` AND ${differs(of)}` : ""}`
  const {base, status, confidence, dated} =
    of === "event" ? await mentionConditions(session, {status: "all", ...query}, values, await floorOf(session), which) : quoteConditions(query, values, which)
  const where = [base, status, confidence, dated].join(" AND ")
  const [counted] = await session.all(`SELECT count(*)::INTEGER AS n FROM ${subject.table} m JOIN reports r ON r.number = m.report WHERE ${where}`, values.list)
  const rows = await session.all(
    `${subject.select} WHERE ${where} ORDER BY m.confidence${order === "disagreement" ? " DESC" : ""}, m.number LIMIT ${values.add(limit)}`,
    values.list,
  )
  return {rows: rows.map(subject.recordOf), left: counted?.n as number}
}

/** What makes two codings' rows the same. */
const sameRow: Readonly<Record<Reviewable, string>> = {
  event: `o.type = m.type AND o.mode IS NOT DISTINCT FROM m.mode AND o.status = m.status AND o.trigger_words::VARCHAR = m.trigger_words::VARCHAR
    AND o.actors::VARCHAR = m.actors::VARCHAR AND o.recipients::VARCHAR = m.recipients::VARCHAR`,
  quote:
    "o.kind = m.kind AND o.content::VARCHAR = m.content::VARCHAR AND o.cue::VARCHAR IS NOT DISTINCT FROM m.cue::VARCHAR AND o.speaker IS NOT DISTINCT FROM m.speaker",
}

/** Another coding of the report has no such row. */
const differs = (of: Reviewable) => `EXISTS (SELECT 1 FROM codings k WHERE k.report = m.report AND k.run <> m.run
  AND NOT EXISTS (SELECT 1 FROM ${subjects[of].table} o WHERE o.report = m.report AND o.run = k.run AND o.valid_from IS NULL AND ${sameRow[of]}))`

const secondOf = ({standsIn}: Subject, reviewer: string, values: Values) => {
  const me = values.add(reviewer)
  return `m.valid_from IS NULL AND m.past_of IN (SELECT c.${standsIn} FROM corrections c WHERE c.undone IS NULL AND c.verdict <> 'added' AND c.reviewer <> ${me})
    AND m.past_of NOT IN (SELECT c.${standsIn} FROM corrections c WHERE c.undone IS NULL AND c.${standsIn} IS NOT NULL AND c.reviewer = ${me})
    AND EXISTS (SELECT 1 FROM codings k WHERE k.report = m.report AND k.run = m.run AND k.until IS NULL)`
}

/** Keys of the reports with a verdict in force, in the order of arrival. */
export async function reviewedReports(session: Session): Promise<string[]> {
  const rows = await session.all(
    `SELECT r.key FROM reports r WHERE r.is_current AND EXISTS (SELECT 1 FROM corrections c WHERE c.report = r.number AND c.undone IS NULL AND coalesce(c.mention, c.quote) IS NOT NULL)
     ORDER BY r.number`,
  )
  return rows.map(({key}) => key as string)
}

/** What reviewers have said of the rows that count now, and how far they agree. */
export async function reviewProgress(session: Session, of: Reviewable = "event"): Promise<ReviewProgress> {
  const {table, standsIn} = subjects[of]
  const [counted] = await session.all(`SELECT count(*)::INTEGER AS n FROM ${table} m WHERE m.is_current AND m.review IS NULL AND m.confidence >= $1`, [
    of === "event" ? await floorOf(session) : 0,
  ])
  const rows = await session.all(
    `SELECT c.${standsIn} AS mention, c.reviewer, c.verdict, c.fields FROM corrections c JOIN reports r ON r.number = c.report
     WHERE c.undone IS NULL AND c.${standsIn} IS NOT NULL AND r.is_current ORDER BY c.number`,
  )
  // The last word of each reviewer on each row.
  const said = new Map<string, Map<number, {verdict: Verdict; fields: string}>>()
  for (const {mention, reviewer, verdict, fields} of rows) {
    const of = said.get(reviewer as string) ?? new Map<number, {verdict: Verdict; fields: string}>()
    said.set(reviewer as string, of.set(mention as number, {verdict: verdict as Verdict, fields: fields as string}))
  }
  const tally = (of: Map<number, {verdict: Verdict}>, verdict: Verdict) => [...of.values()].filter(one => one.verdict === verdict).length
  const names = [...said.keys()].sort()
  return {
    left: counted?.n as number,
    decided: new Set(rows.map(({mention}) => mention)).size,
    reviewers: names.map(reviewer => {
      const of = said.get(reviewer)!
      const [accepted, rejected, corrected, added] = (["accepted", "rejected", "corrected", "added"] as const).map(verdict => tally(of, verdict))
      return {reviewer, accepted: accepted!, rejected: rejected!, corrected: corrected!, added: added!}
    }),
    pairs: names.flatMap((one, at) =>
      names.slice(at + 1).flatMap(other => {
        const [a, b] = [said.get(one)!, said.get(other)!]
        const both = [...a.keys()].filter(mention => b.has(mention)).map(mention => [a.get(mention)!, b.get(mention)!] as const)
        if (both.length === 0) return []
        const isSame = ([x, y]: (typeof both)[number]) => (x.verdict === "rejected") === (y.verdict === "rejected") && x.fields === y.fields
        return [
          {
            reviewers: [one, other] as const,
            both: both.length,
            same: both.filter(isSame).length,
            kappa: kappaOf(both.map(pair => pair.map(({verdict}) => verdict !== "rejected") as [boolean, boolean])),
          },
        ]
      }),
    ),
  }
}

/** Cohen's kappa (1960) of yes or no, three decimals. */
function kappaOf(pairs: readonly (readonly [boolean, boolean])[]): number | null {
  const share = (of: (pair: readonly [boolean, boolean]) => boolean) => pairs.filter(of).length / pairs.length
  const [one, other] = [share(([a]) => a), share(([, b]) => b)]
  const chance = one * other + (1 - one) * (1 - other)
  if (chance === 1) return null
  return Math.round(((share(([a, b]) => a === b) - chance) / (1 - chance)) * 1000) / 1000
}
