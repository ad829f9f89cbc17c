import type {Span} from "../0-records/index.ts"

/**
 * The words of a text in code points, by the one rule that training and room 4 have: a run of letters, marks and
 * digits, or any other single character that is no white space.
 */
export function wordsOf(text: string): Span[] {
  const words: Span[] = []
  let unit = 0
  let point = 0
  for (const found of text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu)) {
    point += lengthOf(text.slice(unit, found.index))
    const end = point + lengthOf(found[0])
    words.push({start: point, end})
    unit = found.index + found[0].length
    point = end
  }
  return words
}

/** The words that a stretch of code points touches, as first and past last; `undefined` where it touches none. */
export function touched(words: readonly Span[], {start, end}: Span): Span | undefined {
  const first = words.findIndex(word => word.end > start)
  if (first < 0 || words[first]!.start >= end) return undefined
  let last = first
  while (last < words.length && words[last]!.start < end) last++
  return {start: first, end: last}
}

/** Code points of a text. */
export function lengthOf(text: string): number {
  let points = 0
  for (const _ of text) points++
  return points
}

export const overlaps = (one: Span, other: Span) => one.start < other.end && one.end > other.start
export const isSame = (one: Span, other: Span) => one.start === other.start && one.end === other.end
