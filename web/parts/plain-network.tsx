import type Graph from "graphology"
import {useCallback, useMemo} from "preact/hooks"
import {graphOf} from "../network.ts"
import {around, distanceTo, type Place, pixelOf, type Sight} from "../plane.ts"
import {type Colours, useColours} from "./colours.ts"
import type {NetworkProps} from "./network-graph.tsx"
import {Plane} from "./plane.tsx"
import {drawHead, writeNames} from "./strokes.ts"

/** Of a box in which actors have their full size, in pixels. */
const wide = 700

/** `NetworkGraph` for machines without a graphics card: the same actors and lines, drawn by the processor. */
export function PlainNetwork({label, layout, edges, chooseActor, chooseDyad}: NetworkProps) {
  const colours = useColours()
  const graph = useMemo(() => graphOf(layout, edges, colours, 1), [layout, edges, colours])
  const draw = useCallback((context: CanvasRenderingContext2D, sight: Sight) => drawGraph(context, sight, graph, colours), [graph, colours])
  const all = graph.mapNodes(node => placeOf(graph, node))
  const first = (box: Sight) => around(all, box, {margin: 48, most: box.width / 4})
  const within = (sight: Sight): Sight => {
    const {scale} = first(sight)
    const rim = (at: number, places: readonly number[]) => Math.max(Math.min(...places), Math.min(Math.max(...places), at))
    return {
      ...sight,
      scale: Math.max(scale / 2, Math.min(scale * 16, sight.scale)),
      x: rim(
        sight.x,
        all.map(([x]) => x),
      ),
      y: rim(
        sight.y,
        all.map(([, y]) => y),
      ),
    }
  }
  const find = (sight: Sight, pixel: Place) => {
    const under = graph.filterNodes(node => {
      const [x, y] = pixelOf(sight, placeOf(graph, node))
      return Math.hypot(x - pixel[0], y - pixel[1]) <= sizeOf(graph, node, sight) + 3
    })
    // Of several the smallest, which lies on top.
    const [node] = under.toSorted((one, other) => sizeOf(graph, one, sight) - sizeOf(graph, other, sight))
    if (node !== undefined) return {told: graph.getNodeAttribute(node, "told") as string, choose: () => chooseActor(node)}
    const edge = graph.findEdge(edge => distanceTo(lineOf(graph, edge, sight), pixel) <= (graph.getEdgeAttribute(edge, "size") as number) / 2 + 4)
    if (edge === undefined) return undefined
    return {told: graph.getEdgeAttribute(edge, "told") as string, choose: () => chooseDyad([graph.source(edge), graph.target(edge)])}
  }
  return (
    <div class="network">
      <Plane {...{label, first, within, draw, find}} subject={layout} name="network" ground={colours.paper} numbers={{drawn: `${graph.order} ${graph.size}`}} />
    </div>
  )
}

const placeOf = (graph: Graph, node: string): Place => [graph.getNodeAttribute(node, "x") as number, -(graph.getNodeAttribute(node, "y") as number)]

const sizeOf = (graph: Graph, node: string, {width}: Sight) => Math.min(1, width / wide) * (graph.getNodeAttribute(node, "size") as number)

/** From rim to rim of two actors in pixels, bent to one side, so that there and back lie apart. */
function lineOf(graph: Graph, edge: string, sight: Sight): Place[] {
  const [from, to] = graph.extremities(edge)
  const [one, other] = [pixelOf(sight, placeOf(graph, from)), pixelOf(sight, placeOf(graph, to))]
  const bend: Place = [(one[0] + other[0]) / 2 + (other[1] - one[1]) * 0.15, (one[1] + other[1]) / 2 - (other[0] - one[0]) * 0.15]
  const rimOf = ([x, y]: Place, node: string): Place => {
    const away = (sizeOf(graph, node, sight) + 2) / (Math.hypot(bend[0] - x, bend[1] - y) || 1)
    return [x + (bend[0] - x) * Math.min(1, away), y + (bend[1] - y) * Math.min(1, away)]
  }
  const [start, end] = [rimOf(one, from), rimOf(other, to)]
  const mix = (at: 0 | 1, t: number) => (1 - t) ** 2 * start[at] + 2 * t * (1 - t) * bend[at] + t ** 2 * end[at]
  return Array.from({length: 17}, (_, step) => [mix(0, step / 16), mix(1, step / 16)])
}

function drawGraph(context: CanvasRenderingContext2D, sight: Sight, graph: Graph, colours: Colours): void {
  context.globalAlpha = 0.85
  graph.forEachEdge((edge, {size, color, gap}) => {
    const line = lineOf(graph, edge, sight)
    const [[beforeX, beforeY], end] = [line.at(-2)!, line.at(-1)!]
    Object.assign(context, {strokeStyle: color, fillStyle: color, lineWidth: size})
    context.setLineDash(gap === color ? [] : [7, 4])
    context.beginPath()
    for (const [x, y] of line) context.lineTo(x, y)
    context.stroke()
    drawHead(context, end, Math.atan2(end[1] - beforeY, end[0] - beforeX), 5 + 2 * size)
  })
  context.globalAlpha = 1
  context.setLineDash([])
  const nodes = graph.mapNodes((node, {color, shape, label}) => ({
    ...{color: color as string, shape: shape as string, name: label as string},
    ...{place: pixelOf(sight, placeOf(graph, node)), size: sizeOf(graph, node, sight)},
  }))
  // The largest first, so that small ones lie over them.
  nodes.sort((one, other) => other.size - one.size)
  for (const {place, size, color, shape} of nodes) {
    const [x, y] = place
    Object.assign(context, {fillStyle: color, strokeStyle: colours.paper, lineWidth: 1})
    context.beginPath()
    if (shape === "circle") context.arc(x, y, size, 0, 2 * Math.PI)
    else for (const turn of [-90, 30, 150]) context.lineTo(x + 1.3 * size * Math.cos((turn * Math.PI) / 180), y + 1.3 * size * Math.sin((turn * Math.PI) / 180))
    context.closePath()
    context.fill()
    context.stroke()
  }
  writeNames(
    context,
    nodes.map(({name, place: [x, y], size}) => ({name, at: [x + size + 4, y] as const, align: "left" as const})),
    {ink: colours.ink, seam: colours.paper},
  )
}
