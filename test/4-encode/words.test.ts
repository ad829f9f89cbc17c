import {describe, expect, it} from "vitest"
import {casingOf, wordsOf} from "../../src/4-encode/words.ts"

const cut = (text: string) => wordsOf(text, 0, text.length).map(({start, end}) => text.slice(start, end))

describe("wordsOf", () => {
  it("parts a possessive from its name", () => expect(cut("Beijing’s aid")).toEqual(["Beijing", "’", "s", "aid"]))
  it("takes each mark for itself", () => expect(cut("U.S.-led, 4.5%")).toEqual(["U", ".", "S", ".", "-", "led", ",", "4", ".", "5", "%"]))
  it("keeps accents and other scripts whole", () => expect(cut("Élysée İzmir Київ")).toEqual(["Élysée", "İzmir", "Київ"]))
  it("counts from the text's begin", () => expect(wordsOf("One. Two.", 5, 9)[0]).toEqual({start: 5, end: 8}))
})

describe("casingOf", () => {
  it.each([
    ["court", 1],
    ["China", 2],
    ["A", 2],
    ["NATO", 3],
    ["McCain", 4],
    ["2025", 5],
    ["G7", 5],
    ["—", 6],
  ])("%s", (word, casing) => expect(casingOf(word)).toBe(casing))
})
