import type {Group} from "../src/0-records/index.ts"
import {lastDay, periodsBetween} from "./query.ts"
import {writeDay} from "./words.ts"

/** What a picture of a timeline shows: one way, or there and back below it. */
type Pictured = {
  readonly ways: readonly {readonly name: string; readonly groups: readonly Group[]}[]
  readonly range: readonly [string, string]
  readonly by: string
  /** What the bars stand for. */
  readonly measured: string
  /** The height of a group's bar, of which `cooperation` is its share; negative where it hangs. */
  readonly heightOf: (group: Group) => number
  readonly most: number
  readonly colours: {readonly paper: string; readonly ink: string; readonly muted: string; readonly cooperation: string; readonly conflict: string}
}

const width = 960
const tall = 180
const margin = 36

/** The timeline as an SVG file, with its names, scale, days and legend; conflict is hatched. */
export function timelinePicture({ways, range, by, measured, heightOf, most, colours}: Pictured): string {
  const periods = periodsBetween(...range, by)
  const slot = (width - 2 * margin) / periods.length
  const isMirrored = ways.length > 1
  const height = margin * 3 + tall * ways.length
  const line = margin + tall
  const bars = ways.flatMap(({groups}, way) =>
    groups.flatMap(group => {
      const at = periods.indexOf(group.key)
      const value = heightOf(group)
      if (at < 0 || value === 0) return []
      const [whole, x] = [(Math.abs(value) / most) * (tall - 24), margin + at * slot + slot * 0.1]
      const first = group.count === 0 ? 0 : (whole * group.cooperation) / group.count
      const part = (y: number, size: number, fill: string) =>
        size > 0 ? `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(slot * 0.8).toFixed(1)}" height="${size.toFixed(1)}" fill="${fill}"/>` : ""
      const hangs = way === 1 || value < 0
      return hangs
        ? part(line, first, colours.cooperation) + part(line + first, whole - first, "url(#conflict)")
        : part(line - first, first, colours.cooperation) + part(line - whole, whole - first, "url(#conflict)")
    }),
  )
  const text = (x: number, y: number, words: string, anchor = "start", colour = colours.muted) =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${escaped(words)}</text>`
  const foot = line + (isMirrored ? tall : 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<defs><pattern id="conflict" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="5" fill="${colours.conflict}"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    text(margin, 24, ways[0]!.name, "start", colours.ink),
    text(width - margin, 24, `full height: ${most.toLocaleString("en-GB")} ${measured}`, "end"),
    ...bars,
    `<path d="M${margin} ${line}H${width - margin}" stroke="${colours.muted}"/>`,
    ...(isMirrored ? [text(margin, foot - 6, ways[1]!.name, "start", colours.ink)] : []),
    text(margin, foot + 20, writeDay(range[0])),
    text(width - margin, foot + 20, writeDay(lastDay(range[1], by)), "end"),
    `<rect x="${margin}" y="${foot + 34}" width="12" height="12" fill="${colours.cooperation}"/>`,
    text(margin + 18, foot + 45, "cooperation"),
    `<rect x="${margin + 110}" y="${foot + 34}" width="12" height="12" fill="url(#conflict)" stroke="${colours.conflict}"/>`,
    text(margin + 128, foot + 45, `conflict; ${measured}, by ${by}`),
    "</svg>",
  ].join("\n")
}

const escaped = (words: string) => words.replace(/[&<>"]/g, mark => `&#${mark.codePointAt(0)};`)

/** Hands a file to the browser. */
export function save(name: string, file: Blob): void {
  const link = Object.assign(document.createElement("a"), {href: URL.createObjectURL(file), download: name})
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Hands canvases that lie over one another to the browser as one PNG; they must have been drawn in this task. */
export function saveCanvases(name: string, canvases: readonly HTMLCanvasElement[], ground: string): void {
  const [first] = canvases
  if (!first) return
  const whole = Object.assign(document.createElement("canvas"), {width: first.width, height: first.height})
  const context = whole.getContext("2d")!
  context.fillStyle = ground
  context.fillRect(0, 0, whole.width, whole.height)
  for (const canvas of canvases) context.drawImage(canvas, 0, 0, whole.width, whole.height)
  whole.toBlob(file => file && save(name, file))
}
