import type {Page} from "playwright-core"
import {describe, expect, it} from "vitest"
import type {CorrectionList, EventPage, QuotePage, ReportList, ReviewQueue} from "../../../web/records.ts"
import {hasBrowser, seriousFaults, stage} from "./browser.ts"
import {twoMonths} from "./told.ts"

const token = "a-token-for-reviewers"

describe.skipIf(!hasBrowser)("the review page", () => {
  const {open, address, context, faults} = stage(twoMonths, {reviewToken: token})
  const ask = async <T>(path: string) => (await (await fetch(`${address()}api/v1/${path}`)).json()) as T
  const ready = (page: Page) => page.waitForSelector(".review-one .verdicts [data-do=accept]:not([disabled])")
  const shown = (page: Page) => page.getAttribute(".review-one", "data-event")
  /** Opens the page as a reviewer whom the server knows, by the link that `serve` prints. */
  const begin = async (query = "", reviewer = "Ann", options = {}) => {
    const page = await open("runs", options)
    await page.evaluate(name => localStorage.setItem("communique-reviewer", name), reviewer)
    await page.goto(`${address()}review${query}#token=${token}`)
    return page
  }
  /** Presses a key that leads to another mention, and waits until that may be decided. */
  const press = async (page: Page, key: string) => {
    const before = await shown(page)
    await page.keyboard.press(key)
    await page.waitForFunction(event => {
      const one = document.querySelector<HTMLElement>(".review-one")
      return one?.dataset.event !== event && one?.querySelector("[data-do=accept]:not([disabled])")
    }, before)
    return shown(page)
  }
  /** Chooses the words of a field by arrow keys alone: `first` and the word after it. */
  const pick = async (page: Page, field: string, first: string) => {
    await page.focus(`[data-pick=${field}]`)
    await page.keyboard.press("Enter")
    await page.waitForSelector(".picker-bar")
    const chosen = () => page.textContent(".picker-bar b")
    for (let step = 0; step < 40 && (await chosen()) !== first; step++) await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Shift+ArrowRight")
    return chosen()
  }
  const undoAll = async (page: Page, number: number) => {
    for (let left = number - 1; left >= 0; left--) {
      const now = (await ask<CorrectionList>("corrections?standing=1&limit=1")).total
      await page.keyboard.press("u")
      await expect.poll(async () => (await ask<CorrectionList>("corrections?standing=1&limit=1")).total, {timeout: 30_000}).toBe(now - 1)
      await ready(page)
    }
  }

  it("ui.md 2: fifty decisions by keyboard alone, the least sure first, each kept; u takes all of them back to the very bytes, over a reload", async () => {
    const state = async () =>
      JSON.stringify(await Promise.all([ask("events?unit=mentions&status=all&minConfidence=0&limit=500"), ask("dyads?status=all"), ask("timeline?by=type")]))
    const before = await state()
    const {rows} = await ask<ReviewQueue>("review?limit=500")
    expect(rows.length).toBeGreaterThan(50)
    const page = await begin()
    await ready(page)
    expect(new URL(page.url()).hash).toBe("")
    const decided: (string | null)[] = []
    for (let n = 0; n < 50; n++) {
      decided.push(await shown(page))
      await press(page, n % 5 === 4 ? "x" : "a")
    }
    expect(decided).toEqual(rows.slice(0, 50).map(({id}) => id))
    const {corrections, total} = await ask<CorrectionList>("corrections?limit=500")
    expect(total).toBe(50)
    expect(corrections.map(({event}) => event).reverse()).toEqual(decided)
    expect(new Set(corrections.map(({verdict}) => verdict))).toEqual(new Set(["accepted", "rejected"]))
    for (const {reviewer, made} of corrections) expect([reviewer, Number.isNaN(Date.parse(made))]).toEqual(["Ann", false])
    expect(await page.textContent(".review-progress")).toContain("50 mentions decided")
    expect(await state()).not.toBe(before)
    await undoAll(page, 20)
    await page.reload()
    await ready(page)
    await undoAll(page, 30)
    expect(await state()).toBe(before)
    expect(await shown(page)).toBe(decided[0])
    await page.context().close()
  }, 600_000)

  it("ui.md 2: e changes type, status and sides by keyboard, with words chosen by arrow keys, and keeps why", async () => {
    const page = await begin("?report=w1-0")
    await ready(page)
    const id = (await shown(page))!
    await page.keyboard.press("e")
    await page.waitForSelector(".event-form")
    expect(new URL(page.url()).searchParams.has("edit")).toBe(true)
    expect(await page.evaluate(() => (document.activeElement as HTMLSelectElement).name)).toBe("type")
    await page.keyboard.type("SANC")
    await page.focus(".event-form [name=status]")
    await page.keyboard.type("neg")
    // Whom, by arrow keys alone: "airspace" is chosen from the words before it.
    expect(await pick(page, "recipients", "its")).toBe("its airspace")
    await page.keyboard.press("Enter")
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.pick)).toBe("recipients")
    await page.focus(".event-form [name=why]")
    await page.keyboard.type("told as denied")
    await page.keyboard.press("Enter")
    await page.waitForSelector(".review-told:has-text('Corrected')")
    const [correction] = (await ask<CorrectionList>("corrections?report=w1-0&standing=1")).corrections
    expect(correction).toMatchObject({event: id, verdict: "corrected", why: "told as denied", reviewer: "Ann"})
    const changed = Object.fromEntries(correction!.changes.map(change => [change.field, change.new]))
    expect(changed).toMatchObject({type: "SANCTION", status: "negated", recipients: expect.arrayContaining([expect.objectContaining({text: "its airspace"})])})
    const {rows} = await ask<EventPage>("events?unit=mentions&status=negated&type=SANCTION&report=w1-0")
    expect(rows).toMatchObject([{id, review: "corrected", confidence: 1}])
    await page.keyboard.press("u")
    await page.waitForSelector(".review-told:has-text('Taken back')")
    await page.context().close()
  })

  it("ui.md 2: words are chosen with the mouse too, and a missed event is added", async () => {
    const page = await begin("?report=w1-1")
    await ready(page)
    await page.click("[data-do=add]")
    await page.waitForSelector(".picker-bar")
    const word = (text: string, nth = 0) => page.locator(".picker [data-word]", {hasText: new RegExp(`^${text}$`)}).nth(nth)
    await word("loan").click()
    await page.click(".picker-bar button")
    await page.selectOption(".event-form [name=type]", "AID")
    await page.click("[data-pick=actors]")
    const [from, to] = [(await word("Foreign").boundingBox())!, (await word("Wang").boundingBox())!]
    await page.mouse.move(from.x + 3, from.y + 5)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width - 3, to.y + 5, {steps: 5})
    await page.mouse.up()
    expect(await page.textContent(".picker-bar b")).toBe("Foreign Minister Wang")
    await page.click(".picker-bar button")
    await page.click(".event-form [type=submit]")
    await page.waitForSelector(".review-told:has-text('Added')")
    const {rows} = await ask<EventPage>("events?unit=mentions&report=w1-1&type=AID")
    expect(rows).toMatchObject([{id: "w1-1/r1", review: "added", trigger: {text: "loan"}, actors: [{text: "Foreign Minister Wang"}]}])
    await ready(page)
    await page.keyboard.press("u")
    await page.waitForSelector(".review-told:has-text('Taken back')")
    expect((await ask<EventPage>("events?unit=mentions&report=w1-1&type=AID")).rows).toEqual([])
    await page.context().close()
  })

  it("ui.md 2: quotes are reviewed too: accepted, rejected, and corrected in their words and speaker by keyboard, and taken back", async () => {
    const before = await ask<QuotePage>("quotes")
    const {rows, left} = await ask<ReviewQueue>("review?of=quote&report=w2-0&text=flight")
    expect(left).toBe(1)
    const page = await begin("?of=quote&report=w2-0&text=flight")
    await ready(page)
    const id = (await shown(page))!
    expect(id).toBe(rows[0]!.id)
    expect(await page.textContent("[data-do=reject]")).toContain("No quote")
    await page.keyboard.press("e")
    await page.waitForSelector(".event-form")
    await pick(page, "content", "flight")
    await page.keyboard.press("Enter")
    await page.click("[aria-label^='Take']")
    await page.focus(".event-form [name=why]")
    await page.keyboard.type("cut short")
    await page.keyboard.press("Enter")
    await page.waitForSelector(".review-told:has-text('Corrected: “')")
    const [correction] = (await ask<CorrectionList>("corrections?report=w2-0&standing=1")).corrections
    expect(correction).toMatchObject({of: "quote", quote: id, event: null, verdict: "corrected", why: "cut short"})
    expect(correction!.changes.map(({field}) => field)).toEqual(["content", "speaker"])
    const [corrected] = (await ask<QuotePage>("quotes?report=w2-0&text=flight")).rows
    expect(corrected).toMatchObject({content: {text: "flight this"}, kind: "direct", speaker: null, review: "corrected"})
    await page.waitForSelector(".empty >> text=No quote that passes these filters waits")
    await page.keyboard.press("u")
    await ready(page)
    await page.keyboard.press("x")
    await page.waitForSelector(".review-told:has-text('No quote')")
    expect((await ask<QuotePage>("quotes?report=w2-0&text=flight")).rows).toEqual([])
    await page.keyboard.press("u")
    await page.waitForSelector(".review-told:has-text('Taken back: no quote')")
    expect(await ask<QuotePage>("quotes")).toEqual(before)
    await page.context().close()
  })

  it("ui.md 2: what is skipped comes back at the end; j and k walk; then the page says what to do next", async () => {
    const ids = (await ask<ReviewQueue>("review?report=w2-1")).rows.map(({id}) => id)
    expect(ids.length).toBeGreaterThan(1)
    const page = await begin("?report=w2-1")
    await ready(page)
    expect(await press(page, "j")).toBe(ids[1])
    expect(await press(page, "k")).toBe(ids[0])
    expect(await press(page, "s")).toBe(ids[1])
    for (let n = 1; n < ids.length; n++) await press(page, "a")
    expect(await shown(page)).toBe(ids[0])
    await page.keyboard.press("a")
    await page.waitForSelector(".empty >> text=No mention that passes these filters waits")
    // Also from here the last verdict can be taken back.
    await page.keyboard.press("u")
    await ready(page)
    expect(await shown(page)).toBe(ids[0])
    await page.keyboard.press("?")
    expect(await page.locator(".keys dd").allTextContents()).toContain("review: it is right as it is")
    await page.context().close()
  })

  it("ui.md 3: a copied address shows the same mention and form, and a decided one with its verdict", async () => {
    const page = await begin("?report=w3-1")
    await ready(page)
    const id = await shown(page)
    const other = await (await context()).newPage()
    await other.goto(`${page.url()}&edit=`)
    await other.waitForSelector(".event-form")
    expect(await shown(other)).toBe(id)
    const decided = page.url()
    await press(page, "x")
    await page.goto(decided)
    await page.waitForSelector(".review-standing:has-text('No event by Ann')")
    await page.context().close()
    await other.context().close()
  })

  it("shows a second reviewer what the coder wrote, and how far both agree", async () => {
    const page = await begin("?report=w4-1")
    await ready(page)
    const id = await shown(page)
    await press(page, "x")
    const second = await begin(`?order=second&report=w4-1`, "Ben")
    await ready(second)
    expect(await shown(second)).toBe(id)
    expect(await second.locator(".review-standing").count()).toBe(0)
    await second.keyboard.press("a")
    await second.waitForSelector(".agreement >> text=both decided 1 mention and say the same of 0 (0 %)")
    expect(await second.textContent(".agreement tbody tr:has-text('Ben')")).toContain("100 %")
    await page.context().close()
    await second.context().close()
  })

  it("ui.md 17: a text is saved from Try, asks for the token first, and is there with its rows", async () => {
    const page = await open("try")
    await page.fill("textarea", "Kenya accused Uganda of bad faith. Uganda expelled the Kenyan ambassador.")
    await page.fill("[type=date]", "2026-02-20")
    await page.click("text=Find events")
    await page.waitForSelector(".row.event")
    const {total} = await ask<ReportList>("reports?limit=1")
    await page.click("text=Save to the store")
    await page.fill(".no-token input", "another token")
    await page.click(".no-token button")
    await page.waitForSelector(".no-token >> text=this is not the server’s token")
    await page.fill(".no-token input", token)
    await page.click(".no-token button")
    await page.waitForFunction(() => location.pathname.startsWith("/reports/"))
    await page.waitForSelector(".row.event")
    const {reports, total: now} = await ask<ReportList>("reports?limit=1")
    expect(now).toBe(total + 1)
    expect(page.url()).toContain(encodeURIComponent(reports[0]!.id))
    expect(reports[0]).toMatchObject({published: "2026-02-20", mentions: 2})
    expect((await ask<EventPage>(`events?report=${encodeURIComponent(reports[0]!.id)}&unit=mentions&minConfidence=0&status=all`)).rows).toHaveLength(2)
    // The same again changes nothing.
    await page.goto(`${address()}try`)
    await page.fill("textarea", "Kenya accused Uganda of bad faith. Uganda expelled the Kenyan ambassador.")
    await page.fill("[type=date]", "2026-02-20")
    await page.click("text=Find events")
    await page.click("text=Save to the store")
    await page.waitForFunction(() => location.pathname.startsWith("/reports/"))
    expect((await ask<ReportList>("reports?limit=1")).total).toBe(now)
    await page.context().close()
  })

  it("ui.md 16: says what to do without a name, without the token, where nothing is kept, when nothing waits, and when the server fails", async () => {
    const page = await open("review")
    await page.waitForSelector(".no-token >> text=open the link that")
    expect(await page.locator("[data-do=accept]").isDisabled()).toBe(true)
    await page.fill(".no-token input", "wrong")
    await page.click(".no-token button")
    await page.waitForSelector("[role=alert] >> text=this is not the server’s token")
    await page.fill(".no-token input", token)
    await page.click(".no-token button")
    await page.waitForSelector("text=Write your name above first")
    await page.fill("[name=reviewer]", "Cem")
    await page.keyboard.press("Enter")
    await ready(page)
    await page.goto(`${address()}review?order=disagreement`)
    await page.waitForSelector(".empty >> text=No two runs differ")
    await page.goto(`${address()}review?order=second&report=w5-0`)
    await page.waitForSelector(".empty >> text=No mention that passes these filters")
    await page.goto(`${address()}review?since=soon`)
    await page.waitForSelector('.failed >> text=Cannot read "since" of the request')
    await page.goto(`${address()}review?at=w1-0%2F99`)
    await page.waitForSelector(".empty >> text=There is no w1-0/99")
    await page.route("**/api/v1/review?**", async route => {
      const response = await route.fetch()
      await route.fulfill({response, json: {...((await response.json()) as ReviewQueue), access: "none"}})
    })
    await page.goto(`${address()}review`)
    await page.waitForSelector("text=This server keeps nothing")
    await page.unroute("**/api/v1/review?**")
    await page.route("**/api/v1/review?**", route =>
      route.fulfill({status: 503, json: {error: {code: "store-busy", message: "Cannot open the store", place: {}}}}),
    )
    await page.goto(`${address()}review`)
    await page.waitForSelector(".failed >> text=Cannot open the store")
    await page.context().close()
  })

  it.each(["light", "dark"] as const)("ui.md 12: axe finds nothing serious in the review in %s", async colorScheme => {
    const page = await begin("", "Ann", {colorScheme})
    await ready(page)
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press("e")
    await page.click("[data-pick=actors]")
    await page.waitForSelector(".picker-bar")
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it("ui.md 19: nothing runs out of the review at 360 pixels, where a tap decides", async () => {
    const page = await begin("", "Ann", {viewport: {width: 360, height: 760}, hasTouch: true})
    await ready(page)
    const width = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await width()).toBe(360)
    const box = await page.locator("[data-do=accept]").boundingBox()
    expect(box!.y + box!.height).toBeLessThanOrEqual(760)
    await page.tap("[data-do=edit]")
    await page.waitForSelector(".event-form")
    expect(await width()).toBe(360)
    await page.tap("[data-pick=recipients]")
    await page.locator(".picker [data-word]").nth(1).tap()
    await page.locator(".picker [data-word]").nth(3).tap()
    expect((await page.textContent(".picker-bar b"))!.split(/\s+/)).toHaveLength(3)
    await page.context().close()
  })

  it("ui.md 10: asked no other host, and broke no policy", () => expect(faults).toEqual([]))
})
