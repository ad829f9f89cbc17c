import {readFileSync} from "node:fs"
import type {Actor, ActorKind, EventRecord, Status} from "../../src/0-records/index.ts"
import {event} from "../9-export/rows.ts"

/** A mention of the labelled set, with the deed and the affair that it is of. */
export type Labelled = {readonly affair: string; readonly part: "tune" | "held"; readonly deed: string; readonly event: EventRecord}

/** Reads test/7-gather/deeds-*.txt: one mention a line, its report of one sentence, or of several where lines share outlet and day. */
export function labelled(): Labelled[] {
  const rows: Labelled[] = []
  let [affair, part]: [string, Labelled["part"]] = ["", "tune"]
  for (const file of ["deeds-1.txt", "deeds-2.txt"]) {
    for (const line of readFileSync(new URL(file, import.meta.url), "utf8").split("\n")) {
      if (line.startsWith("== ")) [affair, part] = line.slice(3).split(" | ") as [string, Labelled["part"]]
      else if (line !== "" && !line.startsWith("#")) rows.push(mention(line, affair, part, rows))
    }
  }
  return rows
}

function mention(line: string, affair: string, part: Labelled["part"], rows: readonly Labelled[]): Labelled {
  const before = rows.at(-1)
  const [deed, published, publisher, kind, sides, days, where, text] = line.split(" | ").map(field => field.trim()) as [string, ...string[]] &
    Record<number, string>
  const isSameReport = before?.affair === affair && before.event.report.publisher === publisher && before.event.report.published === published
  const n = isSameReport ? Number(before.event.id.split("/")[1]) + 1 : 1
  const report = isSameReport
    ? before.event.report
    : {
        id: `${affair}-${rows.filter(row => row.affair === affair).length + 1}`.replaceAll(" ", "-"),
        title: text!.split(" ").slice(0, 9).join(" "),
        url: null,
        publisher: publisher!,
        published: published!,
      }
  const [, type, mode, status] = /^(\w+)(?:\/(\S+))?(?: (\w+))?$/.exec(kind!) as unknown as [string, string, string | undefined, Status | undefined]
  const [actors = "", recipients = ""] = sides!.split(">").map(side => side.trim())
  const id = `${report.id}/${n}`
  return {
    affair,
    part,
    deed,
    event: event({
      ...{id, event: id, type, mode: mode ?? null, status: status ?? "actual", report, confidence: 0.9},
      ...{
        actors: actors.split(" + ").flatMap(sideOf),
        recipients: recipients.split(" + ").flatMap(sideOf),
        date: dateOf(days!, published!),
        place: placeOf(where!),
      },
      ...{trigger: {text: "", start: 0, end: 0}, sentence: {text: text!, index: n, start: n * 1000, end: n * 1000 + text!.length}},
    }),
  }
}

function sideOf(written: string): Actor[] {
  if (written === "" || written === "-") return []
  const [name, country = name, sector = "-", kind = "country"] = written.split(":") as [string, ...string[]]
  const known = (field: string) => (field === "-" || field === "" ? null : field)
  const code = [known(country), known(sector)].filter(part => part !== null).join("")
  return [
    {
      text: name,
      start: 0,
      end: 0,
      name,
      kind: kind as ActorKind,
      country: known(country),
      sector: known(sector),
      code: code || null,
      basis: "stated",
      via: null,
    },
  ]
}

function dateOf(days: string, published: string): EventRecord["date"] {
  if (days === "-") return null
  const [from, to = from] = days === "=" ? [published] : /^\d{4}-\d{2}$/.test(days) ? [`${days}-01`, `${days}-30`] : (days.split("..") as [string, string?])
  return {from: from!, to: to!, basis: days === "=" ? "implied" : "stated", text: null, start: null, end: null}
}

function placeOf(where: string): EventRecord["place"] {
  if (where === "-") return null
  const [name, country, level = "city"] = where.split(",") as [string, string, ("city" | "sea")?]
  return {name, country: country === "-" ? null : country, lat: null, lon: null, level, text: name, start: 0, end: 0}
}

/** Pairwise precision, recall and F1, and B-cubed, of a clustering against the labels: both maps from a mention's id. */
export function agreement(found: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>) {
  const ids = [...wanted.keys()]
  const [same, right, told] = [0, 0, 0].map(() => 0) as [number, number, number]
  let [hits, proposed, gold] = [right, told, same]
  for (const [i, one] of ids.entries()) {
    for (const other of ids.slice(0, i)) {
      const isFound = found.get(one) === found.get(other)
      const isWanted = wanted.get(one) === wanted.get(other)
      if (isFound) proposed++
      if (isWanted) gold++
      if (isFound && isWanted) hits++
    }
  }
  const share = (of: ReadonlyMap<string, string>, by: ReadonlyMap<string, string>) => {
    const sum = ids.reduce((sum, id) => {
      const mine = ids.filter(other => of.get(other) === of.get(id))
      return sum + mine.filter(other => by.get(other) === by.get(id)).length / mine.length
    }, 0)
    return sum / ids.length
  }
  const f1 = (p: number, r: number) => (p + r === 0 ? 0 : (2 * p * r) / (p + r))
  const pairs = {precision: proposed === 0 ? 1 : hits / proposed, recall: gold === 0 ? 1 : hits / gold}
  const cubed = {precision: share(found, wanted), recall: share(wanted, found)}
  return {pairs: {...pairs, f1: f1(pairs.precision, pairs.recall)}, cubed: {...cubed, f1: f1(cubed.precision, cubed.recall)}, counted: {gold, proposed, hits}}
}
