/**
 * A stretch of a report's text, from `start` up to but not including `end`.
 *
 * Inside rooms 3 to 6 both count UTF-16 units, as JavaScript's strings do; in every record that leaves room 6
 * they count Unicode code points, so that slices in Python and R agree. `codePoints` is the one bridge.
 */
export type Span = {readonly start: number; readonly end: number}

/** Words of a report with the place where they stand: `text` equals `slice(report.text, start, end)`, always. */
export type Words = Span & {readonly text: string}

/** Cuts `text` by code points: the only way to read a record's offsets. */
export function slice(text: string, start: number, end?: number): string {
  if (!hasSurrogates(text)) return text.slice(start, end)
  return Array.from(text).slice(start, end).join("")
}

/**
 * Maps UTF-16 offsets of `text` to code-point offsets.
 *
 * An offset inside a surrogate pair maps to the code point that the pair makes.
 */
export function codePoints(text: string): (unit: number) => number {
  if (!hasSurrogates(text)) return unit => unit
  const points = new Uint32Array(text.length + 1)
  let point = 0
  for (let unit = 0; unit < text.length; unit++) {
    points[unit] = point
    const isPair = isHigh(text.charCodeAt(unit)) && unit + 1 < text.length && isLow(text.charCodeAt(unit + 1))
    if (isPair) points[++unit] = point
    point++
  }
  points[text.length] = point
  return unit => points[unit] ?? point
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000

function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text)
}

/** The UTF-16 offset of a code point: the way back, for spans that a user gives. */
export function unitOf(text: string, point: number): number {
  if (!hasSurrogates(text)) return point
  return Array.from(text).slice(0, point).join("").length
}
