import {expect, it} from "vitest"
import {type Layout, layouts} from "../../src/9-export/index.ts"
import {event} from "./rows.ts"

const also = {ontology: "acled-like", hash: "sha256:0", code: "battle", sub: "armed clash"}

async function written(name: string): Promise<string> {
  const layout = layouts.find(one => one.name === name) as Layout
  const rows = (async function* () {
    yield {...event(), also}
  })()
  let text = ""
  for await (const chunk of layout.write(rows, {kind: "events", hasOther: true})) text += String(chunk)
  return text
}

it("has another ontology's code in each layout with room for it", async () => {
  expect(JSON.parse(await written("jsonl")).also).toEqual(also)
  const [header, row] = (await written("csv")).split("\n")
  expect(header?.endsWith(",also_ontology,also_hash,also_code,also_sub")).toBe(true)
  expect(row?.endsWith(",acled-like,sha256:0,battle,armed clash")).toBe(true)
  expect(await written("text")).toContain(" = battle/armed clash")
})
