import {resolve} from "node:path"
import {CoderError} from "../0-records/index.ts"
import {openStore} from "../8-store/index.ts"
import type {Verb} from "./call.ts"
import {storeOf, storeOption} from "./options.ts"

export const backup: Verb = {
  name: "backup",
  about: "write a whole copy of a store to a new file",
  inputs: "FILE",
  notes: [
    "The copy is made while others read and write, and holds all that was acknowledged before it began. FILE appears only when it is whole.",
    "It is a DuckDB file, of a store on PostgreSQL too, and can be asked as any other store.",
  ],
  options: [storeOption],
  examples: ["communique backup project-2026-11-25.duckdb --store project.duckdb"],
  run: async call => {
    const path = storeOf(call)
    const [file, ...more] = call.inputs
    if (file === undefined || more.length > 0) throw new CoderError("call-wrong", `Cannot write to ${call.inputs.length} files: expected one`)
    const store = await openStore(path)
    try {
      await store.backup(resolve(file))
      process.stdout.write(`wrote ${file}\n`)
      return 0
    } finally {
      await store.close()
    }
  },
}
