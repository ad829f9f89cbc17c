import type {Coded, Day, EventRecord} from "../0-records/index.ts"
import {type Database, Gone, type Session} from "./database.ts"
import {leave} from "./gather.ts"

/** Which reports to forget. */
export type Target = {readonly report?: string; readonly url?: string; readonly publisher?: string}

/** What was removed. */
export type Forgotten = {readonly reports: number; readonly mentions: number; readonly quotes: number; readonly problems: number; readonly actors: number}

/**
 * Removes reports in all their versions with everything found in them, and writes the file anew, so that none of their bytes is left in it.
 * A kill between the two leaves the rewriting due; the next who opens the store does it.
 */
export async function forget(database: Database, target: Target): Promise<Forgotten> {
  const forgotten = await database.transaction(async session => {
    const numbers = await chosen(session, target)
    if (numbers.length === 0) return {reports: 0, mentions: 0, quotes: 0, problems: 0, actors: 0}
    const which = `(${numbers.join(", ")})`
    await leave(session, numbers)
    const remove = async (table: string, where: string) => (await session.all(`DELETE FROM ${table} WHERE ${where} RETURNING 1 AS gone`)).length
    const mentions = `mention IN (SELECT number FROM mentions WHERE report IN ${which})`
    await remove("sides", mentions)
    await remove("dyads", mentions)
    const counts = {
      reports: await remove("reports", `number IN ${which}`),
      mentions: await remove("mentions", `report IN ${which}`),
      quotes: await remove("quotes", `report IN ${which}`),
      problems: await remove("problems", `report IN ${which}`),
    }
    for (const table of ["sentences", "codings", "corrections", "ruled"]) await remove(table, `report IN ${which}`)
    const actors = await remove("actors", `number NOT IN (SELECT actor FROM sides) AND number NOT IN (SELECT speaker FROM quotes WHERE speaker IS NOT NULL)`)
    await remove("parties", "number NOT IN (SELECT party_number FROM actors)")
    await session.all("UPDATE store SET must_rewrite = true")
    return {...counts, actors}
  })
  if (forgotten.reports > 0) {
    await finishForgetting(database).catch(error => {
      // Another process took the file over in between: it finds the rewriting due, and does it.
      if (!(error instanceof Gone)) throw error
    })
  }
  return forgotten
}

/** Rewrites the file where something was forgotten and its bytes may still stand in it. */
export async function finishForgetting(database: Database): Promise<void> {
  const [row] = await database.all("SELECT must_rewrite FROM store")
  if (row?.must_rewrite !== true) return
  await database.rewrite()
  await database.transaction(session => session.all("UPDATE store SET must_rewrite = false"))
}

async function chosen(session: Session, {report, url, publisher}: Target): Promise<number[]> {
  const rows = await session.all(
    `SELECT number FROM reports WHERE id = $1 OR key = $1 OR url = $2 OR publisher = $3
       OR source IN (SELECT source FROM reports WHERE source IS NOT NULL AND (key = $1 OR url = $2))
     ORDER BY number`,
    [report ?? null, url ?? null, publisher ?? null],
  )
  return rows.map(({number}) => number as number)
}

/** A report that is to be coded again. */
export type Stored = {readonly number: number} & Pick<Coded, "report" | "text">

/** The newest versions of reports published since a day, or all, that the run has not coded yet; in the order of arrival, after a number. */
export async function uncoded(
  session: Session,
  {run, since, after = 0, limit = 100}: {readonly run: number | null; readonly since?: Day; readonly after?: number; readonly limit?: number},
): Promise<Stored[]> {
  const rows = await session.all(
    `SELECT number, id, title, url, publisher, published, text FROM reports
     WHERE is_current AND number > $1 AND ($2::VARCHAR IS NULL OR published >= $2::DATE)
       AND number NOT IN (SELECT report FROM codings WHERE run = coalesce($3::INTEGER, 0)) ORDER BY number LIMIT $4`,
    [after, since ?? null, run, limit],
  )
  return rows.map(({number, text, ...report}) => ({number, text, report}) as unknown as Stored)
}

/** How the rows of two codings differ: what only one has, and what both have with other values. */
export type Change = {
  readonly report: string
  readonly before: Pick<EventRecord, "id" | "type" | "mode" | "status" | "confidence"> | null
  readonly after: Pick<EventRecord, "id" | "type" | "mode" | "status" | "confidence"> | null
  /** The words that tell it. */
  readonly trigger: string
}

/** Changes from one run to another over the reports that both coded, mention by mention; two mentions are the same where their trigger stands in the same place. */
export async function changes(
  session: Session,
  from: number,
  to: number,
  limit = 100,
): Promise<{readonly same: number; readonly changes: readonly Change[]; readonly total: number}> {
  const one = (run: string) => `(SELECT m.report, m.id, m.type, m.mode, m.status, m.confidence, m.actors::VARCHAR AS sides, m.recipients::VARCHAR AS others,
      m.trigger_words::VARCHAR AS trigger, row_number() OVER (PARTITION BY m.report, m.trigger_words::VARCHAR ORDER BY m.type, m.number) AS n
    FROM mentions m WHERE m.run = ${run} AND m.valid_from IS NULL AND m.report IN (SELECT report FROM codings WHERE run = $1 INTERSECT SELECT report FROM codings WHERE run = $2))`
  const joined = `${one("$1")} a FULL OUTER JOIN ${one("$2")} b ON a.report = b.report AND a.trigger = b.trigger AND a.n = b.n
    JOIN reports r ON r.number = coalesce(a.report, b.report)`
  const isSame = `(a.type IS NOT DISTINCT FROM b.type AND a.mode IS NOT DISTINCT FROM b.mode AND a.status IS NOT DISTINCT FROM b.status
    AND a.sides IS NOT DISTINCT FROM b.sides AND a.others IS NOT DISTINCT FROM b.others)`
  const [counted] = await session.all(
    `SELECT count(*) FILTER (WHERE ${isSame})::INTEGER AS same, count(*) FILTER (WHERE NOT ${isSame})::INTEGER AS changed FROM ${joined}`,
    [from, to],
  )
  const rows = await session.all(
    `SELECT r.id AS report, a.id AS id_a, a.type AS type_a, a.mode AS mode_a, a.status AS status_a, a.confidence AS confidence_a,
       b.id AS id_b, b.type AS type_b, b.mode AS mode_b, b.status AS status_b, b.confidence AS confidence_b, coalesce(a.trigger, b.trigger) AS trigger
     FROM ${joined} WHERE NOT ${isSame} ORDER BY r.number, coalesce(a.id, b.id), coalesce(b.id, a.id) LIMIT $3`,
    [from, to, limit],
  )
  const side = (row: (typeof rows)[number], of: "a" | "b") =>
    row[`id_${of}`] === null
      ? null
      : {id: row[`id_${of}`], type: row[`type_${of}`], mode: row[`mode_${of}`], status: row[`status_${of}`], confidence: row[`confidence_${of}`]}
  return {
    same: counted?.same as number,
    total: counted?.changed as number,
    changes: rows.map(
      row =>
        ({
          report: row.report,
          before: side(row, "a"),
          after: side(row, "b"),
          trigger: (JSON.parse(row.trigger as string) as {text: string}).text,
        }) as Change,
    ),
  }
}
