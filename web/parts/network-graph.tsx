import {useEffect, useRef} from "preact/hooks"
import {DEFAULT_STYLES, Sigma} from "sigma"
import {extremityArrow, layerDashed, layerFill, pathCurved, sdfCircle, sdfTriangle} from "sigma/rendering"
import type {Group} from "../../src/0-records/index.ts"
import {graphOf} from "../network.ts"
import {saveCanvases} from "../picture.ts"
import {type Colours, useColours} from "./colours.ts"

export type NetworkProps = {
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
    const graph = graphOf(props.layout, props.edges, colours, Math.min(1, holder.current!.clientWidth / 700))
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
