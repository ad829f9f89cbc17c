import {daysBetween, groups, type Near, type Profile, type ReportRef, type Telling} from "../0-records/index.ts"
import {alike, stemsOf} from "./words.ts"

/** Days between two reports of one affair at most; an affair goes on as long as each next report is within them. */
const reach = 6

/** Least share of words that title and lead of two reports have in common, by how many of their countries and names they share. */
const leastAlike = {two: 0.2, one: 0.35} as const

/** A report that tells of as many things which have nobody and no place in common is a round-up, and of no affair but its own. */
const roundUp = 3

/** What of a report tells which affair it is of: stems of its title and first words, and who and where its events are. */
export function profileOf({title, published}: Pick<ReportRef, "title" | "published">, text: string, tellings: readonly Telling[]): Profile {
  const counts = new Map<string, number>()
  // A round-up is found by nobody.
  for (const telling of tellings) for (const key of telling.isInRoundUp ? [] : keysOf(telling)) counts.set(key, (counts.get(key) ?? 0) + 1)
  const keys = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key)
  return {published, words: stemsOf(`${title ?? ""} ${text.slice(0, 400)}`).slice(0, 40), keys: keys.slice(0, 12)}
}

/** Whom and which places news tells of. */
const keysOf = ({keys, isBackground}: Pick<Telling, "keys" | "isBackground">) => (isBackground ? [] : keys.filter(key => !key.startsWith("~")))

/** Whether a report tells of several affairs, as one on the week does. */
export function isRoundUp(tellings: readonly Pick<Telling, "keys" | "isBackground">[]): boolean {
  const told = tellings.map(keysOf).filter(keys => keys.length > 0)
  const [parts, firstWith] = [groups(), new Map<string, number>()]
  for (const [at, keys] of told.entries()) {
    for (const key of keys) {
      const first = firstWith.get(key)
      if (first === undefined) firstWith.set(key, at)
      else parts.join(first, at)
    }
  }
  return new Set([...told.keys()].map(parts.of)).size >= roundUp
}

/** Says which of the near reports are of the same affair by what they are about, and why. Those that tell one deed are, whatever this says. */
export function linksOf(profile: Profile, near: Near["reports"]): {report: number; reason: string}[] {
  return near.flatMap(other => {
    if (!isNear(profile, other)) return []
    const shared = profile.keys.filter(key => other.keys.includes(key))
    const share = alike(profile.words, other.words)
    const isOne = shared.length >= 2 ? share >= leastAlike.two : shared.length === 1 && share >= leastAlike.one
    return isOne ? [{report: other.report, reason: `about ${shared.slice(0, 3).join(", ")}, in like words (${Math.round(share * 100)}% in common)`}] : []
  })
}

/** Whether two reports came out within days of each other. */
export function isNear({published: one}: Pick<Profile, "published">, {published: other}: Pick<Profile, "published">): boolean {
  return one !== null && other !== null && Math.abs(daysBetween(one, other)) <= reach
}
