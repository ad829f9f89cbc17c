import {type Day, day} from "../0-records/index.ts"

/**
 * Reads the day out of a publication date as inputs write it: ISO dates, `20190917`, RFC 822, "17 September 2019",
 * "September 17, 2019", `2019/09/17`, `17/09/2019` where only one reading is possible, and Unix times.
 *
 * The day is the one that the publisher printed: the zone shifts nothing. A Unix time prints none and is read in UTC.
 *
 * @throws CoderError `day-unreadable`
 */
export function readDay(text: string): Day {
  const found = iso(text) ?? unix(text) ?? named(text) ?? slashed(text)
  return day(found ?? text)
}

function iso(text: string): string | undefined {
  const [, year, month, date] = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text) ?? /^\s*(\d{4})(\d{2})(\d{2})(?:$|[T\s]|\d{6}$)/.exec(text) ?? []
  return joined(year, month, date)
}

function unix(text: string): string | undefined {
  const [, seconds] = /^\s*(\d{10})(?:\d{3})?(?:\.\d+)?\s*$/.exec(text) ?? []
  return seconds && new Date(Number(seconds) * 1000).toISOString().slice(0, 10)
}

function named(text: string): string | undefined {
  const [, date, month, year] = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d)/.exec(text) ?? []
  if (date && month) return joined(year, monthOf(month), date)
  const [, first, second, third] = /(?<![A-Za-z])([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/.exec(text) ?? []
  return first && joined(third, monthOf(first), second)
}

function slashed(text: string): string | undefined {
  const [, first, second, year] = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)/.exec(text) ?? []
  if (Number(first) > 12) return joined(year, second, first)
  if (Number(second) > 12 || first === second) return joined(year, first, second)
  return undefined
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

function monthOf(name: string): string | undefined {
  const at = months.indexOf(name.slice(0, 3).toLowerCase())
  return at < 0 ? undefined : String(at + 1)
}

function joined(year?: string, month?: string, date?: string): string | undefined {
  return year && month && date && `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`
}
