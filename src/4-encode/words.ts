import type {Span} from "../0-records/index.ts"

/** The fixed rule that training/data.py repeats: a run of letters, marks and digits, or any other single character that is no white space. */
const rule = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu

/** The words of `text` from `start` to `end`, UTF-16 units of `text`. */
export function wordsOf(text: string, start: number, end: number): Span[] {
  const words: Span[] = []
  for (const found of text.slice(start, end).matchAll(rule)) words.push({start: start + found.index, end: start + found.index + found[0].length})
  return words
}

/**
 * How a word is written, for the casing embedding of an encoder that reads lower case only: 1 lower, 2 capital first,
 * 3 all capitals, 4 mixed, 5 with digits, 6 other. 0 is left for the pieces that are no word's.
 */
export function casingOf(word: string): number {
  if (/\p{N}/u.test(word)) return 5
  if (!/\p{L}/u.test(word)) return 6
  const lower = word.toLowerCase()
  if (word === lower) return 1
  const letters = Array.from(word)
  if (letters.length > 1 && word === word.toUpperCase()) return 3
  const [first = "", rest = ""] = [letters[0], letters.slice(1).join("")]
  return first === first.toUpperCase() && rest === rest.toLowerCase() ? 2 : 4
}
