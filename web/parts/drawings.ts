import {later} from "./later.tsx"

/** Where a graphics card draws, maps and networks are drawn by it; elsewhere the processor draws the same marks, of which there are some hundreds only. */

export const WorldMap = later(() =>
  hasGraphicsCard() ? import("./world-map.tsx").then(({WorldMap}) => WorldMap) : import("./plain-map.tsx").then(({PlainMap}) => PlainMap),
)

export const NetworkGraph = later(() =>
  hasGraphicsCard()
    ? import("./network-graph.tsx").then(({NetworkGraph}) => NetworkGraph)
    : import("./plain-network.tsx").then(({PlainNetwork}) => PlainNetwork),
)

/** Names under which processors draw for WebGL: a frame of a map takes them 150 ms and more. */
const byProcessor = /swiftshader|llvmpipe|softpipe|software|basic render/i

let answer: boolean | undefined

/** Asked once, since each question takes a drawing context. */
function hasGraphicsCard(): boolean {
  answer ??= asked()
  return answer
}

function asked(): boolean {
  const context = document.createElement("canvas").getContext("webgl2")
  if (!context) return false
  const names = context.getExtension("WEBGL_debug_renderer_info")
  const name = String(context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER))
  context.getExtension("WEBGL_lose_context")?.loseContext()
  return !byProcessor.test(name)
}
