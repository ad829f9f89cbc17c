import {readFileSync, writeSync} from "node:fs"
import type {Coded} from "../../src/0-records/index.ts"
import {openStore} from "../../src/8-store/index.ts"
import {coding} from "./coding.ts"

/** A program that adds coded reports to a store and prints each one's id once it is acknowledged: what the tests kill. */
const [, , path = "", file = ""] = process.argv
const reports = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map(line => JSON.parse(line) as Coded)
const store = await openStore(path, {make: true})
for (const report of reports) {
  const {outcome} = await store.add(report, coding)
  writeSync(1, `${outcome} ${report.report.id}\n`)
}
await store.close()
