import type {Geometry, LineString, Position} from "geojson"
import {useCallback, useEffect, useMemo, useState} from "preact/hooks"
import {nameOf} from "../countries.ts"
import {type MapMarks, marksOfMap, placesOfMarks, tellMark} from "../map.ts"
import {around, distanceTo, type Place, pixelOf, placeOf, type Sight} from "../plane.ts"
import {readWorld} from "../shapes.ts"
import {type Colours, useColours} from "./colours.ts"
import {type Found, Plane} from "./plane.tsx"
import {NoShapes} from "./states.tsx"
import {drawHead, writeNames} from "./strokes.ts"
import type {WorldMapProps} from "./world-map.tsx"

/** The world's width in units of the plane, which is Mercator's: as many pixels as it is wide at zoom 0. */
const span = 512

/** Mercator's map ends here, in degrees of latitude. */
const mostLat = 85.0511

const planeOf = ([lon = 0, lat = 0]: readonly number[]): Place => [
  ((lon + 180) / 360) * span,
  (0.5 - Math.log(Math.tan(Math.PI / 4 + (Math.max(-mostLat, Math.min(mostLat, lat)) * Math.PI) / 360)) / (2 * Math.PI)) * span,
]

const degreesOf = ([x, y]: Place): Place => [(x / span) * 360 - 180, (Math.atan(Math.exp((0.5 - y / span) * 2 * Math.PI)) * 360) / Math.PI - 90]

/** Degrees of longitude within −180 to 180. */
const wrapped = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180

const rounded = (degrees: number) => Math.round(degrees * 100) / 100

/** How near a first view comes at most. */
const nearest = 3

/** Zooms up to which shapes are drawn as fine as a screen shows them, each for all below it. */
const finenesses = [1, 3, 5, 9]

/** Countries as paths of the plane, coarser where they are seen from farther away. */
type Shapes = (zoom: number) => ReadonlyMap<string, Path2D>

function shapesOf(world: ReadonlyMap<string, Geometry>): Shapes {
  const rings = [...world].map(([code, geometry]) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : []
    return [code, polygons.flat().map((ring: Position[]) => ring.map(planeOf))] as const
  })
  const made = new Map<number, ReadonlyMap<string, Path2D>>()
  return zoom => {
    const fineness = finenesses.find(one => zoom <= one) ?? 9
    const found = made.get(fineness) ?? new Map(rings.map(([code, its]) => [code, pathOf(its, 0.5 / 2 ** fineness)]))
    made.set(fineness, found)
    return found
  }
}

/** @param least  how far apart points must be, in units of the plane */
function pathOf(rings: readonly (readonly Place[])[], least: number): Path2D {
  const path = new Path2D()
  for (const ring of rings) {
    let [lastX, lastY] = ring[0]!
    path.moveTo(lastX, lastY)
    for (const [x, y] of ring) {
      if (Math.abs(x - lastX) < least && Math.abs(y - lastY) < least) continue
      path.lineTo(x, y)
      ;[lastX, lastY] = [x, y]
    }
    path.closePath()
  }
  return path
}

/** `WorldMap` for machines without a graphics card: the same marks, drawn by the processor. */
export function PlainMap({label, unit, places, flows, view, choosePlace, chooseDyad, moved}: WorldMapProps) {
  const colours = useColours()
  const [shapes, setShapes] = useState<Shapes | null>(null)
  const [hasFailed, fail] = useState(false)
  useEffect(() => {
    readWorld().then(
      world => setShapes(() => shapesOf(world)),
      () => fail(true),
    )
  }, [])
  const marks = useMemo(() => marksOfMap(places, flows), [places, flows])
  const below = useCallback((context: CanvasRenderingContext2D, sight: Sight) => drawLand(context, sight, shapes!, colours), [shapes, colours])
  const draw = useCallback((context: CanvasRenderingContext2D, sight: Sight) => drawMarks(context, sight, shapes!, marks, colours), [shapes, marks, colours])
  const within = (sight: Sight): Sight => {
    const scale = Math.max(sight.width / span, Math.min(2 ** 9, sight.scale))
    const rim = Math.min(span / 2, sight.height / 2 / scale)
    return {...sight, scale, x: ((sight.x % span) + span) % span, y: Math.max(rim, Math.min(span - rim, sight.y))}
  }
  const first = (box: Sight): Sight => {
    if (view) {
      const [x, y] = planeOf([view.lon, view.lat])
      return {...box, x, y, scale: 2 ** view.zoom}
    }
    const all = placesOfMarks(marks)
    return all.length > 0 ? around(all.map(planeOf), box, {margin: 48, most: 2 ** nearest}) : {...box, x: span / 2, y: span / 2, scale: 1}
  }
  const rests = (sight: Sight) => {
    const [lon, lat] = degreesOf([sight.x, sight.y])
    moved?.({lon: rounded(wrapped(lon)), lat: rounded(lat), zoom: rounded(Math.log2(sight.scale))}, boxOf(sight))
  }
  const find = (sight: Sight, pixel: Place) => findMark(sight, pixel, shapes!, marks, {unit, choosePlace, chooseDyad})
  if (!shapes)
    return (
      <div class="world-map">
        {hasFailed ? (
          <NoShapes />
        ) : (
          <p class="waiting drawn" role="status">
            Reading …
          </p>
        )}
      </div>
    )
  return (
    <div class="world-map">
      <Plane
        {...{label, first, within, below, draw, find, rests}}
        name="map"
        ground={colours.ground}
        numbers={{points: marks.points.length, countries: marks.shades.filter(({code}) => shapes(0).has(code)).length, flows: marks.lines.length}}
      />
    </div>
  )
}

/** What is in sight, as `west,south,east,north`; the whole world where it shows all longitudes. */
function boxOf(sight: Sight): string {
  const [[west, north], [east, south]] = [degreesOf(placeOf(sight, [0, 0])), degreesOf(placeOf(sight, [sight.width, sight.height]))]
  const [from, to] = east - west >= 360 ? [-180, 180] : [wrapped(west), wrapped(east)]
  return [from, Math.max(-90, south), to, Math.min(90, north)].map(rounded).join()
}

/** The sight on each copy of the world that it shows: shapes and flows may go on beyond the 180th meridian. */
function copies(sight: Sight): Sight[] {
  const [from, to] = [placeOf(sight, [0, 0])[0], placeOf(sight, [sight.width, 0])[0]]
  const turns = [-2, -1, 0, 1, 2].filter(turn => (turn + 1.5) * span > from && (turn - 0.5) * span < to)
  return turns.map(turn => ({...sight, x: sight.x - turn * span}))
}

/** Lets a context draw in units of the plane. */
function onPlane(context: CanvasRenderingContext2D, {x, y, scale, width, height}: Sight, work: () => void): void {
  context.save()
  context.translate(width / 2 - x * scale, height / 2 - y * scale)
  context.scale(scale, scale)
  work()
  context.restore()
}

function drawLand(context: CanvasRenderingContext2D, sight: Sight, shapes: Shapes, colours: Colours): void {
  context.fillStyle = colours.ground
  context.fillRect(0, 0, sight.width, sight.height)
  Object.assign(context, {fillStyle: colours.paper, strokeStyle: colours["line-strong"]})
  for (const copy of copies(sight))
    onPlane(context, copy, () => {
      context.lineWidth = 0.5 / sight.scale
      for (const path of shapes(Math.log2(sight.scale)).values()) {
        context.fill(path)
        context.stroke(path)
      }
    })
}

function drawMarks(context: CanvasRenderingContext2D, sight: Sight, shapes: Shapes, {shades, points, lines, names}: MapMarks, colours: Colours): void {
  const colourOf = ({isConflict}: {readonly isConflict: boolean}) => (isConflict ? colours.conflict : colours.cooperation)
  const hatch = context.createPattern(hatched(colours.paper), "repeat")!
  for (const copy of copies(sight)) {
    for (const shade of shades) {
      const path = shapes(Math.log2(sight.scale)).get(shade.code)
      if (!path) continue
      context.globalAlpha = shade.share
      context.fillStyle = colourOf(shade)
      onPlane(context, copy, () => context.fill(path))
      if (!shade.isConflict) continue
      context.globalAlpha = 0.55
      context.fillStyle = hatch
      // In pixels, so that the hatching stays as wide.
      const {x, y, scale, width, height} = copy
      hatch.setTransform(new DOMMatrix([1 / scale, 0, 0, 1 / scale, x - width / 2 / scale, y - height / 2 / scale]))
      onPlane(context, copy, () => context.fill(path))
    }
    context.globalAlpha = 1
    for (const {geometry, properties} of lines) {
      const line = (geometry as LineString).coordinates.map(at => pixelOf(copy, planeOf(at)))
      const {width, isConflict} = properties as {width: number; isConflict: boolean}
      Object.assign(context, {strokeStyle: colourOf({isConflict}), fillStyle: colourOf({isConflict}), lineWidth: width, lineCap: isConflict ? "butt" : "round"})
      context.setLineDash(isConflict ? [2.2 * width, 1.1 * width] : [])
      context.beginPath()
      for (const [x, y] of line) context.lineTo(x, y)
      context.stroke()
      const [before, after] = [line[(line.length >> 1) - 1]!, line[line.length >> 1]!]
      drawHead(context, after, Math.atan2(after[1] - before[1], after[0] - before[0]), 6 + 2 * width)
    }
    context.setLineDash([])
    for (const point of points) {
      const [x, y] = pixelOf(copy, planeOf(point.at))
      context.beginPath()
      context.arc(x, y, point.radius, 0, 2 * Math.PI)
      Object.assign(
        context,
        point.isConflict
          ? {fillStyle: colours["conflict-wash"], strokeStyle: colours.conflict, lineWidth: 2.5}
          : {fillStyle: colours.cooperation, strokeStyle: colours.paper, lineWidth: 1},
      )
      context.fill()
      context.stroke()
    }
  }
  const written = names.flatMap(({name, at}) =>
    copies(sight).map(copy => {
      const [x, y] = pixelOf(copy, planeOf(at))
      const radius = points.find(point => point.at[0] === at[0] && point.at[1] === at[1])?.radius ?? 4
      return {name, at: [x, y + radius + 10] as const, align: "center" as const}
    }),
  )
  writeNames(
    context,
    written.filter(({at: [x, y]}) => x > -60 && x < sight.width + 60 && y > -10 && y < sight.height + 10),
    {ink: colours.ink, seam: colours.paper},
  )
}

/** Eight pixels of hatching. */
function hatched(colour: string): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement("canvas"), {width: 8, height: 8})
  const context = canvas.getContext("2d")!
  Object.assign(context, {strokeStyle: colour, lineWidth: 1.75})
  for (const at of [-8, 0, 8]) {
    context.moveTo(at, 8)
    context.lineTo(at + 8, 0)
  }
  context.stroke()
  return canvas
}

const probe = document.createElement("canvas").getContext("2d")

/** A point, else a flow, else a country in which something happened; of several the one that lies on top. */
function findMark(
  sight: Sight,
  pixel: Place,
  shapes: Shapes,
  {shades, points, lines}: MapMarks,
  {unit, choosePlace, chooseDyad}: Pick<WorldMapProps, "unit" | "choosePlace" | "chooseDyad">,
): Found | undefined {
  const near = 4
  for (const copy of copies(sight)) {
    const point = points.findLast(({at, radius}) => {
      const [x, y] = pixelOf(copy, planeOf(at))
      return Math.hypot(x - pixel[0], y - pixel[1]) <= radius + near
    })
    if (point) return {told: tellMark(point.name, point, unit), choose: () => choosePlace(point.name)}
    const line = lines.findLast(({geometry, properties}) => {
      const pixels = (geometry as LineString).coordinates.map(at => pixelOf(copy, planeOf(at)))
      return distanceTo(pixels, pixel) <= properties!.width / 2 + near
    })
    if (line) {
      const {from, to, count, cooperation, conflict} = line.properties as {from: string; to: string; count: number; cooperation: number; conflict: number}
      return {told: tellMark(`${nameOf(from)} → ${nameOf(to)}`, {count, cooperation, conflict}, unit), choose: () => chooseDyad([from, to])}
    }
    const shade = shades.find(({code}) => {
      const path = shapes(Math.log2(sight.scale)).get(code)
      return path && probe?.isPointInPath(path, ...placeOf(copy, pixel))
    })
    if (shade) return {told: tellMark(nameOf(shade.code), shade, unit, true), choose: () => choosePlace(shade.code)}
  }
  return undefined
}
