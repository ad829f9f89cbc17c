import {readdirSync, readFileSync} from "node:fs"
import {dirname, join} from "node:path"
import {describe, expect, it} from "vitest"

/** What a room may import besides itself and `0-records`: `node:` stands for all of Node's own modules. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "0-records": [],
  "1-read": ["node:", "undici", "linkedom", "feedsmith", "@duckdb/node-api"],
  "10-score": [],
  "2-clean": ["node:", "@mozilla/readability", "eld", "linkedom"],
  "3-segment": [],
  "4-encode": ["node:", "onnxruntime-node", "@huggingface/tokenizers"],
  "5-resolve": ["node:"],
  "6-code": ["node:"],
  "7-gather": [],
  "8-store": ["node:", "@duckdb/node-api", "pg"],
  "9-export": ["node:", "@duckdb/node-api"],
}

const doors = ["cli", "server", "index.ts"]

const files = readdirSync("src", {recursive: true, encoding: "utf8"}).filter(file => file.endsWith(".ts"))
const roomOf = (path: string) => path.split("/")[0]!
const inRooms = files.filter(file => /^\d+-/.test(file))

/** What a file imports, in any way of writing it; `load` is what createRequire gives. */
function importsOf(file: string): string[] {
  const found = readFileSync(`src/${file}`, "utf8").matchAll(/(?:^import |^(?:import|export)\b[^"\n]* from |^\} from |\b(?:import|load|require)\()"([^"]+)"/gm)
  return [...found].map(([, path = ""]) => path)
}

const strays = (of: readonly string[], isStray: (file: string, path: string) => boolean) =>
  of.flatMap(file =>
    importsOf(file)
      .filter(path => isStray(file, path))
      .map(path => `${file} imports ${path}`),
  )

describe("the import rule", () => {
  it("sees the rooms", () => {
    expect([...new Set(inRooms.map(roomOf))].sort()).toEqual(Object.keys(mayImport))
  })

  it("lets a room import only itself and 0-records", () => {
    const leaves = (file: string, path: string) => path.startsWith(".") && ![roomOf(file), "0-records"].includes(roomOf(join(dirname(file), path)))
    expect(strays(inRooms, leaves)).toEqual([])
  })

  it("lets a room import only the packages that are its own", () => {
    const isForeign = (file: string, path: string) => {
      const allowed = mayImport[roomOf(file)] ?? []
      return !path.startsWith(".") && !allowed.some(name => path === name || path.startsWith(name.endsWith(":") ? name : `${name}/`))
    }
    expect(strays(inRooms, isForeign)).toEqual([])
  })

  it("lets a door import any room and the journey, but no other door", () => {
    const isDoor = (path: string) => doors.includes(roomOf(path))
    const entersDoor = (file: string, path: string) => {
      const target = join(dirname(file), path)
      const isOpening = roomOf(file) === "cli" && roomOf(target) === "server"
      return path.startsWith(".") && isDoor(target) && roomOf(target) !== roomOf(file) && !isOpening
    }
    expect(strays(files, entersDoor)).toEqual([])
  })

  it("lets the command open the server's door, and nothing else cross from door to door", () => {
    const crossings = strays(files, (file, path) => roomOf(file) === "cli" && roomOf(join(dirname(file), path)) === "server" && path.startsWith("."))
    expect(crossings.every(crossing => crossing.endsWith("../server/index.ts"))).toBe(true)
  })

  it("lets the viewer import types of 0-records, its own parts, and preact; maps and networks have packages of their own", () => {
    const drawing: Readonly<Record<string, RegExp>> = {
      "shapes.ts": /^(geojson$|topojson-client$|world-atlas\/)/,
      "parts/world-map.tsx": /^maplibre-gl(\/|$)/,
      "parts/plain-map.tsx": /^geojson$/,
      "parts/network-graph.tsx": /^sigma(\/rendering)?$/,
      "parts/plain-network.tsx": /^graphology$/,
      "map.ts": /^geojson$/,
      "network.ts": /^graphology(-layout-forceatlas2)?$/,
    }
    const own = readdirSync("web", {recursive: true, encoding: "utf8"}).filter(file => /\.tsx?$/.test(file) && !file.startsWith("vite"))
    const found = own.flatMap(file =>
      [...readFileSync(`web/${file}`, "utf8").matchAll(/^import (type )?[^"]*"([^"]+)"/gm)].map(([, isType, path = ""]) => ({file, isType, path})),
    )
    const isOwn = ({file, path}: {file: string; path: string}) => path.startsWith(".") && !join(dirname(file), path).startsWith("..")
    const isFair = (one: (typeof found)[number]) =>
      isOwn(one) ||
      /^preact(\/hooks)?$/.test(one.path) ||
      drawing[one.file]?.test(one.path) ||
      one.path.endsWith("/sample-report.txt?raw") ||
      (one.isType && one.path.endsWith("src/0-records/index.ts"))
    expect(found.length).toBeGreaterThan(20)
    expect(found.filter(one => !isFair(one))).toEqual([])
  })

  it("leaves clocks, the environment and the console to the doors", () => {
    const asks = inRooms.filter(file =>
      /\bconsole\.|\bprocess\.(env|stdout|stderr|argv)|\bDate\.now\(|\bnew Date\(\)/.test(readFileSync(`src/${file}`, "utf8")),
    )
    expect(asks).toEqual([])
  })
})
