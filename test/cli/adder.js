import {readFileSync, writeSync} from "node:fs"
import {pathToFileURL} from "node:url"

// A program that adds coded reports to a store and prints each one's id once it is acknowledged: what the tests kill.
const [, , built, path, file] = process.argv
const {openStore} = await import(pathToFileURL(`${built}/dist/8-store/index.js`).href)
const {coding, reports} = JSON.parse(readFileSync(file, "utf8"))
try {
  const store = await openStore(path, {make: true})
  for (const report of reports) {
    await store.add(report, coding)
    writeSync(1, `${report.report.id}\n`)
  }
  await store.close()
} catch (error) {
  writeSync(2, `${error.code}: ${error.message}\n`)
  process.exit(1)
}
