import type {Toll} from "../0-records/index.ts"
import {stem} from "./words.ts"

const small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ")
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ")
const scales: Readonly<Record<string, number>> = {dozen: 12, hundred: 100, thousand: 1000, million: 1e6, billion: 1e9}
const months = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i

/** What makes a number a toll; numbers beside none of these count the noun that follows. */
const classes: readonly (readonly [string, RegExp])[] = [
  ["dead", /^(?:kill|dead|die|death|slain|massacr|bodies|murder|execut)/],
  ["wounded", /^(?:wound|injur|hurt)/],
  ["held", /^(?:arrest|detain|jail|round)/],
  ["taken", /^(?:abduct|kidnap|seiz|snatch|hostage)/],
]

/**
 * Reads the numbers of a sentence: "killed at least 12", "Twenty-three civilians died", "150 million euros".
 *
 * Days, years and times are none. `of` holds the classes or stems that say what is counted.
 */
export function tollsOf(sentence: string): Toll[] {
  const tokens =
    sentence
      .replace(/(\d),(?=\d{3})/g, "$1")
      .match(/[\p{L}\d][\p{L}\d.’'-]*/gu)
      ?.map(token => token.replace(/[.’'-]+$/, "")) ?? []
  const tolls: Toll[] = []
  for (let at = 0; at < tokens.length; at++) {
    const read = numberAt(tokens, at)
    if (!read || isDay(tokens, at, read.end, read.count)) continue
    const isLeast = /^(?:least|than|over|nearly|about|some)$/i.test(tokens[at - 1] ?? "")
    tolls.push({of: countedAt(tokens, at, read.end), count: read.count, isLeast})
    at = read.end - 1
  }
  return tolls
}

function numberAt(tokens: readonly string[], start: number): {count: number; end: number} | undefined {
  const first = plain(tokens[start]!)
  if (first === undefined) return undefined
  let [count, end] = [first, start + 1]
  for (;;) {
    const scale = scales[(tokens[end] ?? "").toLowerCase()]
    if (scale === undefined) return {count, end}
    count *= scale
    end++
  }
}

function plain(token: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(token)) return Number(token)
  const word = token.toLowerCase()
  const [ten = "", one] = word.split("-")
  if (small.indexOf(word) > 0) return small.indexOf(word)
  if (tens.includes(ten) && (one === undefined || small.indexOf(one) > 0)) return (tens.indexOf(ten) + 2) * 10 + (one ? small.indexOf(one) : 0)
  return undefined
}

function isDay(tokens: readonly string[], start: number, end: number, count: number): boolean {
  const [before, after] = [tokens[start - 1] ?? "", tokens[end] ?? ""]
  if (/^\d{4}$/.test(tokens[start]!) && count >= 1000 && count < 2100) return true
  if (/^one$/i.test(tokens[start]!)) return !/^(?:people|person|soldier|civilian|man|woman|dead)$/i.test(after) && !/^(?:kill|wound)/i.test(before)
  return (
    (months.test(after) && /^\p{Lu}/u.test(after)) ||
    (months.test(before) && /^\p{Lu}/u.test(before)) ||
    /^(?:am|pm|years?|days?|weeks?|months?|hours?|minutes?)$/i.test(after)
  )
}

/** The class of the nearest telling word within six words, else the stems of the words that follow. */
function countedAt(tokens: readonly string[], start: number, end: number): string[] {
  for (let far = 1; far <= 6; far++) {
    for (const token of [tokens[end - 1 + far], tokens[start - far]]) {
      const found = token === undefined ? undefined : classes.find(([, form]) => form.test(token.toLowerCase()))
      if (found) return [found[0]]
    }
  }
  return tokens.slice(end, end + 3).map(stem)
}
