import type {ReportRef} from "../0-records/index.ts"
import {floorOf, type Page, type Rows} from "./ask.ts"
import type {Session} from "./database.ts"

/** A report in a list, with what its present coding found: mentions and their events from the model's own least confidence on, in any status. */
export type ListedReport = ReportRef & {
  readonly key: string
  readonly mentions: number
  readonly events: number
  readonly quotes: number
  readonly problems: number
}

/** Reports in their newest version, the newest first, with what was found in each. */
export async function listed(session: Session, {limit = 100, after}: Page): Promise<Rows<ListedReport> & {readonly total: number}> {
  const floor = await floorOf(session)
  const rows = await session.all(
    `WITH page AS (SELECT * FROM reports WHERE is_current AND number < $1 ORDER BY number DESC LIMIT $2)
     SELECT r.number, r.id, r.title, r.url, r.publisher, r.published, r.key,
       (SELECT count(*) FROM mentions m WHERE m.report = r.number AND m.is_current AND m.confidence >= $3)::INTEGER AS mentions,
       (SELECT count(DISTINCT m.event) FROM mentions m WHERE m.report = r.number AND m.is_current AND m.confidence >= $3)::INTEGER AS events,
       (SELECT count(*) FROM quotes q WHERE q.report = r.number AND q.is_current)::INTEGER AS quotes,
       (SELECT count(*) FROM problems p WHERE p.report = r.number)::INTEGER AS problems
     FROM page r ORDER BY r.number DESC`,
    [after === undefined ? 2 ** 31 - 1 : Number(after), limit, floor],
  )
  const [total] = await session.all("SELECT count(*)::INTEGER AS n FROM reports WHERE is_current")
  return {
    rows: rows.map(({number: _, ...row}) => row as unknown as ListedReport),
    next: rows.length === limit ? String(rows.at(-1)?.number) : null,
    total: total?.n as number,
  }
}
