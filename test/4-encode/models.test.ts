import {existsSync, readdirSync, readFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {openModel} from "../../src/4-encode/index.ts"
import {pack} from "../../src/4-encode/passage.ts"
import {openPieces} from "../../src/4-encode/pieces.ts"

type Probe = {
  readonly sentences: readonly string[]
  readonly mention: readonly number[]
  readonly trigger: readonly number[]
  readonly status: readonly number[]
  readonly roles: readonly number[]
}

const folders = readdirSync("models").filter(name => existsSync(join("models", name, "manifest.json")))

describe.each(folders)("models/%s", name => {
  const folder = join("models", name)

  it("scores its probe as Python did after quantisation", async () => {
    const model = await openModel(folder, {threads: 1})
    const pieces = openPieces(readFileSync(join(folder, "tokenizer.json"), "utf8"))
    const probes = JSON.parse(readFileSync(join(folder, "probe.json"), "utf8")) as Probe[]
    expect(probes.length).toBeGreaterThan(0)
    for (const probe of probes) {
      const text = probe.sentences.join(" ")
      const sentences = probe.sentences.map((sentence, index) => ({
        index,
        paragraph: 0,
        start: text.indexOf(sentence),
        end: text.indexOf(sentence) + sentence.length,
      }))
      const [passage] = pack(text, sentences, pieces, 512)
      const outputs = await model.outputs(text, passage!)
      for (const head of ["mention", "trigger", "status", "roles"] as const) {
        const differences = probe[head].map((expected, i) => Math.abs(expected - outputs[head].data[i]!))
        expect(Math.max(...differences), head).toBeLessThan(1e-3)
      }
    }
    await model.close()
  })

  it("refuses weights that are not the manifest's", async () => {
    await expect(openModel("models", {threads: 1})).rejects.toMatchObject({code: "model-unreadable"})
  })
})
