import assert from "node:assert/strict"
import fc from "fast-check"
import {describe, it} from "vitest"
import {CoderError, type ProblemCode, type Source} from "../../src/0-records/index.ts"
import {clean} from "../../src/2-clean/index.ts"
import {cpuMs} from "./cpu.ts"

const settled = (source: Partial<Source>) => clean({place: {input: "test"}, ...source})
const refuses = (source: Partial<Source>, code: ProblemCode) =>
  assert.throws(
    () => settled(source),
    (error: unknown) => error instanceof CoderError && error.code === code && error.place.input === "test",
  )

describe("clean", () => {
  it("takes a first line that is no sentence and stands alone for the title", () => {
    const {title, text} = settled({text: "China backs Laos\n\nChina on Monday promised Laos a loan."})
    assert.deepEqual({title, text}, {title: "China backs Laos", text: "China on Monday promised Laos a loan.\n"})
  })
  it("takes the day of a dateline before the caller's default, and a stated one before both", () => {
    const text = "WARSAW, March 3, 2026 (Baltic Agency) — The two ministers met on Monday and signed an accord."
    const day = (source: Partial<Source>) => settled({text, publishedDefault: "2026-01-01", ...source}).published
    assert.deepEqual([day({}), day({published: "2026-03-04"})], ["2026-03-03", "2026-03-04"])
  })
  it("guesses no language where no word tells one", () => {
    const warnings = (text: string) => settled({text}).problems.map(({code}) => code)
    assert.deepEqual(
      [warnings("Israel bombs Gaza"), warnings("Les ministres se sont rencontrés"), warnings("Израиль бомбит Газу")],
      [[], ["language-not-english"], ["language-not-english"]],
    )
  })
  it("takes a sentence for no title", () => assert.equal(settled({text: "China promised a loan.\n\nLaos accepted it."}).title, null))
  it("takes a line that goes on for no title", () => assert.equal(settled({text: "China on Monday promised\nLaos a loan for the dam."}).title, null))
  it("codes a headline that is all there is", () => {
    const {title, text} = settled({text: "Iran attacks Israel"})
    assert.deepEqual({title, text}, {title: null, text: "Iran attacks Israel\n"})
  })
  it("leaves the given title out of the text", () => {
    const {title, text} = settled({title: "China backs Laos | Example News", text: "China backs Laos | Example News\nChina on Monday promised Laos a loan."})
    assert.deepEqual({title, text}, {title: "China backs Laos | Example News", text: "China on Monday promised Laos a loan.\n"})
  })
  it("takes tags off a title", () => assert.equal(settled({title: "<b>China</b> backs&nbsp;Laos", text: "China promised a loan."}).title, "China backs Laos"))
  it("joins wrapped lines", () => {
    const text =
      "The foreign ministers of Ghana and Togo met in Lomé on Wednesday and\nsigned a treaty on fishing grounds that both had claimed since the war,\nofficials said."
    assert.equal(settled({text}).text, `${text.replaceAll("\n", " ")}\n`)
  })
  it("keeps lines that are paragraphs apart", () => {
    const long =
      "The foreign ministers of Ghana and Togo met in Lomé on Wednesday and signed a treaty on fishing grounds that both had claimed since the war, officials said."
    assert.equal(settled({text: `${long}\nGhana's minister thanked Togo.\n${long}`}).text, `${long}\nGhana's minister thanked Togo.\n${long}\n`)
  })
  it("takes bullets off", () => assert.equal(settled({text: "• Mali freed ten men.\n• Chad freed four."}).text, "Mali freed ten men.\nChad freed four.\n"))

  it("keeps the input's id", () => assert.equal(settled({id: "a/1", text: "Mali freed ten men."}).id, "a/1"))
  it("makes an id of what the report says, whatever file it came in", () => {
    const one = settled({text: "Mali freed ten men.", published: "2024-05-01", place: {input: "a.txt"}})
    const other = settled({text: "Mali  freed ten men.\r\n", published: "1 May 2024", place: {input: "b.txt"}})
    assert.match(one.id, /^[\da-f]{16}$/)
    assert.equal(one.id, other.id)
    assert.notEqual(one.id, settled({text: "Mali freed ten men.", published: "2024-05-02"}).id)
  })
  it("warns of an unreadable day", () => {
    const {published, problems} = settled({text: "The army of Mali freed ten men.", published: "last spring"})
    assert.equal(published, null)
    assert.deepEqual(
      problems.map(({code, isWarning}) => ({code, isWarning})),
      [{code: "day-unreadable", isWarning: true}],
    )
  })
  it("takes the caller's day only where the input states none", () => {
    assert.equal(settled({text: "Mali freed ten men.", publishedDefault: "2020-01-01"}).published, "2020-01-01")
    assert.equal(
      settled({
        html: '<html><head><meta name="date" content="2024-05-01"></head><body><p>Mali freed ten men.</p></body></html>',
        publishedDefault: "2020-01-01",
      }).published,
      "2024-05-01",
    )
  })
  it("takes a page's time element for its day", () =>
    assert.equal(
      settled({html: '<html><head></head><body><article><time datetime="2024-05-01T10:00">May</time><p>Mali freed ten men.</p></article></body></html>'})
        .published,
      "2024-05-01",
    ))

  it("refuses a text with no word", () => refuses({text: " \n--\n*** 12 ***"}, "text-empty"))
  it("refuses a page with no word", () => refuses({html: "<html><body><script>1</script></body></html>"}, "text-empty"))
  it("refuses boilerplate alone", () => refuses({text: "Share this article\n\nTags: a, b\n\nAdvertisement"}, "text-empty"))
  it("refuses a report past 5 MiB", () => refuses({text: "x".repeat(5 * 1024 * 1024 + 1)}, "input-too-large"))
  it("refuses another language", () =>
    refuses({text: "El gobierno de Chile anunció que retirará a su embajador en La Paz. ".repeat(5)}, "language-not-english"))
  it("warns of a short text in another language", () =>
    assert.deepEqual(
      settled({text: "El gobierno de Chile anunció que retirará a su embajador."}).problems.map(({code, isWarning}) => [code, isWarning]),
      [["language-not-english", true]],
    ))
  it("refuses a page of too many elements", () => refuses({html: `<html><body>${"<br>Mali freed ten men.".repeat(200_000)}`}, "input-unreadable"))
  it("refuses a page nested too deep", () => refuses({html: `<html><body>${"<div>".repeat(200_000)}Mali freed ten men.`}, "input-unreadable"))

  it("never fails otherwise, and settles what it settled to itself", () => {
    const piece = fc.constantFrom(
      "Mali freed ten men. ",
      "\n",
      "\n\n",
      "Tags",
      "**",
      "[a](http://b)",
      "<p>",
      "</div>",
      "&#x202e;",
      "—",
      "\u0000",
      "KYIV (AP) - ",
      "“Go,” he said. ",
      "1. ",
      "# ",
      "(",
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({unit: "binary", maxLength: 8})), {maxLength: 30}), fc.boolean(), (parts, isHtml) => {
        const written = parts.join("")
        try {
          const {text} = settled(isHtml ? {html: written} : {text: written})
          assert.ok(/\p{L}/u.test(text) && text.endsWith("\n") && text.isWellFormed())
          assert.ok(!/\r|\t| {2}|\n\n|^\s|[\u200b\u202e\u0000]/.test(text), JSON.stringify(text))
        } catch (error) {
          if (!(error instanceof CoderError)) throw error
        }
      }),
      {numRuns: 150},
    )
  })

  describe("takes time in proportion to the text", () => {
    const hostile: Readonly<Record<string, (size: number) => Partial<Source>>> = {
      "one line of words": size => ({text: "the men of Mali ".repeat(size / 16)}),
      "one line without a space": size => ({text: `the ${"x".repeat(size)}`}),
      "a million empty lines": size => ({text: `the end${"\n".repeat(size)}is near`}),
      "open brackets": size => ({text: `the end ${"[".repeat(size)}`}),
      "links that never close": size => ({text: `the end ${"[a](http://".repeat(size / 11)}`}),
      stars: size => ({text: `the end ${"*_".repeat(size / 2)}`}),
      hashes: size => ({text: `the end\n${"# ".repeat(size / 2)}`}),
      "full stops": size => ({text: `the end ${". ".repeat(size / 2)}`}),
      dashes: size => ({text: `The End ${"— ".repeat(size / 2)}`}),
      capitals: size => ({text: `${"AB ".repeat(size / 3)}: the end of it is the end`}),
      ampersands: size => ({text: `the end ${"&amp;".repeat(size / 5)}`}),
      "marks that combine": size => ({text: `the end a${"\u0301\u0323".repeat(size / 2)}`}),
      comments: size => ({text: `the end ${"<!--".repeat(size / 4)}`}),
      "short lines": size => ({text: `The end of it is the end.\n${"Tags\n".repeat(size / 5)}`}),
      "a page of one paragraph": size => ({html: `<html><head></head><body><p>${"the men of Mali ".repeat(size / 16)}</p></body></html>`}),
      "a page of open brackets": size => ({html: `<html><head></head><body><p>the end ${"<".repeat(size)}`}),
      "a page of attributes": size => ({html: `<html><head></head><body><p ${"a=b ".repeat(size / 4)}>the end of it is the end`}),
    }
    for (const [name, make] of Object.entries(hostile)) {
      it(name, () => {
        const source = make(1_000_000)
        const took = cpuMs(() => {
          try {
            settled(source)
          } catch (error) {
            if (!(error instanceof CoderError)) throw error
          }
        })
        assert.ok(took < 1000, `took ${Math.round(took)} ms`)
      })
    }
  })
})
