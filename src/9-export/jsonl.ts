import type {Layout} from "./layout.ts"
import {ordered} from "./ordered.ts"

/** One JSON object a line, as docs/event-record.md describes it, keys in its order. */
export const jsonl: Layout = {
  name: "jsonl",
  about: "one JSON object a line: the whole record",
  ending: "jsonl",
  media: "application/x-ndjson",
  isMixed: false,
  isBinary: false,
  isDataset: false,
  takesOther: true,
  async *write(rows, {wrote}) {
    for await (const row of rows) {
      wrote?.(1)
      yield `${JSON.stringify(ordered(row))}\n`
    }
  },
}
