import type {Actor, Basis, EventDate, EventRecord} from "../src/0-records/index.ts"

/** How values are written for a reader. */

const day = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"})

/** `16 Dec 2025` */
export const writeDay = (iso: string) => day.format(new Date(`${iso}T00:00:00Z`))

/** `16 Dec 2025` or `1 Dec 2025 – 7 Dec 2025` */
export const writeDate = ({from, to}: EventDate) => (from === to ? writeDay(from) : `${writeDay(from)} – ${writeDay(to)}`)

/** `1 quote`, `2,140 quotes` */
export const count = (number: number, one: string, many = `${one}s`) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`

/** `.914`: three digits, as the record has them. */
export const writeShare = (share: number) => (share >= 1 ? "1.00" : share.toFixed(2).replace(/^0/, ""))

/** With a real minus and a sign before gains. */
export const writeIntensity = (value: number) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(1)}`

export const quads: Readonly<Record<EventRecord["quad"], string>> = {
  1: "verbal cooperation",
  2: "material cooperation",
  3: "verbal conflict",
  4: "material conflict",
}

export const bases: Readonly<Record<Basis, string>> = {
  stated: "stated in these words",
  resolved: "from elsewhere in the report",
  known: "from the knowledge tables",
  implied: "by default, from the day of the report",
}

/** What each status means, as docs/event-record.md has it. */
export const statusMeanings: Readonly<Record<EventRecord["status"], string>> = {
  actual: "it happened, or was said",
  intended: "planned or expected",
  hypothetical: "conditional, feared, alleged or demanded",
  negated: "said not to have happened",
  background: "told as history or standing context",
}

/** Whether the words themselves hold the name; else the way from one to the other is shown. */
export const saysItself = ({text, name}: Actor) => plain(text).includes(plain(name))

const plain = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/^the /, "")
    .trim()} `

/** Types whose two sides do the same (DESIGN: CONSULT, COOPERATE, mutual AGREE). */
export const isMutual = ({type, actors, recipients}: EventRecord) =>
  ["CONSULT", "COOPERATE", "AGREE"].includes(type) && recipients.length === 0 && actors.length > 1
