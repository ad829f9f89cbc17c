import type {Actor, ToldActor} from "../0-records/index.ts"
import {part} from "./ask.ts"
import {type Row, type Session, Values} from "./database.ts"
import {isWho} from "./query.ts"

/** How many of a meaning's first appearances are looked at for the plainest words. */
const appearances = 12

/** Whom a name, a country's or a role's code means in the present codings, the most told first: what the reports say of who that is. */
export async function told(session: Session, who: string, {limit = 30}: {readonly limit?: number} = {}): Promise<ToldActor[]> {
  const values = new Values()
  const meant = isWho(who, "a", values)
  const rows = await session.all(
    // Counted and put in order by narrow columns; only the few rows that are looked at are read whole.
    `WITH meant AS (SELECT a.number FROM actors a WHERE ${meant}),
     t AS (
       SELECT s.actor, s.role, m.report, m.number AS teller
       FROM sides s JOIN mentions m ON m.number = s.mention WHERE m.is_current AND s.actor IN (SELECT number FROM meant)
       UNION ALL
       SELECT q.speaker, 'speaker', q.report, q.number FROM quotes q WHERE q.is_current AND q.speaker IN (SELECT number FROM meant)
     ),
     c AS (
       SELECT t.actor, count(*) AS n, min(r.published) AS first_day, max(r.published) AS last_day FROM t JOIN reports r ON r.number = t.report
       GROUP BY t.actor ORDER BY n DESC, t.actor LIMIT ${values.add(limit)}
     ),
     f AS (SELECT actor, role, report, teller, place FROM (SELECT t.*, row_number() OVER (PARTITION BY actor ORDER BY teller, role) AS place FROM t) p WHERE place <= ${appearances})
     SELECT a.number, a.name, a.kind, a.country, a.sector, a.code, c.n::INTEGER AS told, c.first_day::VARCHAR AS "from", c.last_day::VARCHAR AS "to", r.id AS report,
       coalesce(m.id, q.id) AS id, CASE f.role WHEN 'actor' THEN m.actors WHEN 'recipient' THEN m.recipients ELSE q.speaker_words END::VARCHAR AS sides
     FROM c JOIN f ON f.actor = c.actor JOIN actors a ON a.number = c.actor JOIN reports r ON r.number = f.report
       LEFT JOIN mentions m ON m.number = CASE WHEN f.role = 'speaker' THEN NULL ELSE f.teller END
       LEFT JOIN quotes q ON q.number = CASE WHEN f.role = 'speaker' THEN f.teller END
     ORDER BY c.n DESC, a.number, r.published NULLS LAST, r.number, f.place`,
    values.list,
  )
  const numbers = [...new Set(rows.map(({number}) => number))]
  return numbers.map(one => {
    const its = rows.filter(({number}) => number === one)
    const {name, kind, country, sector, code, told, from, to} = its[0]!
    const found = its.flatMap(saidIn)
    // The first that says more than the name.
    const said = found.find(({basis, text}) => basis === "stated" && text !== name) ?? found[0]
    return {name, kind, country, sector, code, told, from, to, said} as ToldActor
  })
}

/** The words of a row that mean its actor. */
function saidIn({name, code, id, report, sides}: Row): ToldActor["said"][] {
  const found = [part(sides)].flat().find(one => (one as Actor).name === name && (one as Actor).code === code) as Actor | undefined
  return found ? [{text: found.text, basis: found.basis, row: id as string, report: report as string}] : []
}
