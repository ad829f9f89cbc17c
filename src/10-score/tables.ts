import {measures} from "./match.ts"
import type {Bin, Comparison, Figure, GroupName, Scores} from "./score.ts"
import type {SheetScores} from "./sheet.ts"

/** What the tables of an evaluation hold, whatever they are drawn as: a head, and rows of texts whose first one names the row. */
export type Cells = {readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]}

export const groupTitles: Readonly<Record<GroupName, string>> = {
  all: "all",
  items: "items (1–3 sentences)",
  single: "one sentence alone",
  reports: "reports (4 or more)",
}

/** A share with three decimals; a dash where there is none. */
export const three = (value: number | null | undefined) => (value === null || value === undefined ? "–" : value.toFixed(3))
export const between = (interval: readonly [number, number] | null) => (interval ? `${three(interval[0])}–${three(interval[1])}` : "–")

const signed = (value: number | null) => (value === null ? "–" : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`)
const chanceOf = (p: number | null) => (p === null ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3))

/** The columns of `figureHead` after the first. */
export function cells(figure: Figure | undefined): string[] {
  if (!figure) return ["–", "–", "–", "–", "–", "–", "–"]
  const {f1, interval, precision, recall, right, found, gold} = figure
  return [three(f1), between(interval), three(precision), three(recall), String(right), String(found), String(gold)]
}

export const figureHead = ["", "F1", "interval", "precision", "recall", "right", "found", "gold"]

export const typeHead = [...figureHead, "with both sides, F1"]
export const typeCells = ({type, typed, full}: Scores["types"][number]) => [type, ...cells(typed), three(full.f1)]

/** Range, rows, said, was right. */
export const binCells = ({from, to, rows, said, right}: Bin) => [`${from.toFixed(1)}–${to.toFixed(1)}`, String(rows), three(said), three(right)]

/** How another coder differs, measure by measure; those that neither has are left out. */
export function differenceTable({differences}: Comparison): Cells {
  return {
    head: ["", "documents", "this", "other", "difference", "interval", "p"],
    rows: differences
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
  }
}

/** A person's answers by stratum; the last row weighs each stratum by its rows. */
export function strataTable({strata, overall}: SheetScores): Cells {
  return {
    head: ["stratum", "of all rows", "answered", "all right", "interval", "type", "actor", "recipient", "status"],
    rows: [...strata, overall].map(({name, population, judged, right, interval, parts}) => [
      name,
      String(population),
      String(judged),
      three(right),
      between(interval),
      ...[parts.type, parts.actor, parts.recipient, parts.status].map(three),
    ]),
  }
}
