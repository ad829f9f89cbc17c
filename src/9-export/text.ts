import {type Actor, addDays, type EventRecord, printable, type Quote, type Words} from "../0-records/index.ts"
import {isEvent, type Layout, type LayoutOptions, type Row, type Style} from "./layout.ts"

/**
 * A table to read: for each report its heading, a line for each mention with the trigger in its sentence below, then the quotes.
 * Nothing in it can steer a terminal: control characters are shown as `�`.
 */
export const text: Layout = {
  name: "text",
  about: "a table to read, each row with its evidence",
  ending: "txt",
  media: "text/plain",
  isMixed: true,
  isBinary: false,
  isDataset: false,
  takesOther: true,
  async *write(rows, options) {
    for await (const block of byReport(rows)) {
      options.wrote?.(block.length)
      yield render(block, options)
    }
  },
}

async function* byReport(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let block: Row[] = []
  for await (const row of rows) {
    if (block[0] && block[0].report.id !== row.report.id) {
      yield block
      block = []
    }
    block.push(row)
  }
  if (block.length > 0) yield block
}

function render(block: readonly Row[], {style, width = 100}: LayoutOptions): string {
  const {report} = block[0]!
  const events = block.filter(isEvent)
  const quotes = block.filter((row): row is Quote => !isEvent(row))
  const heading = [report.title ?? report.id, report.publisher, report.published].filter(part => part !== null).map(plain)
  const lines = [(style ?? bare)("bold", heading.join(" · ")), ...eventLines(events, width, style), ...quoteLines(quotes, width, style)]
  return `${lines.join("\n")}\n\n`
}

const indent = "    "

/** No column of sides is wider; longer ones push the rest of their line aside. */
const mostSides = 60

/** The columns are as wide as this report's widest value. */
function eventLines(events: readonly EventRecord[], width: number, style: Style | undefined): string[] {
  const cells = events.map(event => [when(event), sidesOf(event), kindOf(event), event.status, event.confidence.toFixed(3)] as const)
  const widest = (column: 0 | 1 | 2 | 3) => Math.max(0, ...cells.map(row => row[column].length))
  const sidesWidth = Math.min(widest(1), mostSides)
  return events.flatMap((event, row) => {
    const [date, sides, kind, status, confidence] = cells[row]!
    const colour = event.quad <= 2 ? "green" : "red"
    const shown = style ?? bare
    const line = [
      date.padEnd(widest(0)),
      shown("bold", sides.padEnd(sidesWidth)),
      shown(colour, kind.padEnd(widest(2))),
      status.padEnd(widest(3)),
      confidence,
    ].join("  ")
    const isBare = event.trigger.text === ""
    return [line, isBare ? `${indent}${event.sentence.text}` : `${indent}${evidence(event.sentence, event.trigger, width - indent.length, style)}`]
  })
}

function quoteLines(quotes: readonly Quote[], width: number, style: Style | undefined): string[] {
  return quotes.flatMap(quote => {
    const speaker = quote.speaker ? nameOf(quote.speaker) : "unknown speaker"
    const line = [(style ?? bare)("bold", `“ ${speaker}`), quote.cue && plain(quote.cue.text), quote.kind, quote.confidence.toFixed(3)]
    return [line.filter(Boolean).join("  "), `${indent}${cut(plain(quote.content.text), width - indent.length)}`]
  })
}

/** A day, a whole year or month by its name, else first and last day, the last without what it shares with the first (ISO 8601). */
function when({date}: EventRecord): string {
  if (!date) return "no date"
  const {from, to} = date
  if (from === to) return from
  const [year, month] = [from.slice(0, 4), from.slice(0, 7)]
  if (from === `${year}-01-01` && to === `${year}-12-31`) return year
  if (from === `${month}-01` && to.startsWith(month) && addDays(to, 1).endsWith("-01")) return month
  return `${from}/${to.startsWith(month) ? to.slice(8) : to.startsWith(year) ? to.slice(5) : to}`
}

function kindOf({type, mode, also}: EventRecord): string {
  const kind = mode === null ? type : `${type}/${mode}`
  return also?.code ? `${kind} = ${plain(also.sub ? `${also.code}/${also.sub}` : also.code)}` : kind
}

function sidesOf({actors, recipients}: EventRecord): string {
  const names = (sides: readonly Actor[]) => (sides.length === 0 ? "nobody named" : sides.map(nameOf).join(" + "))
  return recipients.length === 0 ? names(actors) : `${names(actors)} → ${names(recipients)}`
}

const mostName = 32

function nameOf({name, code}: Actor): string {
  const shown = cut(plain(name), mostName)
  return code === null ? shown : `${shown} (${code})`
}

/** The sentence with its trigger marked, cut on both sides to fit `room`; the trigger itself is cut last. */
function evidence(sentence: Words, trigger: Words, room: number, style: Style | undefined): string {
  const points = Array.from(sentence.text)
  const from = trigger.start - sentence.start
  const to = trigger.end - sentence.start
  const [before, inside, after] = [points.slice(0, from), points.slice(from, to), points.slice(to)].map(part => plain(part.join(""))) as [
    string,
    string,
    string,
  ]
  const spare = Math.max(20, room - inside.length - 2)
  const left = Math.max(spare >> 1, spare - after.length)
  const shownBefore = before.length <= left ? before : `… ${before.slice(before.length - left + 2).replace(/^\S*\s/, "")}`
  const right = spare - shownBefore.length
  const shownAfter = after.length <= right ? after : `${after.slice(0, right - 2).replace(/\s\S*$/, "")} …`
  return `${shownBefore}${style ? style("bold", inside) : `[${inside}]`}${shownAfter}`
}

const cut = (words: string, room: number) => (words.length <= room ? words : `${words.slice(0, room - 2).replace(/\s\S*$/, "")} …`)

/** One line, with nothing that moves a cursor, colours, or turns the reading direction. */
const plain = (words: string) => printable(words.replace(/\s+/g, " "))

const bare: Style = (_, words) => words
