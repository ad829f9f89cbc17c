/** A span of a marked text, UTF-16 units. */
export type MarkedSpan = {readonly start: number; readonly end: number; readonly text: string}

/**
 * Reads roles marked in place: `"<who:China> <did:condemned> <whom:the blockade>."` gives the plain text and a span
 * for each role. A role that occurs twice keeps its first span under its name; `all` has every one in order.
 */
export function marked(source: string): {text: string; spans: Record<string, MarkedSpan>; all: (MarkedSpan & {role: string})[]} {
  let text = ""
  let at = 0
  const all: (MarkedSpan & {role: string})[] = []
  for (const found of source.matchAll(/<(\p{L}[\p{L}\p{N}]*):([^<>]*)>/gu)) {
    text += source.slice(at, found.index)
    const [, role = "", words = ""] = found
    all.push({role, start: text.length, end: text.length + words.length, text: words})
    text += words
    at = found.index + found[0].length
  }
  text += source.slice(at)
  const spans: Record<string, MarkedSpan> = {}
  for (const {role, ...span} of all) spans[role] ??= span
  return {text, spans, all}
}
