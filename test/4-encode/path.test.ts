import {describe, expect, it} from "vitest"
import {softmax, spansOf} from "../../src/4-encode/path.ts"

const tags = ["O", "B-actor", "I-actor", "B-place", "I-place"]

/** One letter a word for the likeliest tag: O, A, a, P, p. */
function spans(letters: string, strength = 5) {
  const data = new Float32Array(letters.length * tags.length)
  for (const [i, letter] of Array.from(letters).entries()) data[i * tags.length + "OAaPp".indexOf(letter)] = strength
  return spansOf({data, width: tags.length}, 0, letters.length, tags).map(({first, last, kind}) => `${kind} ${first}-${last}`)
}

describe("spansOf", () => {
  it("joins what runs on", () => expect(spans("OAaaOPO")).toEqual(["actor 1-4", "place 5-6"]))
  it("parts two that touch", () => expect(spans("AAa")).toEqual(["actor 0-1", "actor 1-3"]))
  it("lets no span begin inside, nor change its kind", () => {
    expect(spans("OaaO")).toEqual(["actor 1-3"])
    expect(spans("PaO")).toHaveLength(1)
  })
  it("finds nothing in nothing", () => expect(spans("")).toEqual([]))
})

describe("softmax", () => {
  it("adds up to one, also for large logits", () => expect(softmax([1000, 1000, -1000])).toEqual([0.5, 0.5, 0]))
})
