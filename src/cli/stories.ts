import {printableLines, type Story} from "../0-records/index.ts"
import {cell} from "./groups.ts"
import {count} from "./tell.ts"

/** Stories in a form to read, or as rows; `isFirst` where the header is still to come. */
export function writtenStories(stories: readonly Story[], format: string, isFirst: boolean): string {
  if (format === "jsonl") return stories.map(story => `${JSON.stringify(story)}\n`).join("")
  if (format === "csv") return [...(isFirst ? [columns] : []), ...stories.map(csvRow)].map(row => `${row.map(cell).join(",")}\n`).join("")
  return stories.map(storyText).join("")
}

const columns = ["story", "headline", "central", "first", "last", "reports", "originals", "publishers", "events", "mentions", "actors"]

const csvRow = ({story, headline, central, first, last, reports, originals, publishers, events, mentions, actors}: Story) => [
  ...[story, headline, central, first, last, reports, originals, publishers.join("; "), events, mentions],
  actors.map(({party}) => party).join("; "),
]

function storyText({story, headline, first, last, reports, originals, publishers, events, mentions, actors}: Story): string {
  const days = first === null ? "no day" : first === last ? first : `${first} to ${last}`
  const copies = originals < reports ? ` (${originals.toLocaleString("en-US")} without copies)` : ""
  const outlets = publishers.length > 0 ? ` of ${count(publishers.length, "outlet")}` : ""
  const who = actors.length > 0 ? `; ${actors.map(({party}) => party).join(", ")}` : ""
  const line = `${story.padEnd(6)}  ${days}  ${headline ?? "(no title)"}\n        ${count(reports, "report")}${copies}${outlets}; ${count(mentions, "mention")} of ${count(events, "event")}${who}`
  return `${printableLines(line)}\n`
}
