import {CoderError} from "./problem.ts"

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string & {readonly __day?: never}

/** First and last day, both included; equal for a single day. */
export type Days = {readonly from: Day; readonly to: Day}

/**
 * Reads a day out of an ISO date or date and time; the time and its zone are ignored on purpose, since a
 * report's day is the day that its publisher printed. Years from 1000 to 2999 are days; "0001-01-01" is a program's word for none.
 *
 * @throws CoderError `day-unreadable`
 */
export function day(text: string): Day {
  const found = /^\s*([12]\d{3})-(\d{2})-(\d{2})(?:$|[T\s])/.exec(text)
  const iso = found && `${found[1]}-${found[2]}-${found[3]}`
  if (!iso || Number.isNaN(Date.parse(iso)) || new Date(iso).toISOString().slice(0, 10) !== iso) {
    throw new CoderError("day-unreadable", `Cannot read ${JSON.stringify(text.slice(0, 60))} as a day: expected YYYY-MM-DD`)
  }
  return iso
}

/** The day `count` days after `from`, or before it where `count` is negative. */
export function addDays(from: Day, count: number): Day {
  return new Date(Date.parse(from) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Days from one to the other; negative where the other is before. */
export function daysBetween(from: Day, to: Day): number {
  return from === to ? 0 : (Date.parse(to) - Date.parse(from)) / 86_400_000
}

/** The same days in stretches; those with less than `gap` days from one to the next become one. */
export function stretchesOf(days: readonly Days[], gap = 2): Days[] {
  const stretches: {from: Day; to: Day}[] = []
  for (const {from, to} of [...days].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = stretches.at(-1)
    if (!last || from >= addDays(last.to, gap)) stretches.push({from, to})
    else if (to > last.to) last.to = to
  }
  return stretches
}

/** Day of the week, 0 for Sunday to 6 for Saturday. */
export function weekday(of: Day): number {
  return new Date(of).getUTCDay()
}
