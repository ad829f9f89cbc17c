// How well the sentences of the project's own annotated corpus are found again: `npm run build && node test/3-segment/measure.js [folder…]`.
// Each document's sentences are joined, by a space or by line feeds, and cut again. Documents with a sentence that ends in no
// stop (lists of headlines) are left out where a space joins them: nothing tells there where one ends.
import {readdirSync, readFileSync} from "node:fs"
import {segment} from "../../dist/3-segment/index.js"

const folders = process.argv.length > 2 ? process.argv.slice(2) : [new URL("../../corpus/original", import.meta.url).pathname]
const documents = folders.flatMap(folder =>
  readdirSync(folder)
    .filter(name => name.endsWith(".jsonl"))
    .flatMap(name => readFileSync(`${folder}/${name}`, "utf8").split("\n"))
    .filter(line => line.trim() !== "")
    .map(line => JSON.parse(line).sentences.map(({text}) => text.trim())),
)
const endsInStop = text => /[.!?…:;][”"’')\]]*$/.test(text)

for (const joint of [" ", "\n"]) {
  const told = joint === "\n" ? documents : documents.filter(sentences => sentences.slice(0, -1).every(endsInStop))
  let [gold, found, both, ms] = [0, 0, 0, 0]
  for (const sentences of told) {
    const text = sentences.join(joint)
    const ends = new Set()
    for (const [at] of sentences.entries()) ends.add(sentences.slice(0, at + 1).join(joint).length)
    const started = performance.now()
    const cut = segment({text, dateline: null})
    ms += performance.now() - started
    gold += ends.size
    found += cut.length
    both += cut.filter(({end}) => ends.has(end)).length
  }
  const [precision, recall] = [both / found, both / gold].map(share => share.toFixed(4))
  console.log(
    `joined by ${JSON.stringify(joint)}: ${told.length} documents, ${gold} sentences, precision ${precision}, recall ${recall}, ${((1000 * ms) / gold).toFixed(1)} µs a sentence`,
  )
}
