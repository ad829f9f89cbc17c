import {measures} from "./match.ts"
import type {Comparison, Figure, GroupName, Scores} from "./score.ts"
import type {SheetScores} from "./sheet.ts"

/** What `communique eval` gives: a coder's scores, and how another differs from it. */
export type Evaluation = {readonly coder: string; readonly scores: Scores; readonly against: {readonly coder: string; readonly comparison: Comparison} | null}

export const groupTitles: Readonly<Record<GroupName, string>> = {
  all: "all",
  items: "items (1–3 sentences)",
  single: "one sentence alone",
  reports: "reports (4 or more)",
}

/** A share with three decimals; a dash where there is none. */
export const three = (value: number | null | undefined) => (value === null || value === undefined ? "–" : value.toFixed(3))
export const between = (interval: readonly [number, number] | null) => (interval ? `${three(interval[0])}–${three(interval[1])}` : "–")

/** Tables to read in a terminal. */
export function reportText({coder, scores, against}: Evaluation): string {
  const {groups, types, calibration, confusion, faults, mistakes} = scores
  const shown = measures.filter(({name}) => groups[0]?.figures[name])
  const parts = [
    `${coder}: ${scores.documents} documents, ${scores.sentences} sentences; intervals hold 95 of 100 of ${scores.draws} draws of documents (seed ${scores.seed})`,
    ...groups.map(({name, documents, sentences, events, figures}) =>
      section(
        `${groupTitles[name]}: ${documents} documents, ${sentences} sentences, ${events} events`,
        ["", "F1", "interval", "precision", "recall", "right", "found", "gold"],
        shown.map(({name, about}) => [about, ...cells(figures[name])]),
      ),
    ),
    section(
      "type in the sentence",
      ["", "F1", "interval", "precision", "recall", "right", "found", "gold", "with both sides, F1"],
      types.map(({type, typed, full}) => [type, ...cells(typed), three(full.f1)]),
    ),
    section(
      "gold type (rows) taken for (columns)",
      ["", ...confusion.labels],
      confusion.labels.map((label, at) => [label, ...confusion.cells[at]!.map(count => (count === 0 ? "·" : String(count)))]),
    ),
    ...(calibration
      ? [
          section(
            `confidence: expected calibration error ${three(calibration.error)}`,
            ["", "rows", "said", "was right"],
            calibration.bins.map(({from, to, rows, said, right}) => [`${from.toFixed(1)}–${to.toFixed(1)}`, String(rows), three(said), three(right)]),
          ),
          section(
            "calibration error by status",
            ["", "rows", "error"],
            calibration.statuses.map(({status, rows, error}) => [status, String(rows), three(error)]),
          ),
        ]
      : []),
    ...(against ? [differencesText(coder, against)] : []),
    section(
      "what went wrong",
      ["", "events"],
      faults.map(({fault, events}) => [fault, String(events)]),
    ),
    ...mistakes.map(({fault, document, sentence, text, gold, found, confidence}) =>
      [
        `${fault}, ${document} sentence ${sentence}${confidence === null ? "" : `, confidence ${confidence.toFixed(2)}`}`,
        `  ${text}`,
        ...(gold === null ? [] : [`  gold:  ${gold}`]),
        ...(found === null ? [] : [`  found: ${found}`]),
      ].join("\n"),
    ),
  ]
  return `${plain(parts.join("\n\n"))}\n`
}

function differencesText(coder: string, {coder: other, comparison}: NonNullable<Evaluation["against"]>): string {
  return section(
    `${coder} against ${other}, F1: approximate randomisation over documents, ${comparison.shuffles} shuffles`,
    ["", "documents", "this", "other", "difference", "interval", "p"],
    comparison.differences
      .filter(({difference}) => difference !== null)
      .map(({group, measure, f1, other, difference, interval, p}) => [
        measures.find(({name}) => name === measure)!.about,
        group,
        three(f1),
        three(other),
        signed(difference),
        interval ? `${signed(interval[0])} to ${signed(interval[1])}` : "–",
        chanceOf(p),
      ]),
  )
}

export const signed = (value: number | null) => (value === null ? "–" : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`)
export const chanceOf = (p: number | null) => (p === null ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3))

export function cells(figure: Figure | undefined): string[] {
  if (!figure) return ["–", "–", "–", "–", "–", "–", "–"]
  const {f1, interval, precision, recall, right, found, gold} = figure
  return [three(f1), between(interval), three(precision), three(recall), String(right), String(found), String(gold)]
}

/** What a person's validation says of the coder. */
export function sheetScoresText({rows, answered, strata, overall}: SheetScores): string {
  return plain(
    `${section(
      `${answered} of ${rows} rows answered; precision, with intervals that hold 95 of 100`,
      ["stratum", "of all rows", "answered", "all right", "interval", "type", "actor", "recipient", "status"],
      [...strata, overall].map(({name, population, judged, right, interval, parts}) => [
        name,
        String(population),
        String(judged),
        three(right),
        between(interval),
        three(parts.type),
        three(parts.actor),
        three(parts.recipient),
        three(parts.status),
      ]),
    )}\n`,
  )
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map(row => row[at]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)))
      .join("  ")
      .trimEnd()
  return [title, ...[head, ...rows].map(row => `  ${line(row)}`)].join("\n")
}

/** Texts of others may hold what steers a terminal. */
const plain = (text: string) => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd")
