import {CoderError} from "../0-records/index.ts"

/** A table of lines, found by key. */
export type Lines = {
  /** The cells after the key of each line that has it, in the table's order. */
  find(key: string): string[][]
  /** The cells after the key of line `number`, counted from 0. */
  at(number: number): string[]
}

/**
 * Opens a table of lines `key<TAB>cell<TAB>…` below a head that begins with `#`, in order of the keys' UTF-16 units, as
 * knowledge/build/table.js writes it. It is searched as it stands, so that opening costs no more than reading.
 *
 * @throws CoderError `knowledge-unreadable`, where it has no head or a line has no end
 */
export function openLines(text: string, path: string): Lines {
  if (!text.startsWith("#") || !text.endsWith("\n"))
    throw new CoderError("knowledge-unreadable", `Cannot read the table ${JSON.stringify(path)}: expected lines below a head that begins with #`)
  let known: readonly number[] | undefined
  const starts = () => {
    known ??= startsOf(text)
    return known
  }
  const at = (number: number) => {
    const start = starts()[number]!
    return text.slice(start, text.indexOf("\n", start)).split("\t").slice(1)
  }
  return {
    at,
    find(key) {
      const all = starts()
      let [from, to] = [0, all.length]
      while (from < to) {
        const middle = (from + to) >> 1
        if (order(text, all[middle]!, key) < 0) from = middle + 1
        else to = middle
      }
      const found: string[][] = []
      for (let line = from; line < all.length && order(text, all[line]!, key) === 0; line++) found.push(at(line))
      return found
    },
  }
}

/** Where each line below the head begins. */
function startsOf(text: string): number[] {
  const starts: number[] = []
  for (let at = text.indexOf("\n") + 1; at < text.length; at = text.indexOf("\n", at) + 1) starts.push(at)
  return starts
}

/** Below 0 where the line's key comes before `key`, 0 where it is `key`. The tab after a key comes before all that a key is made of. */
function order(text: string, start: number, key: string): number {
  for (let i = 0; i < key.length; i++) {
    const difference = text.charCodeAt(start + i) - key.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return text[start + key.length] === "\t" ? 0 : 1
}
