import Graph from "graphology"
import forceAtlas2 from "graphology-layout-forceatlas2"
import type {Group} from "../src/0-records/index.ts"

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
