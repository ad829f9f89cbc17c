import type {HeldOffice} from "../0-records/index.ts"
import {type Knowledge, keyOf} from "./knowledge.ts"
import {always} from "./own.ts"

/** The offices and parts that the tables know somebody of that name to have held, the earliest first; of namesakes each one's. */
export function officesOf(name: string, knowledge: Knowledge): HeldOffice[] {
  return knowledge.people(keyOf(name)).flatMap(({name, terms}) =>
    terms.map(({sector, from, to, ...term}) => ({
      ...{name, ...term, sector: sector || null},
      ...{from: from === always.from ? null : from, to: to === always.to ? null : to},
    })),
  )
}
