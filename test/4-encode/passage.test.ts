import {describe, expect, it} from "vitest"
import type {Sentence} from "../../src/0-records/index.ts"
import {pack} from "../../src/4-encode/passage.ts"

const onePiece = () => [7]

function report(...lengths: number[]): {text: string; sentences: Sentence[]} {
  let text = ""
  const sentences = lengths.map((length, index) => {
    const start = text.length
    text += `${"word ".repeat(length).trimEnd()}\n`
    return {index, paragraph: index, start, end: text.length - 1}
  })
  return {text, sentences}
}

const packed = (lengths: number[], limit: number) => {
  const {text, sentences} = report(...lengths)
  return [...pack(text, sentences, onePiece, limit)]
}

describe("pack", () => {
  it("fills a passage up to its limit, [CLS] and each [SEP] counted", () => {
    expect(packed([9, 9, 9], 21).map(passage => passage.map(({sentence}) => sentence))).toEqual([[0, 1], [2]])
    expect(packed([9, 9, 9], 20).map(passage => passage.length)).toEqual([1, 1, 1])
  })

  it("gives a sentence over the limit a passage of its own", () => expect(packed([5, 300, 5], 224).map(passage => passage.length)).toEqual([1, 1, 1]))

  it("cuts a sentence longer than the window so that each word is told once", () => {
    const passages = packed([2000], 224)
    expect(passages.length).toBeGreaterThan(4)
    expect(passages.every(([stretch]) => stretch!.isPart)).toBe(true)
    expect(
      packed([5, 5], 224)
        .flat()
        .some(({isPart}) => isPart),
    ).toBe(false)
    const told = passages.flatMap(([stretch]) => stretch!.words.slice(stretch!.from, stretch!.to).map(({start}) => start))
    expect(told).toEqual(Array.from({length: 2000}, (_, i) => i * 5))
    expect(Math.max(...passages.map(([stretch]) => stretch!.words.length))).toBeLessThanOrEqual(400)
  })
})
