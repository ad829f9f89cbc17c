import type {Near, Telling} from "../0-records/index.ts"
import {isLike, type Likeness, least, likeness} from "./same.ts"

/** A telling, and one of each deed that it is one with: a placed one's number, or the id of one of the same report. None where it stands alone. */
export type Join = {readonly telling: Telling; readonly joins: readonly (number | string)[]; readonly reasons: readonly string[]}

/** Joins two deeds only where a telling is as like to both as this; a bridge is less sure than a member. */
const bridge = least + 0.6

/** Tellings of one report are one deed only where they are as like as this: room 6 has seen them together and kept them apart. */
const within = least + 0.9

/** Share of a deed's tellings that may speak against a new one: a coder errs, and one error must not tear a deed of hundreds. */
const against = 0.15

/** Says which deed each telling of a report is of, the surest first; what was ruled by hand comes before all. */
export function deedsOf(
  tellings: readonly Telling[],
  {tellings: placed, together, apart, setApart}: Pick<Near, "tellings" | "together" | "apart" | "setApart">,
): Join[] {
  const deeds = new Map<number | string, Member[]>()
  for (const {telling, number, deed} of placed) {
    const member = {telling, key: number, isOwn: false}
    const members = deeds.get(deed)
    if (members) members.push(member)
    else deeds.set(deed, [member])
  }
  const compare = remembered(likeness)
  const like = (telling: Telling) => [...deeds].filter(([, members]) => members.some(member => isLike(telling, member.telling)))
  // The surest first, so that of two tellings in one sentence the likelier joins.
  const score = new Map(tellings.map(telling => [telling, rank(telling, like(telling), compare)[0]?.score ?? 0]))
  const joined: Join[] = []
  for (const telling of [...tellings].sort((a, b) => score.get(b)! - score.get(a)!)) {
    const isAmong = (pairs: Near["together"], {key}: Member) => pairs.some(([id, number]) => id === telling.id && number === key)
    const isOpen = ([, members]: readonly [number | string, readonly Member[]]) => !members.some(member => isAmong(apart, member))
    const byHand = (together.length === 0 ? [] : [...deeds].filter(isOpen)).flatMap(([deed, members]): Ranked[] => {
      const partner = members.find(member => isAmong(together, member))
      return partner ? [{deed, key: partner.key, score: 0, reasons: ["joined by hand"]}] : []
    })
    const chosen = byHand.length > 0 ? byHand : bridged(rank(telling, like(telling).filter(isOpen), compare), deeds, setApart)
    joined.push({telling, joins: chosen.map(({key}) => key), reasons: chosen[0]?.reasons ?? []})
    const members = [...chosen.flatMap(({deed}) => deeds.get(deed)!), {telling, key: telling.id, isOwn: true}]
    for (const {deed} of chosen) deeds.delete(deed)
    deeds.set(chosen[0]?.deed ?? telling.id, members)
  }
  return joined
}

/** A telling of a deed; `isOwn` where it is of the very report that is gathered. */
type Member = {readonly telling: Telling; readonly key: number | string; readonly isOwn: boolean}

type Ranked = {readonly deed: number | string; readonly key: number | string; readonly score: number; readonly reasons: readonly string[]}

/** Compares the same two only once. */
function remembered(compare: typeof likeness): typeof likeness {
  const known = new Map<Telling, Map<Telling, Likeness | undefined>>()
  return (one, other) => {
    if (!isLike(one, other)) return undefined
    const own = known.get(one) ?? new Map<Telling, Likeness | undefined>()
    known.set(one, own)
    if (!own.has(other)) own.set(other, compare(one, other))
    return own.get(other)
  }
}

/** The deeds that a telling may be of, the likeliest first. */
function rank(telling: Telling, deeds: readonly (readonly [number | string, readonly Member[]])[], compare: typeof likeness): Ranked[] {
  const found = deeds.flatMap(([deed, members]): Ranked[] => {
    let [opposed, best]: [number, Ranked | undefined] = [0, undefined]
    for (const {telling: other, key, isOwn} of members) {
      const one = isOwn && isSameSentence(telling, other) ? undefined : compare(telling, other)
      if (!one) opposed++
      else if (one.score >= (isOwn ? within : least) && (!best || one.score > best.score)) best = {deed, key, ...one}
    }
    return best && opposed <= members.length * against ? [best] : []
  })
  return found.sort((a, b) => b.score - a.score || (String(a.key) < String(b.key) ? -1 : 1))
}

const isSameSentence = (one: Telling, other: Telling) => one.sentences.some(sentence => other.sentences.includes(sentence))

/** The likeliest deed, and others that it bridges to where nothing speaks against their being one. */
function bridged([first, ...others]: readonly Ranked[], deeds: ReadonlyMap<number | string, readonly Member[]>, setApart: readonly number[]): Ranked[] {
  if (!first) return []
  const members = [...deeds.get(first.deed)!]
  const chosen = [first]
  const isSetApart = (some: readonly Member[]) => some.some(({key}) => typeof key === "number" && setApart.includes(key))
  if (isSetApart(members)) return chosen
  for (const other of others) {
    const theirs = deeds.get(other.deed)!
    if (isSetApart(theirs)) continue
    if (other.score < bridge || theirs.length * members.length > 2500 || theirs.some(one => members.some(member => !likeness(one.telling, member.telling))))
      continue
    chosen.push(other)
    members.push(...theirs)
  }
  return chosen
}
