import Graph from "graphology"
import forceAtlas2 from "graphology-layout-forceatlas2"
import type {Group} from "../src/0-records/index.ts"
import {nameOf} from "./countries.ts"
import {fewest, tellMark} from "./map.ts"
import type {Colours} from "./parts/colours.ts"

/** ForceAtlas2 from a circle in the order of names: the same dyads always stand in the same places. */
export function placed(dyads: readonly Group[]): Graph {
  const graph = new Graph({type: "directed"})
  const parties = [...new Set(dyads.flatMap(({dyad}) => [...dyad!]))].toSorted()
  for (const [at, party] of parties.entries()) {
    const angle = (2 * Math.PI * at) / parties.length
    graph.addNode(party, {x: Math.cos(angle), y: Math.sin(angle)})
  }
  for (const {dyad, count} of dyads) if (dyad![0] !== dyad![1]) graph.mergeDirectedEdge(dyad![0], dyad![1], {weight: Math.log1p(count)})
  forceAtlas2.assign(graph, {iterations: 300, settings: {...forceAtlas2.inferSettings(graph), linLogMode: true, gravity: 0.4, scalingRatio: 2}})
  graph.clearEdges()
  return graph
}

const layouts = new WeakMap<readonly Group[], Graph>()

/** The same layout is not computed again while time goes by. */
function placedOnce(layout: readonly Group[]): Graph {
  const graph = layouts.get(layout) ?? placed(layout)
  layouts.set(layout, graph)
  return graph
}

/**
 * A graph with everybody in place and the edges drawn between them.
 *
 * @param scale  of the actors' sizes, 1 in a wide box
 */
export function graphOf(layout: readonly Group[], edges: readonly Group[], colours: Colours, scale: number): Graph {
  const graph = placedOnce(layout).copy()
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
      told: tellMark(`${nameOf(from)} → ${nameOf(to)}`, {count, cooperation, conflict}, unit),
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
      told: volume ? tellMark(nameOf(node), volume, edges[0]!.unit) : `${nameOf(node)}: nothing on these days`,
    })
  })
  return graph
}
