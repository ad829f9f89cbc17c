import assert from "node:assert/strict"
import {readdirSync, readFileSync} from "node:fs"
import {fileURLToPath} from "node:url"
import {describe, it} from "vitest"
import {formats, isProblem, read} from "../../src/1-read/index.ts"

const folder = fileURLToPath(new URL("samples/", import.meta.url))

/** Each format's samples, and what they must give: sources, with the line where they have one, and the codes of problems. */
describe("read", () => {
  for (const format of readdirSync(folder)) {
    const expected = JSON.parse(readFileSync(`${folder}${format}/expected.json`, "utf8")) as Record<string, unknown>
    it(`has an expectation for each ${format} sample`, () =>
      assert.deepEqual(
        readdirSync(`${folder}${format}`)
          .filter(name => name !== "expected.json")
          .sort(),
        Object.keys(expected).sort(),
      ))
    for (const [file, found] of Object.entries(expected)) {
      it(`reads ${format}/${file}`, async () => {
        const path = `${folder}${format}/${file}`
        assert.deepEqual(await told([path]), found)
        assert.ok(formats.some(({name}) => name === format))
        assert.deepEqual(await told([path], format), found)
      })
    }
  }
})

async function told(inputs: string[], as?: string): Promise<unknown[]> {
  const format = formats.find(({name}) => name === as)?.name
  const all: unknown[] = []
  for await (const found of read(inputs, format ? {as: format} : {})) {
    assert.equal(found.place.input, inputs[0])
    const line = found.place.line === undefined ? {} : {line: found.place.line}
    if (isProblem(found)) {
      assert.match(found.message, /^Cannot /)
      all.push({code: found.code, isWarning: found.isWarning, ...line})
    } else {
      const {place: _, ...fields} = found
      all.push({...fields, ...line})
    }
  }
  return all
}
