import type {Feature, Geometry, LineString, Position} from "geojson"
import type {Group, PlaceCount} from "../src/0-records/index.ts"
import {countries, nameOf} from "./countries.ts"
import type {Places} from "./records.ts"

/** What a map draws, as shapes. */

/** Shapes that cross the 180th meridian go on beyond it, where they came with a line around the world. */
export function unrolled(geometry: Geometry): Geometry {
  if (geometry.type === "Polygon") return {...geometry, coordinates: geometry.coordinates.map(unrolledRing)}
  return geometry.type === "MultiPolygon" ? {...geometry, coordinates: geometry.coordinates.map(rings => rings.map(unrolledRing))} : geometry
}

function unrolledRing(ring: readonly Position[]): Position[] {
  let turn = 0
  const points = ring.map(([lon, lat], at) => {
    const step = lon! - (ring[at - 1]?.[0] ?? lon!)
    if (Math.abs(step) > 180) turn -= Math.sign(step) * 360
    return [lon! + turn, lat!]
  })
  // Antarctica goes around the pole.
  return turn === 0 ? points : [...points, [points.at(-1)![0]!, -90], [points[0]![0]!, -90], points[0]!]
}

/** What the largest mark stands for at least: a single event shall not look like many. */
export const fewest = 12

/** Names to write, the busiest first: countries at their capitals, and places. */
export function labelsOf(
  points: readonly PlaceCount[],
  shaded: readonly PlaceCount[],
  flows: readonly Group[],
): {name: string; at: readonly [number, number]}[] {
  const busy = new Map<string, number>()
  const add = (party: string, count: number) => busy.set(party, (busy.get(party) ?? 0) + count)
  for (const {country, count} of shaded) add(country!, count)
  for (const {dyad, count} of flows) for (const party of dyad ?? []) add(party, count)
  const ofCountries = [...busy].flatMap(([code, count]) => {
    const capital = countries.get(code)?.capital
    return capital ? [{name: nameOf(code), at: [capital.lon, capital.lat] as const, count}] : []
  })
  const ofPoints = points.map(({name, lon, lat, count}) => ({name, at: [lon!, lat!] as const, count}))
  return [...ofCountries, ...ofPoints].toSorted((one, other) => other.count - one.count)
}

/** A curve for each dyad, bent to the right of its way, so that there and back lie apart; over the nearer ocean. */
export function flowLines(flows: readonly Group[]): Feature[] {
  const most = Math.max(fewest, ...flows.map(({count}) => count))
  return flows.flatMap(({dyad, count, cooperation, conflict}) => {
    const [from, to] = (dyad ?? []).map(party => countries.get(party)?.capital)
    if (!from || !to) return []
    const [x1, y1, y2] = [from.lon, from.lat, to.lat]
    const x2 = to.lon - x1 > 180 ? to.lon - 360 : to.lon - x1 < -180 ? to.lon + 360 : to.lon
    const [dx, dy] = [x2 - x1, y2 - y1]
    const bend = [(x1 + x2) / 2 + dy * 0.18, Math.max(-80, Math.min(80, (y1 + y2) / 2 - dx * 0.18))] as const
    const coordinates = Array.from({length: 33}, (_, step) => {
      const t = step / 32
      const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c
      return [mix(x1, bend[0], x2), mix(y1, bend[1], y2)]
    })
    const properties = {
      from: dyad![0],
      to: dyad![1],
      count,
      cooperation,
      conflict,
      isConflict: conflict > cooperation,
      width: 1.2 + 5 * Math.sqrt(count / most),
    }
    return [{type: "Feature", geometry: {type: "LineString", coordinates}, properties}]
  })
}

/** How much of what happened at one place or in one dyad. */
export type Marked = {readonly count: number; readonly cooperation: number; readonly conflict: number; readonly isConflict: boolean}

/** What is drawn over the countries: shades by how opaque they are, points by their radius in pixels, the largest first. */
export type MapMarks = {
  readonly shades: readonly (Marked & {readonly code: string; readonly share: number})[]
  readonly points: readonly (Marked & {readonly name: string; readonly at: readonly [number, number]; readonly radius: number})[]
  readonly lines: readonly Feature[]
  readonly names: ReturnType<typeof labelsOf>
}

/** Most names that are written. */
const mostNames = 80

/** The marks of places and of dyads. Mostly conflict is hatched, ringed or dashed, so that it needs no colour to be told. */
export function marksOfMap(places: Places | null, flows: readonly Group[]): MapMarks {
  const [shaded, found] = [places?.countries ?? [], places?.points ?? []]
  const [most, busiest] = [Math.max(1, ...shaded.map(({count}) => count)), Math.max(fewest, ...found.map(({count}) => count))]
  const marked = ({count, cooperation, conflict}: PlaceCount): Marked => ({count, cooperation, conflict, isConflict: conflict > cooperation})
  return {
    shades: shaded.map(place => ({...marked(place), code: place.country!, share: 0.18 + 0.6 * (Math.log1p(place.count) / Math.log1p(most))})),
    points: found.map(place => ({...marked(place), name: place.name, at: [place.lon!, place.lat!], radius: 3 + 13 * Math.sqrt(place.count / busiest)})),
    lines: flowLines(flows),
    names: labelsOf(found, shaded, flows).slice(0, mostNames),
  }
}

/** All places that marks are at, in degrees: what a first view shows. */
export const placesOfMarks = ({shades, points, lines}: MapMarks): (readonly [number, number])[] => [
  ...lines.flatMap(({geometry}) => (geometry as LineString).coordinates.map(([lon, lat]) => [lon!, lat!] as const)),
  ...shades.flatMap(({code}) => {
    const capital = countries.get(code)?.capital
    return capital ? [[capital.lon, capital.lat] as const] : []
  }),
  ...points.map(({at}) => at),
]

/** In words: of a dyad by its two sides, of a place by its name. */
export function tellMark(name: string, {count, cooperation, conflict}: Omit<Marked, "isConflict">, unit: string, isWhole = false): string {
  const level = isWhole ? ", told of the country or a part of it" : ""
  return `${name}: ${count.toLocaleString("en-GB")} ${count === 1 ? unit.slice(0, -1) : unit}${level}; ${cooperation} cooperation, ${conflict} conflict`
}
