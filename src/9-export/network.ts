import type {Actor, Day, Days} from "../0-records/index.ts"
import {countryCodes} from "./crosswalk.ts"
import {dealsOf, reportsOf} from "./deeds.ts"
import type {Layout, LayoutOptions, Row} from "./layout.ts"

/** GraphML: who did how much of what to whom, as Gephi, igraph and networkx read it. Attributes: docs/export.md. */
export const graphml: Layout = {
  name: "graphml",
  about: "GraphML: the network of actors, an edge for each ordered pair",
  ending: "graphml",
  media: "application/graphml+xml",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  async *write(rows, options) {
    const {nodes, edges, types} = await networkOf(rows, options)
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n`
    for (const name of nodeNames) yield `<key id="${name}" for="node" attr.name="${name}" attr.type="string"/>\n`
    for (const [name, type] of edgeNames(types)) yield `<key id="e_${name}" for="edge" attr.name="${name}" attr.type="${type}"/>\n`
    yield '<graph edgedefault="directed">\n'
    const data = (key: string, value: string | number | null) => (value === null ? "" : `<data key="${key}">${escaped(value)}</data>`)
    for (const node of nodes) yield `<node id="n${node.number}">${nodeNames.map(name => data(name, node[name])).join("")}</node>\n`
    for (const [number, edge] of edges.entries()) {
      const values = edgeValues(edge, spellsOf(edge.days), types)
      yield `<edge id="e${number}" source="n${edge.from.number}" target="n${edge.to.number}">${values.map(([name, value]) => data(`e_${name}`, value)).join("")}</edge>\n`
    }
    yield "</graph>\n</graphml>\n"
  },
}

/** GEXF 1.2 for Gephi: the same network, each edge with the days on which something happened, for Gephi's timeline. */
export const gexf: Layout = {
  name: "gexf",
  about: "GEXF: the same network for Gephi, with the days of each edge",
  ending: "gexf",
  media: "application/gexf+xml",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  async *write(rows, options) {
    const {nodes, edges, types} = await networkOf(rows, options)
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n`
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n<attributes class="node">\n'
    for (const name of nodeNames.slice(1)) yield `<attribute id="${name}" title="${name}" type="string"/>\n`
    yield '</attributes>\n<attributes class="edge">\n'
    for (const [name, type] of edgeNames(types).slice(1)) yield `<attribute id="${name}" title="${name}" type="${type === "int" ? "integer" : type}"/>\n`
    yield "</attributes>\n<nodes>\n"
    const value = (key: string, value: string | number | null) => (value === null ? "" : `<attvalue for="${key}" value="${escaped(value)}"/>`)
    for (const node of nodes) {
      const values = nodeNames.slice(1).map(name => value(name, node[name]))
      yield `<node id="n${node.number}" label="${escaped(node.label)}"><attvalues>${values.join("")}</attvalues></node>\n`
    }
    yield "</nodes>\n<edges>\n"
    for (const [number, edge] of edges.entries()) {
      const spells = spellsOf(edge.days)
      const values = edgeValues(edge, spells, types)
        .slice(1)
        .map(([name, one]) => value(name, one))
      const times = spells.length === 0 ? "" : `<spells>${spells.map(({from, to}) => `<spell start="${from}" end="${to}"/>`).join("")}</spells>`
      yield `<edge id="e${number}" source="n${edge.from.number}" target="n${edge.to.number}" weight="${edge.events}"><attvalues>${values.join("")}</attvalues>${times}</edge>\n`
    }
    yield "</edges>\n</graph>\n</gexf>\n"
  },
}

type Node = {readonly number: number; readonly label: string; readonly code: string | null; readonly country: string | null; readonly sector: string | null}

const nodeNames = ["label", "code", "country", "sector"] as const

/** What all deeds of an ordered pair come to. */
type Edge = {
  readonly from: Node
  readonly to: Node
  events: number
  cooperation: number
  /** Sum and number of PLOVER's values. */
  intensity: number
  measured: number
  readonly types: Map<string, number>
  days: DaySet
}

/** Days on which something happened: a bit for each from the day `first` on (days since 1970), so that an edge grows with its years and not with its events. */
type DaySet = {readonly first: number; readonly bits: Uint8Array}

type Network = {readonly nodes: readonly Node[]; readonly edges: readonly Edge[]; readonly types: readonly string[]}

/** Holds an edge for each ordered pair, never the events. */
async function networkOf(rows: AsyncIterable<Row>, {leftOut, wrote}: LayoutOptions): Promise<Network> {
  const nodes = new Map<string, Node>()
  const edges = new Map<string, Edge>()
  const types = new Set<string>()
  const nodeOf = (side: Actor): Node => {
    // A sector alone, such as the police of an unknown country, is nobody in particular.
    const isAlone = side.code === null || side.country === null || side.country === "IGO"
    const key = isAlone ? side.name : side.code
    const known = nodes.get(key)
    if (known) return known
    const {country, sector} = side
    const code = isAlone ? null : side.code
    const node = {number: nodes.size, label: isAlone ? key : labelOf(side, key), code, country, sector}
    nodes.set(key, node)
    return node
  }
  for await (const deeds of reportsOf(rows)) {
    for (const deed of deeds) {
      const pairs = dealsOf(deed).flatMap(({actor, recipient}) => (actor && recipient ? [[nodeOf(actor), nodeOf(recipient)] as const] : []))
      if (pairs.length === 0) leftOut?.("without two sides")
      const {type, quad, intensity} = deed.head
      const told = new Set<string>()
      for (const [from, to] of pairs) {
        const key = `${from.number} ${to.number}`
        if (told.has(key)) continue
        told.add(key)
        const edge = edges.get(key) ?? {from, to, events: 0, cooperation: 0, intensity: 0, measured: 0, types: new Map(), days: noDays}
        edges.set(key, edge)
        types.add(type)
        edge.events++
        if (quad <= 2) edge.cooperation++
        if (intensity !== null) {
          edge.intensity += intensity
          edge.measured++
        }
        edge.types.set(type, (edge.types.get(type) ?? 0) + 1)
        if (deed.day !== undefined) edge.days = withDay(edge.days, deed.day)
      }
    }
  }
  wrote?.(edges.size)
  return {nodes: [...nodes.values()], edges: [...edges.values()], types: [...types].sort()}
}

/** A country by its name, a body of a country by the country's name and its sector. */
function labelOf({country, sector}: Actor, key: string): string {
  const name = countryCodes(country)?.name
  return name === undefined ? key : [name, sector].filter(Boolean).join(" ")
}

const edgeNames = (types: readonly string[]): (readonly [string, "int" | "double" | "string"])[] => [
  ["weight", "int"],
  ["cooperation", "int"],
  ["conflict", "int"],
  ["mean_intensity", "double"],
  ["first_day", "string"],
  ["last_day", "string"],
  ...types.map(type => [type, "int"] as const),
]

function edgeValues(
  {events, cooperation, intensity, measured, types: counts}: Edge,
  spells: readonly Days[],
  types: readonly string[],
): (readonly [string, string | number | null])[] {
  return [
    ["weight", events],
    ["cooperation", cooperation],
    ["conflict", events - cooperation],
    ["mean_intensity", measured === 0 ? null : Math.round((intensity / measured) * 1000) / 1000],
    ["first_day", spells[0]?.from ?? null],
    ["last_day", spells.at(-1)?.to ?? null],
    ...types.map(type => [type, counts.get(type) ?? 0] as const),
  ]
}

const noDays: DaySet = {first: 0, bits: new Uint8Array()}
const msOfDay = 86_400_000
/** Days by which a set grows. */
const block = 512

/** The set with another day in it; changes the one given. */
function withDay(days: DaySet, day: Day): DaySet {
  const number = Date.parse(day) / msOfDay
  const [start, end] = [Math.floor(number / block) * block, (Math.floor(number / block) + 1) * block]
  const held = days.bits.length === 0 ? {first: start, last: end} : {first: days.first, last: days.first + days.bits.length * 8}
  const [first, last] = [Math.min(start, held.first), Math.max(end, held.last)]
  const bits = days.bits.length === (last - first) / 8 ? days.bits : new Uint8Array((last - first) / 8)
  if (bits !== days.bits) bits.set(days.bits, (held.first - first) / 8)
  const at = number - first
  bits[at >> 3]! |= 1 << (at & 7)
  return {first, bits}
}

/** Days in a row make one spell; both its ends are included. */
function spellsOf({first, bits}: DaySet): Days[] {
  const dayAt = (at: number) => new Date((first + at) * msOfDay).toISOString().slice(0, 10)
  const isIn = (at: number) => (bits[at >> 3]! & (1 << (at & 7))) !== 0
  const spells: Days[] = []
  for (let at = 0; at < bits.length * 8; at++) {
    if (!isIn(at)) continue
    const from = at
    while (at + 1 < bits.length * 8 && isIn(at + 1)) at++
    spells.push({from: dayAt(from), to: dayAt(at)})
  }
  return spells
}

const marks: Readonly<Record<string, string>> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

/** For XML 1.0, which has no place for most control characters, halves of pairs and U+FFFE. */
const escaped = (value: string | number) =>
  String(value)
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, " ")
    .replace(/[&<>"]/g, mark => marks[mark]!)
