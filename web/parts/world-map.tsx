import {type GeoJSONSource, Map as LibreMap, type MapGeoJSONFeature, NavigationControl, type Point, type StyleSpecification, setWorkerUrl} from "maplibre-gl"
import "maplibre-gl/dist/maplibre-gl.css"
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url"
import {useEffect, useMemo, useRef, useState} from "preact/hooks"
import type {Group} from "../../src/0-records/index.ts"
import {nameOf} from "../countries.ts"
import {type MapMarks, type Marked, marksOfMap, placesOfMarks, tellMark} from "../map.ts"
import {saveCanvases} from "../picture.ts"
import type {Places} from "../records.ts"
import {readWorld, type World} from "../shapes.ts"
import {type Colours, useColours} from "./colours.ts"
import {NoShapes} from "./states.tsx"

/** Where a map looks: the middle in degrees, and how near. */
export type View = {readonly lon: number; readonly lat: number; readonly zoom: number}

/** What a click means. */
export type MapCalls = {
  /** A place's name or a country's code. */
  readonly choosePlace: (place: string) => void
  readonly chooseDyad: (dyad: readonly [string, string]) => void
  /** The map was moved: to where, and what is in sight as `west,south,east,north`. */
  readonly moved?: (view: View, box: string) => void
}

export type WorldMapProps = MapCalls & {
  readonly label: string
  readonly unit: string
  readonly places: Places | null
  /** Dyads of countries, drawn from capital to capital. */
  readonly flows: readonly Group[]
  /** Where to look first; at all that is drawn where `null`. */
  readonly view: View | null
}

// The page's policy takes no address of a script from a string, but this one.
const workerUrl = new URL(worker, location.href).href
type Policies = {createPolicy: (name: string, rules: {createScriptURL: (url: string) => string | null}) => unknown}
;(globalThis as {trustedTypes?: Policies}).trustedTypes?.createPolicy("default", {createScriptURL: url => (url === workerUrl ? url : null)})
setWorkerUrl(workerUrl)

/** Places and flows on Natural Earth's countries. Points only where a place is known to one; the page's table says the same. */
export function WorldMap(props: WorldMapProps) {
  const holder = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLParagraphElement>(null)
  const map = useRef<LibreMap>(null)
  const colours = useColours()
  const world = useRef<World>(null)
  const [hasFailed, fail] = useState(false)
  const marks = useMemo(() => marksOfMap(props.places, props.flows), [props.places, props.flows])
  const now = useRef({props, colours, marks})
  now.current = {props, colours, marks}

  useEffect(() => {
    const made = new LibreMap({
      container: holder.current!,
      style: {version: 8, sources: {}, layers: []},
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      maxZoom: 9,
      fadeDuration: 0,
      locale: {"Map.Title": props.label},
      ...(props.view && {center: [props.view.lon, props.view.lat], zoom: props.view.zoom}),
    })
    map.current = made
    made.touchZoomRotate.disableRotation()
    made.keyboard.disableRotation()
    made.addControl(new NavigationControl({showCompass: false}), "top-right")
    const widest = () => made.setMinZoom(Math.max(-1, Math.log2(made.getContainer().clientWidth / 512) - 0.02))
    widest()
    made.on("resize", widest)
    made.on("moveend", ({originalEvent}) => {
      if (!originalEvent && !holder.current?.contains(document.activeElement)) return
      const {lng, lat} = made.getCenter().wrap()
      now.current.props.moved?.({lon: rounded(lng), lat: rounded(lat), zoom: Math.round(made.getZoom() * 100) / 100}, boxOf(made))
    })
    const found = (point: Point) => foundAt(made, point)
    made.on("mousemove", ({point}) => {
      const one = found(point)
      made.getCanvas().style.cursor = one ? "pointer" : ""
      showTip(tip.current, one ? tellOf(one, now.current.props) : "", point)
    })
    made.on("mouseout", () => showTip(tip.current, "", null))
    made.on("click", ({point}) => {
      const one = found(point)
      if (one) chooseOf(one, now.current.props)
    })
    let isGone = false
    readWorld().then(
      shapes => {
        if (isGone) return
        world.current = shapes
        made.setStyle(styleOf(shapes, now.current.colours), {diff: false})
        made.once("style.load", () => {
          fill(made, shapes, now.current.marks, now.current.colours)
          if (!now.current.props.view) showAll(made, now.current.marks)
        })
        made.once("idle", () => holder.current?.setAttribute("data-drawn", ""))
      },
      () => fail(true),
    )
    return () => {
      isGone = true
      map.current = null
      made.remove()
    }
  }, [])

  useEffect(() => {
    if (map.current?.getSource("points")) fill(map.current, world.current!, marks, colours)
  }, [marks, colours])

  useEffect(() => {
    if (map.current?.getSource("points")) paint(map.current, colours)
  }, [colours])

  // What was drawn can be read in the task that drew it only.
  const picture = () => {
    map.current?.once("render", () => saveCanvases("map.png", [map.current!.getCanvas()], colours.ground))
    map.current?.triggerRepaint()
  }
  return (
    <div class="world-map">
      <div class="drawn" ref={holder} hidden={hasFailed} />
      {hasFailed && <NoShapes />}
      <p class="tip" ref={tip} aria-hidden="true" hidden />
      <button type="button" class="small-button picture" onClick={picture}>
        Picture (PNG)
      </button>
    </div>
  )
}

const rounded = (degrees: number) => Math.round(degrees * 100) / 100

/** What is in sight; the whole world where it shows all longitudes. */
function boxOf(map: LibreMap): string {
  const bounds = map.getBounds()
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  const turned = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180
  const [from, to] = east - west >= 360 ? [-180, 180] : [turned(west), turned(east)]
  return [from, Math.max(-90, south), to, Math.min(90, north)].map(rounded).join()
}

/** What lies under a pointer: a point, else a flow, else a country in which something happened. */
function foundAt(map: LibreMap, {x, y}: Point): MapGeoJSONFeature | undefined {
  if (!map.getLayer("flows")) return undefined
  const near: [[number, number], [number, number]] = [
    [x - 4, y - 4],
    [x + 4, y + 4],
  ]
  const [found] = map.queryRenderedFeatures(near, {layers: ["points", "rings", "flows", "flows-conflict"]})
  return found ?? map.queryRenderedFeatures([x, y], {layers: ["shade"]})[0]
}

function chooseOf({source, properties}: MapGeoJSONFeature, {choosePlace, chooseDyad}: MapCalls): void {
  if (source === "flows") chooseDyad([properties.from, properties.to])
  else choosePlace(source === "points" ? properties.name : properties.code)
}

function tellOf({source, properties}: MapGeoJSONFeature, {unit}: WorldMapProps): string {
  const name = source === "flows" ? `${nameOf(properties.from)} → ${nameOf(properties.to)}` : source === "points" ? properties.name : nameOf(properties.code)
  return tellMark(name, properties as Marked, unit, source === "shaded")
}

function showTip(tip: HTMLElement | null, text: string, point: Point | null): void {
  if (!tip) return
  tip.hidden = text === ""
  tip.textContent = text
  if (point)
    tip.style.transform = `translate(${Math.round(Math.min(point.x + 12, tip.parentElement!.clientWidth - tip.offsetWidth - 4))}px, ${Math.round(point.y + 14)}px)`
}

const none: GeoJSON.FeatureCollection = {type: "FeatureCollection", features: []}
const isConflict = ["get", "isConflict"] as const

/** The layers; `paint` gives them their colours. */
function styleOf(world: World, colours: Colours): StyleSpecification {
  const source = (data: GeoJSON.FeatureCollection) => ({type: "geojson", data}) as const
  const land: GeoJSON.FeatureCollection = {
    type: "FeatureCollection",
    features: [...world].map(([code, geometry]) => ({type: "Feature", geometry, properties: {code}})),
  }
  const width = ["get", "width"] as const
  const style = {
    version: 8,
    transition: {duration: 0, delay: 0},
    sources: {world: {...source(land), tolerance: 0.5, buffer: 32}, shaded: source(none), flows: source(none), points: source(none), labels: source(none)},
    layers: [
      {id: "sea", type: "background"},
      {id: "land", type: "fill", source: "world", paint: {"fill-antialias": false}},
      {id: "shade", type: "fill", source: "shaded", paint: {"fill-antialias": false, "fill-opacity": ["get", "share"]}},
      {id: "hatch", type: "fill", source: "shaded", filter: isConflict, paint: {"fill-antialias": false, "fill-opacity": 0.55}},
      {id: "borders", type: "line", source: "world", paint: {"line-width": 0.6}},
      {id: "flows", type: "line", source: "flows", filter: ["!", isConflict], layout: {"line-cap": "round"}, paint: {"line-width": width}},
      {id: "flows-conflict", type: "line", source: "flows", filter: isConflict, paint: {"line-width": width, "line-dasharray": [2.2, 1.1]}},
      {
        id: "heads",
        type: "symbol",
        source: "flows",
        layout: {
          "symbol-placement": "line-center",
          "icon-image": "head",
          "icon-size": ["+", 0.45, ["*", 0.09, width]],
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
        },
      },
      {id: "points", type: "circle", source: "points", filter: ["!", isConflict], paint: {"circle-radius": ["get", "radius"], "circle-stroke-width": 1}},
      {id: "rings", type: "circle", source: "points", filter: isConflict, paint: {"circle-radius": ["get", "radius"], "circle-stroke-width": 2.5}},
      {
        id: "labels",
        type: "symbol",
        source: "labels",
        layout: {"icon-image": ["get", "image"], "icon-anchor": "top", "icon-offset": ["literal", [0, 7]], "symbol-sort-key": ["get", "rank"]},
      },
    ],
  } as unknown as StyleSpecification
  for (const layer of style.layers) Object.assign(layer, {paint: {...("paint" in layer ? layer.paint : {}), ...paints(colours)[layer.id]}})
  return style
}

/** Mostly conflict is hatched, ringed or dashed, so that it needs no colour to be told. */
const paints = (colours: Colours): Readonly<Record<string, Readonly<Record<string, unknown>>>> => ({
  sea: {"background-color": colours.ground},
  land: {"fill-color": colours.paper},
  shade: {"fill-color": ["case", isConflict, colours.conflict, colours.cooperation]},
  hatch: {"fill-pattern": "hatch"},
  borders: {"line-color": colours["line-strong"]},
  flows: {"line-color": colours.cooperation},
  "flows-conflict": {"line-color": colours.conflict},
  heads: {"icon-color": ["case", isConflict, colours.conflict, colours.cooperation]},
  points: {"circle-color": colours.cooperation, "circle-stroke-color": colours.paper},
  rings: {"circle-color": colours["conflict-wash"], "circle-stroke-color": colours.conflict},
})

function paint(map: LibreMap, colours: Colours): void {
  for (const [layer, properties] of Object.entries(paints(colours))) {
    for (const [name, value] of Object.entries(properties)) if (name !== "fill-pattern") map.setPaintProperty(layer, name as "fill-color", value as string)
  }
}

/** Puts what is to be drawn into the sources. */
function fill(map: LibreMap, world: World, {shades, points, lines, names}: MapMarks, colours: Colours): void {
  const draw = (id: string, image: ImageData, options: {sdf?: boolean} = {}) => {
    if (map.hasImage(id)) map.removeImage(id)
    map.addImage(id, image, {pixelRatio: 2, ...options})
  }
  draw("head", drawn(24, 24, head), {sdf: true})
  draw("hatch", drawn(16, 16, hatch(colours.paper)))
  const set = (source: string, features: GeoJSON.Feature[]) => map.getSource<GeoJSONSource>(source)?.setData({type: "FeatureCollection", features})
  const shaped = shades.flatMap<GeoJSON.Feature>(properties => {
    const geometry = world.get(properties.code)
    return geometry ? [{type: "Feature", geometry, properties}] : []
  })
  set("shaded", shaped)
  set(
    "points",
    points.map(({at, ...properties}) => ({type: "Feature", geometry: {type: "Point", coordinates: [...at]}, properties})),
  )
  set("flows", [...lines])
  Object.assign(map.getContainer().dataset, {points: points.length, countries: shaped.length, flows: lines.length})
  const images = names.map(({name}) => {
    const image = `label ${name} ${colours.ink}`
    if (!map.hasImage(image)) map.addImage(image, label(name, colours), {pixelRatio: 2})
    return image
  })
  set(
    "labels",
    names.map(({at}, rank) => ({type: "Feature", geometry: {type: "Point", coordinates: [...at]}, properties: {image: images[rank], rank}})),
  )
}

/** Looks at all that is drawn, or at the world. */
function showAll(map: LibreMap, marks: MapMarks): void {
  const all = placesOfMarks(marks)
  if (all.length === 0) return
  const [lons, lats] = [all.map(([lon]) => lon), all.map(([, lat]) => lat)]
  map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], {padding: 48, maxZoom: 3, animate: false})
}

function drawn(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement("canvas")
  Object.assign(canvas, {width, height})
  const context = canvas.getContext("2d")!
  draw(context)
  return context.getImageData(0, 0, width, height)
}

function head(context: CanvasRenderingContext2D): void {
  context.beginPath()
  context.moveTo(2, 2)
  context.lineTo(22, 12)
  context.lineTo(2, 22)
  context.closePath()
  context.fill()
}

const hatch = (colour: string) => (context: CanvasRenderingContext2D) => {
  context.strokeStyle = colour
  context.lineWidth = 3.5
  for (const at of [-16, 0, 16]) {
    context.moveTo(at, 16)
    context.lineTo(at + 16, 0)
  }
  context.stroke()
}

/** A name in the system's letters with a seam around: the map needs no font of its own. */
function label(name: string, {ink, paper}: Colours): ImageData {
  const font = "500 23px system-ui, 'Liberation Sans', sans-serif"
  const probe = document.createElement("canvas").getContext("2d")!
  probe.font = font
  return drawn(Math.ceil(probe.measureText(name).width) + 12, 36, context => {
    context.font = font
    context.textBaseline = "middle"
    context.lineJoin = "round"
    context.lineWidth = 5
    context.strokeStyle = paper
    context.strokeText(name, 6, 18)
    context.fillStyle = ink
    context.fillText(name, 6, 18)
  })
}
