import {printableLines} from "../0-records/index.ts"
import {measures} from "./match.ts"
import type {Comparison, Scores} from "./score.ts"
import type {SheetScores} from "./sheet.ts"
import {binCells, cells, differenceTable, figureHead, groupTitles, strataTable, three, typeCells, typeHead} from "./tables.ts"

/** What `communique eval` gives: a coder's scores, and how another differs from it. */
export type Evaluation = {readonly coder: string; readonly scores: Scores; readonly against: {readonly coder: string; readonly comparison: Comparison} | null}

/** Tables to read in a terminal. */
export function reportText({coder, scores, against}: Evaluation): string {
  const {groups, types, calibration, confusion, faults, mistakes} = scores
  const shown = measures.filter(({name}) => groups[0]?.figures[name])
  const parts = [
    `${coder}: ${scores.documents} documents, ${scores.sentences} sentences; intervals hold 95 of 100 of ${scores.draws} draws of documents (seed ${scores.seed})`,
    ...groups.map(({name, documents, sentences, events, figures}) =>
      section(
        `${groupTitles[name]}: ${documents} documents, ${sentences} sentences, ${events} events`,
        figureHead,
        shown.map(({name, about}) => [about, ...cells(figures[name])]),
      ),
    ),
    section("type in the sentence", typeHead, types.map(typeCells)),
    section(
      "gold type (rows) taken for (columns)",
      ["", ...confusion.labels],
      confusion.labels.map((label, at) => [label, ...confusion.cells[at]!.map(count => (count === 0 ? "·" : String(count)))]),
    ),
    ...(calibration
      ? [
          section(`confidence: expected calibration error ${three(calibration.error)}`, ["", "rows", "said", "was right"], calibration.bins.map(binCells)),
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
  return `${printableLines(parts.join("\n\n"))}\n`
}

function differencesText(coder: string, {coder: other, comparison}: NonNullable<Evaluation["against"]>): string {
  const {head, rows} = differenceTable(comparison)
  return section(`${coder} against ${other}, F1: approximate randomisation over documents, ${comparison.shuffles} shuffles`, head, rows)
}

/** What a person's validation says of the coder. */
export function sheetScoresText(scores: SheetScores): string {
  const {head, rows} = strataTable(scores)
  return printableLines(`${section(`${scores.answered} of ${scores.rows} rows answered; precision, with intervals that hold 95 of 100`, head, rows)}\n`)
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
