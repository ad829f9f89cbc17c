import assert from "node:assert/strict"
import {readdirSync, readFileSync} from "node:fs"
import {describe, it} from "vitest"
import type {Source} from "../../src/0-records/index.ts"
import {clean} from "../../src/2-clean/index.ts"

const folder = new URL("samples/", import.meta.url)

/** Pages and texts in the shape of real outlets, with invented stories; each has beside it what must come out. */
describe("clean", () => {
  for (const file of readdirSync(folder).filter(name => !name.endsWith(".json"))) {
    it(`finds the report in ${file}`, () => {
      const written = readFileSync(new URL(file, folder), "utf8")
      const source: Source = {...(file.endsWith(".html") ? {html: written} : {text: written}), place: {input: file}}
      const {title, published, publisher, url, text, dateline} = clean(source)
      assert.equal(text.at(-1), "\n")
      const found = {
        title,
        published,
        publisher,
        url,
        dateline: dateline && text.slice(dateline.start, dateline.end),
        paragraphs: text.slice(0, -1).split("\n"),
      }
      const expected = readFileSync(new URL(file.replace(/\.\w+$/, ".json"), folder), "utf8")
      assert.deepEqual(found, JSON.parse(expected))
    })
  }
})
