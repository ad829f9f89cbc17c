import {spawn} from "node:child_process"
import {once} from "node:events"
import {writeFileSync} from "node:fs"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {inject} from "vitest"
import type {Kept} from "../../src/8-store/index.ts"
import {coded, coding} from "../8-store/coded.ts"
import {text} from "../9-export/rows.ts"

/** Coded reports, each with rows of its own. */
export const manyCoded = (count: number): Kept[] =>
  Array.from({length: count}, (_, n) => coded({id: `report-${n}`, title: `Report ${n}`}, {words: `${text} It was report ${n}.`}))

/** Writes the reports where `adder.js` reads them. Gives the file's path. */
export function fileOf(folder: string, reports: readonly Kept[]): string {
  const path = join(folder, "coded.json")
  writeFileSync(path, JSON.stringify({coding, reports}))
  return path
}

const program = new URL("adder.js", import.meta.url).pathname

/** Adds the reports of `file` to the store in a process of its own, which is killed once it has acknowledged `killAfter` and some time more. */
export async function addIn(
  store: string,
  file: string,
  {killAfter = Number.POSITIVE_INFINITY, waitMs = 0, shell}: {killAfter?: number; waitMs?: number; shell?: string} = {},
): Promise<{acknowledged: string[]; code: number | null; err: string}> {
  const words = [program, inject("built"), store, file]
  const child = shell ? spawn("bash", ["-c", `${shell}; exec "$0" "$@"`, process.execPath, ...words]) : spawn(process.execPath, words)
  let out = ""
  let err = ""
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    out += chunk
    if (out.split("\n").length > killAfter) setTimeout(() => child.kill("SIGKILL"), waitMs)
  })
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    err += chunk
  })
  const [code] = (await once(child, "close")) as [number | null]
  return {acknowledged: out.split("\n").slice(0, -1), code, err}
}

const tables = ["runs", "reports", "sentences", "codings", "actors", "mentions", "sides", "dyads", "quotes", "problems", "parties"]

/** Every row of every table, as text: two stores with the same rows give the same. */
export async function dump(path: string): Promise<string> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  try {
    const parts: string[] = []
    for (const table of tables) {
      const reader = await connection.runAndReadAll(`SELECT * FROM ${table} ORDER BY ALL`)
      parts.push(table, ...reader.getRowObjectsJson().map(row => JSON.stringify(row)))
    }
    return parts.join("\n")
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/**
 * Adds reports to a store, killing the adder `kills` times and beginning anew each time, and holds that what was acknowledged is there.
 *
 * @returns how many kills hit, and what the store holds in the end
 */
export async function addUnderFire(store: string, file: string, reports: number, kills: number): Promise<{hit: number; held: string}> {
  let hit = 0
  for (let n = 0; n < kills; n++) {
    // Each goes a little further than the one before; the wait moves the kill about inside one report's work.
    const killAfter = 1 + Math.floor((n * reports) / kills)
    const {acknowledged, code} = await addIn(store, file, {killAfter, waitMs: (n * 7) % 23})
    if (code === null) hit++
    const held = new Set(await heldReports(store))
    const lost = acknowledged.filter(id => !held.has(id))
    if (lost.length > 0) throw new Error(`acknowledged and not there: ${lost.join(", ")}`)
  }
  await addIn(store, file)
  return {hit, held: await dump(store)}
}

async function heldReports(path: string): Promise<string[]> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll("SELECT id FROM reports JOIN codings ON report = number")
    return reader.getRowObjectsJson().map(({id}) => String(id))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
