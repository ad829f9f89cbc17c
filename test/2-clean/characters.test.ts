import assert from "node:assert/strict"
import fc from "fast-check"
import {describe, it} from "vitest"
import {settle} from "../../src/2-clean/characters.ts"

describe("settle", () => {
  const becomes = (written: string, settled: string) => assert.equal(settle(written), settled)

  it("composes letters", () => becomes("Sa\u0303o Tome\u0301", "São Tomé"))
  it("has one kind of line end", () => becomes("a\r\nb\rc\u2028d", "a\nb\nc\nd"))
  it("has one kind of space", () => becomes("5\u00a0March\u20092024\u3000\tnoon", "5 March 2024  noon"))
  it("takes out what is not seen", () => becomes("Ki\u200bev\u00ad \u202eevil\u202c \u2066x\u2069\ufeff\u0007", "Kiev evil x"))
  it("takes out letters hidden in tags", () => becomes("ok\u{e0041}\u{e0042}", "ok"))
  it("decodes entities that were encoded twice", () => becomes("AT&amp;amp;T &#8217;n&#x2019; &rsquo;s &#146;t", "AT&T ’n’ ’s ’t"))
  it("leaves an ampersand that is none alone", () => becomes("S&P; R&D; fish & chips", "S&P; R&D; fish & chips"))
  it("spells ligatures out", () => becomes("o\ufb03cial \ufb01re", "official fire"))
  it("reads control characters as windows-1252 means them", () => becomes("\u0093So\u0094 \u0096 he\u0092s\u0085", "“So” – he’s…"))
  it("keeps quotation marks and dashes", () => becomes("“So — he’s ‘in’ – now”…", "“So — he’s ‘in’ – now”…"))
  it("replaces half a surrogate pair", () => becomes("a\ud83d b \udc00c", "a\ufffd b \ufffdc"))
  it("keeps whole pairs", () => becomes("😀 𝐀", "😀 𝐀"))
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({unit: "binary"}), written => {
        const once = settle(written.replaceAll("&", ""))
        assert.equal(settle(once), once)
      }),
    )
  })
})
