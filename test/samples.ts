import {mkdtempSync, rmSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {read} from "../src/1-read/index.ts"
import {everyRow, openStore} from "../src/8-store/index.ts"
import {layouts, type Row} from "../src/9-export/index.ts"
import {gatherRest} from "../src/gathering.ts"
import {isProblem, openCoder} from "../src/index.ts"

/** The reports of docs/samples. */
const inputs = ["examples/reports.jsonl", "examples/sample-report.txt"]

/** Hashes of what coded the rows would change the samples with each word that a table learns. */
const coder = {version: "0.1.0", model: "sha256:…", ontology: "plover-2021", knowledge: "sha256:…", config: "sha256:…"}

/** What each layout makes of the reports' events and quotes, by the file's name; they came into the store on 13 March 2026. */
export async function samples(): Promise<Map<string, Buffer>> {
  const [opened, store] = [await openCoder(), await openStore(":memory:", {make: true})]
  const scratch = mkdtempSync(join(tmpdir(), "communique-samples-"))
  const made = new Map<string, Buffer>()
  try {
    for await (const one of opened.codeAll(read(inputs, {published: "2026-03-12"}))) {
      if (isProblem(one)) throw new Error(one.message)
      await store.add(one, {coder, machine: "x64", floor: opened.floor, day: "2026-03-13"})
    }
    await gatherRest(store)
    for (const layout of layouts.filter(({isMixed}) => !isMixed)) {
      for (const kind of ["events", "quotes"] as const) {
        if (kind === "quotes" && (layout.isDataset || layout.name === "geojson")) continue
        const rows = everyRow(store, {}, {unit: kind, isDeeds: layout.isDataset}) as AsyncIterable<Row>
        const chunks: Buffer[] = []
        const options = {kind, scratch, days: {since: "2026-03-09", until: "2026-03-12"}, reportDays: () => store.reportDays({})} as const
        for await (const chunk of layout.write(rows, options)) chunks.push(Buffer.from(chunk as string))
        made.set(`${kind}.${layout.ending}`, Buffer.concat(chunks))
      }
    }
    return made
  } finally {
    rmSync(scratch, {recursive: true})
    await Promise.all([opened.close(), store.close()])
  }
}
