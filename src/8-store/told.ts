import type {Actor, ToldActor} from "../0-records/index.ts"
import {part} from "./ask.ts"
import {type Row, type Session, Values} from "./database.ts"
import {isWho} from "./query.ts"

/** Of a meaning's first reports, how many appearances are looked at for the plainest words. */
const appearances = 12

/** Whom a name, a country's or a role's code means in the present codings, the most told first: what the reports say of who that is. */
export async function told(session: Session, who: string, {limit = 30}: {readonly limit?: number} = {}): Promise<ToldActor[]> {
  const values = new Values()
  const meant = isWho(who, "a", values)
  const rows = await session.all(
    `WITH meant AS (SELECT a.number FROM actors a WHERE ${meant}),
     t AS (
       SELECT s.actor, m.report, m.id, CASE WHEN s.role = 'actor' THEN m.actors ELSE m.recipients END::VARCHAR AS sides
       FROM sides s JOIN mentions m ON m.number = s.mention WHERE m.is_current AND s.actor IN (SELECT number FROM meant)
       UNION ALL
       SELECT q.speaker, q.report, q.id, q.speaker_words::VARCHAR FROM quotes q WHERE q.is_current AND q.speaker IN (SELECT number FROM meant)
     ),
     c AS (
       SELECT t.actor, t.id, t.sides, r.id AS report, count(*) OVER (PARTITION BY t.actor) AS n, min(r.published) OVER (PARTITION BY t.actor) AS first_day,
         max(r.published) OVER (PARTITION BY t.actor) AS last_day, row_number() OVER (PARTITION BY t.actor ORDER BY r.published NULLS LAST, r.number, t.id) AS place
       FROM t JOIN reports r ON r.number = t.report
     )
     SELECT a.number, a.name, a.kind, a.country, a.sector, a.code, c.n::INTEGER AS told, c.first_day::VARCHAR AS "from", c.last_day::VARCHAR AS "to", c.id, c.sides, c.report
     FROM (SELECT actor FROM c WHERE place = 1 ORDER BY n DESC, actor LIMIT ${values.add(limit)}) p JOIN c ON c.actor = p.actor AND c.place <= ${appearances}
       JOIN actors a ON a.number = c.actor
     ORDER BY c.n DESC, a.number, c.place`,
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
