import type Graph from "graphology"
import {useEffect, useRef} from "preact/hooks"
import {DEFAULT_STYLES, Sigma} from "sigma"
import {extremityArrow, layerDashed, layerFill, pathCurved, sdfCircle, sdfTriangle} from "sigma/rendering"
import type {Group} from "../../src/0-records/index.ts"
import {nameOf} from "../countries.ts"
import {placed} from "../network.ts"
import {saveCanvases} from "../picture.ts"
import {type Colours, useColours} from "./colours.ts"

type NetworkProps = {
  readonly label: string
  /** The dyads that say where each actor stands: the same for all days, so that nobody moves while time goes by. */
  readonly layout: readonly Group[]
  /** The dyads to draw. */
  readonly edges: readonly Group[]
  readonly chooseActor: (party: string) => void
  readonly chooseDyad: (dyad: readonly [string, string]) => void
}

/** Actors and what they do to each other. Mostly conflict is dashed and three-cornered, so that it needs no colour to be told; the page's table says the same. */
export function NetworkGraph(props: NetworkProps) {
  const holder = useRef<HTMLDivElement>(null)
  const tip = useRef<HTMLParagraphElement>(null)
  const picture = useRef<() => void>(null)
  const colours = useColours()
  const now = useRef(props)
  now.current = props

  useEffect(() => {
    const graph = drawn(props.layout, props.edges, colours, Math.min(1, holder.current!.clientWidth / 700))
    const sigma = new Sigma(graph, holder.current!, optionsOf(colours))
    const tell = (text: string) => {
      if (!tip.current) return
      tip.current.hidden = text === ""
      tip.current.textContent = text
    }
    sigma.on("enterNode", ({node}) => tell(graph.getNodeAttribute(node, "told")))
    sigma.on("leaveNode", () => tell(""))
    sigma.on("enterEdge", ({edge}) => tell(graph.getEdgeAttribute(edge, "told")))
    sigma.on("leaveEdge", () => tell(""))
    sigma.on("clickNode", ({node}) => now.current.chooseActor(node))
    sigma.on("clickEdge", ({edge}) => now.current.chooseDyad([graph.source(edge), graph.target(edge)]))
    picture.current = () => {
      sigma.once("afterRender", () => saveCanvases("network.png", [...holder.current!.querySelectorAll("canvas")], colours.paper))
      sigma.refresh()
    }
    holder.current!.dataset.drawn = `${graph.order} ${graph.size}`
    return () => sigma.kill()
  }, [props.layout, props.edges, colours])

  return (
    <div class="network">
      <div class="drawn" ref={holder} role="img" aria-label={props.label} />
      <p class="tip" ref={tip} aria-hidden="true" hidden />
      <button type="button" class="small-button picture" onClick={() => picture.current?.()}>
        Picture (PNG)
      </button>
    </div>
  )
}

/** What the largest mark stands for at least: a single event shall not look like many. */
const fewest = 12

/**
 * A graph with everybody in place and the edges drawn between them.
 *
 * @param scale  of the actors' sizes, 1 in a wide box
 */
function drawn(layout: readonly Group[], edges: readonly Group[], colours: Colours, scale: number): Graph {
  const graph = placed(layout)
  const busiest = Math.max(fewest, ...edges.map(({count}) => count))
  const volumes = new Map<string, {count: number; cooperation: number; conflict: number}>()
  for (const {dyad, count, cooperation, conflict, unit} of edges) {
    const [from, to] = dyad!
    if (!graph.hasNode(from) || !graph.hasNode(to)) continue
    for (const party of new Set([from, to])) {
      const had = volumes.get(party) ?? {count: 0, cooperation: 0, conflict: 0}
      volumes.set(party, {count: had.count + count, cooperation: had.cooperation + cooperation, conflict: had.conflict + conflict})
    }
    if (from === to) continue
    const isConflict = conflict > cooperation
    graph.addDirectedEdge(from, to, {
      size: 1 + 4 * Math.sqrt(count / busiest),
      color: isConflict ? colours.conflict : colours.cooperation,
      gap: isConflict ? "rgba(0, 0, 0, 0)" : colours.cooperation,
      told: told(`${nameOf(from)} → ${nameOf(to)}`, {count, cooperation, conflict}, unit),
    })
  }
  const largest = Math.max(fewest, ...[...volumes.values()].map(({count}) => count))
  graph.forEachNode(node => {
    const volume = volumes.get(node)
    const isConflict = volume !== undefined && volume.conflict > volume.cooperation
    graph.mergeNodeAttributes(node, {
      label: nameOf(node),
      size: volume ? scale * (4 + 14 * Math.sqrt(volume.count / largest)) : 2,
      color: volume ? (isConflict ? colours.conflict : colours.cooperation) : colours.line,
      shape: isConflict ? "triangle" : "circle",
      told: volume ? told(nameOf(node), volume, edges[0]!.unit) : `${nameOf(node)}: nothing on these days`,
    })
  })
  return graph
}

const told = (name: string, {count, cooperation, conflict}: {count: number; cooperation: number; conflict: number}, unit: string) =>
  `${name}: ${count.toLocaleString("en-GB")} ${count === 1 ? unit.slice(0, -1) : unit}, ${cooperation} cooperation, ${conflict} conflict`

const optionsOf = (colours: Colours) =>
  ({
    primitives: {
      nodes: {shapes: [sdfCircle(), sdfTriangle()], layers: [layerFill()]},
      edges: {
        paths: [pathCurved({curvature: 0.2})],
        extremities: [extremityArrow({lengthRatio: 5, widthRatio: 4})],
        variables: {gap: {type: "color", default: colours.paper}},
        layers: [layerDashed({dashSize: {value: 7}, gapSize: {value: 4}, gapColor: {attribute: "gap"}, solidExtremities: "head"})],
        defaultHead: "arrow",
      },
    },
    styles: {
      nodes: {
        ...DEFAULT_STYLES.nodes,
        shape: {attribute: "shape"},
        labelColor: colours.ink,
        labelSize: 13,
        labelFont: "system-ui, 'Liberation Sans', sans-serif",
        backdropColor: colours.raised,
      },
      edges: {...DEFAULT_STYLES.edges, path: "curved", head: "arrow", gap: {attribute: "gap"}, opacity: 0.85},
    },
    settings: {
      enableEdgeEvents: true,
      gestureTarget: "shared",
      labelRenderedSizeThreshold: 4,
      labelGridCellSize: 120,
      itemSizesReference: "screen",
      stagePadding: 40,
      edgePickingPadding: 4,
      enableCameraRotation: false,
    },
  }) as const
