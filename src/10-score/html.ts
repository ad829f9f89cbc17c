import {measures} from "./match.ts"
import type {Bin, Group, Table} from "./score.ts"
import type {SheetScores} from "./sheet.ts"
import {between, binCells, type Cells, cells, differenceTable, figureHead, groupTitles, strataTable, three, typeCells, typeHead} from "./tables.ts"
import type {Evaluation} from "./text.ts"

/** One page that needs nothing else: no script, no picture, no font from elsewhere; light and dark. */
export function reportHtml({coder, scores, against}: Evaluation): string {
  const {groups, types, confusion, statuses, calibration, faults, mistakes} = scores
  const shown = measures.filter(({name}) => groups[0]?.figures[name])
  return page(
    `Evaluation of ${coder}`,
    [
      `<p>${scores.documents} documents, ${scores.sentences} sentences. Intervals hold 95 of 100 of ${scores.draws} draws of documents (seed ${scores.seed}).</p>`,
      "<h2>F1 by length of the text</h2>",
      bars(groups),
      ...groups.flatMap(({name, documents, sentences, events, figures}) => [
        `<h2>${escaped(groupTitles[name])}</h2><p>${documents} documents, ${sentences} sentences, ${events} events.</p>`,
        table(
          figureHead,
          shown.map(({name, about}) => [about, ...cells(figures[name])]),
        ),
      ]),
      "<h2>By type</h2>",
      table(typeHead, types.map(typeCells)),
      "<h2>Types taken for others</h2><p>Rows are gold, columns what was found; <i>none</i>: missed, or extra.</p>",
      grid(confusion),
      "<h2>Statuses taken for others</h2><p>Rows are gold, columns what was found, where the type is right.</p>",
      grid(statuses),
      ...(calibration
        ? [
            `<h2>Confidence</h2><p>Expected calibration error ${three(calibration.error)}: how far what was said and what was right lie apart.</p>`,
            reliability(calibration.bins),
            table(["confidence", "rows", "said", "was right"], calibration.bins.map(binCells)),
            "<h3>By status</h3>",
            table(
              ["status", "rows", "error"],
              calibration.statuses.map(({status, rows, error}) => [status, String(rows), three(error)]),
            ),
            "<h3>What a least confidence trades</h3>",
            table(
              ["least", "rows", "precision", "recall"],
              calibration.trade.map(({least, rows, precision, recall}) => [least.toFixed(1), String(rows), three(precision), three(recall)]),
            ),
          ]
        : []),
      ...(against
        ? [
            `<h2>Against ${escaped(against.coder)}</h2><p>Approximate randomisation over documents, ${against.comparison.shuffles} shuffles; p is how often chance alone parts the two so far.</p>`,
            tableOf(differenceTable(against.comparison)),
          ]
        : []),
      "<h2>What went wrong</h2>",
      table(
        ["fault", "events"],
        faults.map(({fault, events}) => [fault, String(events)]),
      ),
      ...faults.map(
        ({fault}) =>
          `<details><summary>${escaped(fault)}: the surest first</summary>${mistakes
            .filter(mistake => mistake.fault === fault)
            .map(
              ({document, sentence, text, gold, found, confidence}) =>
                `<blockquote dir="auto"><p>${escaped(text)}</p><p class="quiet">${escaped(document)}, sentence ${sentence}${confidence === null ? "" : `, confidence ${confidence.toFixed(2)}`}</p>${gold === null ? "" : `<p>gold: ${escaped(gold)}</p>`}${found === null ? "" : `<p>found: ${escaped(found)}</p>`}</blockquote>`,
            )
            .join("")}</details>`,
      ),
    ].join("\n"),
  )
}

/** What a person's validation says of the coder, as a page. */
export function sheetScoresHtml(scores: SheetScores): string {
  return page(
    "A person's validation",
    [
      `<p>${scores.answered} of ${scores.rows} rows answered. Precision, with intervals that hold 95 of 100; the last line weighs each stratum by its rows.</p>`,
      tableOf(strataTable(scores)),
    ].join("\n"),
  )
}

export const escaped = (text: string) => text.replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)

/** A whole page around a body that is HTML already. */
export function page(title: string, body: string, style = ""): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fff; --quiet: #595959; --line: #d0d0d0; --one: #1f5fa8; --two: #a84300; --three: #4d7a1f; --four: #6b4a9c; --heat: 31, 95, 168 }
@media (prefers-color-scheme: dark) { :root { --ink: #eaeaea; --paper: #161616; --quiet: #a8a8a8; --line: #444; --one: #7fb4f0; --two: #f0a070; --three: #a6d070; --four: #c3a6f0; --heat: 127, 180, 240 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper) }
table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem; display: block; overflow-x: auto }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
th:first-child { text-align: left }
svg { max-width: 100%; height: auto } svg text { fill: var(--ink); font: 12px system-ui, sans-serif } .axis { stroke: var(--line) }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line) } blockquote p { margin: .2rem 0 } .quiet { color: var(--quiet) }
${style}</style>
<h1>${escaped(title)}</h1>
${body}
</html>
`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = ([first = "", ...rest]: readonly string[]) =>
    `<tr><th scope="row">${escaped(first)}</th>${rest.map(cell => `<td>${escaped(cell)}</td>`).join("")}</tr>`
  return `<table><thead><tr>${head.map(cell => `<th scope="col">${escaped(cell)}</th>`).join("")}</tr></thead><tbody>${rows.map(line).join("")}</tbody></table>`
}

const tableOf = ({head, rows}: Cells) => table(head, rows)

/** Counts, shaded by their share of the row. */
function grid({labels, cells}: Table): string {
  const row = (label: string, at: number) => {
    const all = cells[at]!.reduce((a, b) => a + b, 0)
    const shaded = cells[at]!.map(
      count => `<td${count === 0 ? "" : ` style="background:rgba(var(--heat),${((0.45 * count) / all).toFixed(2)})"`}>${count || ""}</td>`,
    )
    return `<tr><th scope="row">${escaped(label)}</th>${shaded.join("")}</tr>`
  }
  return `<table><thead><tr><th></th>${labels.map(label => `<th scope="col">${escaped(label)}</th>`).join("")}</tr></thead><tbody>${labels.map(row).join("")}</tbody></table>`
}

const colours = ["var(--one)", "var(--two)", "var(--three)", "var(--four)"]

/** F1 of each measure in each group, with its interval. */
function bars(groups: readonly Group[]): string {
  const shown = measures.filter(({name}) => groups[0]?.figures[name])
  const [left, width, step] = [300, 520, 10]
  const height = 12 + groups.length * step
  const x = (value: number) => (left + value * width).toFixed(1)
  const lines = shown.flatMap(({name, about}, at) => [
    `<text x="${left - 8}" y="${at * height + height / 2 + 4}" text-anchor="end">${escaped(about)}</text>`,
    ...groups.flatMap(({figures}, group) => {
      const {f1, interval} = figures[name]!
      if (f1 === null || !interval) return []
      const y = at * height + 8 + group * step
      return [
        `<line x1="${x(interval[0])}" x2="${x(interval[1])}" y1="${y}" y2="${y}" stroke="${colours[group]}" stroke-width="2"/>`,
        `<circle cx="${x(f1)}" cy="${y}" r="4" fill="${colours[group]}"><title>${escaped(`${about}, ${groupTitles[groups[group]!.name]}: ${three(f1)} (${between(interval)})`)}</title></circle>`,
      ]
    }),
  ])
  const bottom = shown.length * height
  const axis = [0, 0.25, 0.5, 0.75, 1].flatMap(value => [
    `<line class="axis" x1="${x(value)}" x2="${x(value)}" y1="0" y2="${bottom}"/>`,
    `<text x="${x(value)}" y="${bottom + 16}" text-anchor="middle">${value}</text>`,
  ])
  const legend = groups.map(
    ({name}, at) =>
      `<circle cx="${140 + at * 190}" cy="${bottom + 34}" r="4" fill="${colours[at]}"/><text x="${150 + at * 190}" y="${bottom + 38}">${escaped(groupTitles[name])}</text>`,
  )
  return `<svg viewBox="0 0 900 ${bottom + 48}" width="900" role="img" aria-label="F1 of each measure, with intervals; the tables below have the figures">${[...axis, ...lines, ...legend].join("")}</svg>`
}

/** What was said against what was right; the diagonal is perfect, a dot's area its rows. */
function reliability(bins: readonly Bin[]): string {
  const size = 320
  const most = Math.max(...bins.map(({rows}) => rows))
  const at = (value: number) => (40 + value * size).toFixed(1)
  const up = (value: number) => (10 + (1 - value) * size).toFixed(1)
  const dots = bins.map(
    ({said, right, rows}) =>
      `<circle cx="${at(said)}" cy="${up(right)}" r="${(3 + 9 * Math.sqrt(rows / most)).toFixed(1)}" fill="var(--one)" fill-opacity=".7"><title>said ${three(said)}, was right ${three(right)}, ${rows} rows</title></circle>`,
  )
  const ticks = [0, 0.5, 1].flatMap(value => [
    `<text x="${at(value)}" y="${size + 28}" text-anchor="middle">${value}</text>`,
    `<text x="32" y="${Number(up(value)) + 4}" text-anchor="end">${value}</text>`,
  ])
  return `<svg viewBox="0 0 ${size + 60} ${size + 50}" width="${size + 60}" role="img" aria-label="Reliability: confidence said, across, against share right, upwards"><rect class="axis" x="40" y="10" width="${size}" height="${size}" fill="none"/><line class="axis" x1="${at(0)}" y1="${up(0)}" x2="${at(1)}" y2="${up(1)}"/>${[...dots, ...ticks].join("")}<text x="${at(0.5)}" y="${size + 44}" text-anchor="middle">confidence said → share right ↑</text></svg>`
}
