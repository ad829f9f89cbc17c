// Codes many reports with one open model and counts who does what to whom.
//   node examples/count-dyads.js reports.jsonl
import {createReadStream} from "node:fs"
import {createInterface} from "node:readline"
import {openCoder} from "communique"

async function* reports(path) {
  let line = 0
  for await (const row of createInterface({input: createReadStream(path)})) yield {...JSON.parse(row), place: {input: path, line: ++line}}
}

const coder = await openCoder({threads: 2})
const counts = new Map()
for await (const coded of coder.codeAll(reports(process.argv[2] ?? new URL("reports.jsonl", import.meta.url).pathname))) {
  if ("code" in coded) console.error(`${coded.place.input}:${coded.place.line}: ${coded.message}`)
  else {
    for (const {status, type, actors, recipients} of coded.events) {
      if (status !== "actual") continue
      for (const actor of actors) {
        for (const recipient of recipients) {
          const dyad = `${actor.code ?? actor.name} → ${recipient.code ?? recipient.name}  ${type}`
          counts.set(dyad, (counts.get(dyad) ?? 0) + 1)
        }
      }
    }
  }
}
for (const [dyad, count] of [...counts].sort(([, one], [, other]) => other - one)) console.log(`${count}  ${dyad}`)
await coder.close()
