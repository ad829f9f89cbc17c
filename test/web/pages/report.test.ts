import {readFileSync} from "node:fs"
import type {Page} from "playwright-core"
import {describe, expect, it} from "vitest"
import type {Actor} from "../../../src/0-records/index.ts"
import type {ShownReport} from "../../../web/records.ts"
import {readCases} from "../../journeys/cases.ts"
import {hasBrowser, seriousFaults, stage, type Told} from "./browser.ts"

const sample: Told = {id: "sample", text: readFileSync("examples/sample-report.txt", "utf8"), published: "2026-03-12"}

/** Twenty reports: the sample, those of the journeys, and some of the corpus. */
const reports = (): Told[] => {
  const cases = readCases(undefined).map(({name, title, text, html}) => ({
    id: name,
    published: "2026-03-12",
    ...(title && {title}),
    ...(text && {text}),
    ...(html && {html}),
  }))
  const written = readFileSync("corpus/original/a.jsonl", "utf8")
    .split("\n", 12)
    .map(line => JSON.parse(line) as {id: string; title: string; date: string; sentences: {text: string}[]})
  return [
    sample,
    {
      id: "emoji",
      text: "😀😀 Kenya accused Uganda of holding three of its fishermen. “We 😀 want them back,” Kenyan President William Ruto said.",
      published: "2026-03-12",
    },
    {id: "arabic", title: "كينيا وأوغندا", text: arabic, published: "2026-03-12"},
    {id: "silent", text: "The weather was fine."},
    {
      id: "notices",
      published: "2026-03-12",
      html: `<html><body><nav><a href="/">Home</a></nav><article><h1>Fishermen held</h1><p>Kenya accused Uganda of holding three of its fishermen near Migingo on Lake Victoria. The foreign ministry demanded that they be released at once.</p><p>Sign up for our daily newsletter</p><p>Uganda rejected the accusation on Thursday and said that the men had crossed the border without papers.</p><p>Share this article on Facebook</p></article><footer>© 2026 Example Wire</footer></body></html>`,
    },
    ...cases,
    ...written.map(({id, title, date, sentences}) => ({id, title, published: date, text: sentences.map(({text}) => text).join(" ")})),
  ].slice(0, 20)
}

/** Right to left, with English within. */
const arabic = "😀 اتهمت كينيا أوغندا باحتجاز ثلاثة صيادين. Kenya accused Uganda of holding three of its fishermen. ورفضت أوغندا الاتهام."

describe.skipIf(!hasBrowser)("the report page", () => {
  const {open, coded, faults, context, address} = stage(reports)
  const at = (id: string) => `reports/${encodeURIComponent(id)}`
  const rows = (page: Page) => page.waitForSelector(".row-scroll")

  it("ui.md 1: each field lights exactly its words, in every event and quote of twenty reports, in less than 100 ms", async () => {
    expect(coded().length).toBeGreaterThanOrEqual(20)
    const page = await open("reports")
    let fields = 0
    for (const {report, events, quotes} of coded()) {
      await page.goto(`${address()}${at(report.id)}?all=`)
      await rows(page)
      // The records say what must be lit: field by field, in the page's own order.
      const expected = Object.fromEntries([
        ...events.flatMap(({id, trigger, actors, recipients, date, place}) => {
          const key = id.slice(id.lastIndexOf("/") + 1)
          return [
            [`${key} trigger`, trigger.text],
            ...actors.map(({text}, at) => [`${key} actor${at}`, text]),
            ...recipients.map(({text}, at) => [`${key} recipient${at}`, text]),
            ...(date?.text != null ? [[`${key} date`, date.text]] : []),
            ...(place ? [[`${key} place`, place.text]] : []),
          ]
        }),
        ...quotes.flatMap(({id, content, cue, speaker}) => {
          const key = id.slice(id.lastIndexOf("/") + 1)
          return [[`${key} content`, content.text], ...(cue ? [[`${key} cue`, cue.text]] : []), ...(speaker ? [[`${key} speaker`, speaker.text]] : [])]
        }),
      ]) as Record<string, string>
      const found = await page.evaluate(async () => {
        const lit: Record<string, {text: string; ms: number; isInSight: boolean}> = {}
        for (const field of document.querySelectorAll<HTMLElement>(".row [data-field]")) {
          const began = performance.now()
          field.focus()
          const words = () => [...document.querySelectorAll<HTMLElement>(".reading [data-hl]:not([data-hl=via])")]
          // Drawn before any other task has its turn.
          await new Promise(done => setTimeout(done))
          const box = words()[0]?.getBoundingClientRect()
          const ms = performance.now() - began
          const key = `${field.closest<HTMLElement>("[data-row]")!.dataset.row} ${field.dataset.field}`
          lit[key] = {
            text: words()
              .map(word => word.textContent)
              .join(""),
            ms,
            isInSight: box !== undefined && box.top >= 0 && box.bottom <= innerHeight,
          }
        }
        return lit
      })
      expect(Object.fromEntries(Object.entries(found).map(([key, {text}]) => [key, text]))).toEqual(expected)
      expect(Object.entries(found).filter(([, {isInSight}]) => !isInSight)).toEqual([])
      const times = Object.values(found)
        .map(({ms}) => ms)
        .sort((one, other) => one - other)
      if (times.length > 0) expect(times[Math.floor(times.length / 2)]!).toBeLessThan(100)
      fields += times.length
    }
    expect(fields).toBeGreaterThan(300)
    await page.context().close()
  })

  it("ui.md 1: words lead to their rows, by pointer and by keyboard, and the address holds the row", async () => {
    const page = await open(at("sample"))
    await rows(page)
    await page.hover(".reading .on-trigger >> nth=2")
    const led = await page.locator(".row[data-led]").getAttribute("data-row")
    await page.click(".reading .on-trigger >> nth=2")
    expect(new URL(page.url()).searchParams.get("at")).toBe(led)
    expect(await page.locator(`.row[data-row="${led}"]`).getAttribute("aria-current")).toBe("true")
    await page.locator(".reading .ref-content").first().focus()
    await page.keyboard.press("Enter")
    expect(new URL(page.url()).searchParams.get("at")).toBe("q1")
    await page.context().close()
  })

  it("shows the way from words to whom they mean, and draws it", async () => {
    const page = await open(at("sample"))
    await rows(page)
    const resolved = coded()[0]!.quotes.find(({speaker}) => speaker?.basis === "resolved")!
    const row = page.locator(`.row[data-row="${resolved.id.split("/")[1]}"]`)
    expect(await row.locator(".step q").first().textContent()).toBe(resolved.speaker!.text)
    expect(await row.locator(".name").textContent()).toBe(resolved.speaker!.name)
    await row.locator("[data-field=speaker]").focus()
    await page.waitForSelector(".chain path", {state: "attached"})
    await page.context().close()
  })

  it("ui.md 3: a copied address shows the same rows and the same choice", async () => {
    const page = await open(`${at("sample")}?rows=events&all=`)
    await rows(page)
    await page.click(".row >> nth=4")
    const state = (one: Page) =>
      one.evaluate(() => [
        [...document.querySelectorAll<HTMLElement>(".row")].map(row => row.dataset.row),
        document.querySelector<HTMLElement>(".row[aria-current]")?.dataset.row,
      ])
    const other = await (await context()).newPage()
    await other.goto(page.url())
    await other.waitForSelector(".row[aria-current]")
    expect(await state(other)).toEqual(await state(page))
    expect((await state(page))[0]).toHaveLength(coded()[0]!.events.length)
    await page.click(".row:nth-child(2) .ref")
    expect(new URL(page.url()).searchParams.get("rows")).toBe("events")
    expect(new URL(page.url()).searchParams.has("all")).toBe(true)
    await page.click(".choices >> text=Quotes")
    await page.waitForFunction(() => document.querySelector(".row.event") === null)
    await page.goBack()
    await page.waitForSelector(".row.event")
    await page.context().close()
    await other.context().close()
  })

  it("ui.md 5: counts name their units, and tell what is hidden", async () => {
    const page = await open("reports")
    for (const {report, events, quotes} of coded().slice(0, 8)) {
      const {floor} = (await (await fetch(`${address()}api/v1/${at(report.id)}`)).json()) as {floor: number}
      const shown = events.filter(({confidence}) => confidence >= floor)
      const hidden = events.length - shown.length
      const numbers = [shown.length, new Set(shown.map(({event}) => event)).size, quotes.length]
      await page.goto(`${address()}${at(report.id)}`)
      await rows(page)
      expect((await page.textContent(".counts"))!.match(/\d+/g)!.map(Number)).toEqual(numbers)
      expect(await page.textContent(".counts")).toMatch(/^\d+ mentions? of \d+ events?, \d+ quotes?$/)
      const notes = await page.locator(".hidden-note").allTextContents()
      expect(notes.map(note => Number.parseInt(note, 10))).toEqual(hidden === 0 ? [] : [hidden])
      expect(await page.locator(".row.event").count()).toBe(shown.length)
    }
    await page.context().close()
  })

  it("ui.md 7: status stands in words", async () => {
    const page = await open(`${at("sample")}?all=`)
    await rows(page)
    for (const {id, status} of coded()[0]!.events) {
      const badges = page.locator(`.row[data-row="${id.split("/")[1]}"] .status`)
      expect(await badges.allTextContents()).toEqual(status === "actual" ? [] : [status])
    }
    await page.context().close()
  })

  it.each(["light", "dark"] as const)("ui.md 12: axe finds nothing serious on any page in %s", async colorScheme => {
    const page = await open(at("sample"), {colorScheme})
    for (const [path, ready] of [
      [`${at("sample")}?at=1`, ".details"],
      [`${at("silent")}`, ".empty"],
      ["reports", "td"],
      ["try", "textarea"],
      ["reference", "h3"],
      ["nothing", "h1"],
    ] as const) {
      await page.goto(`${address()}${path}`)
      await page.waitForSelector(ready)
      expect([path, await seriousFaults(page)]).toEqual([path, []])
    }
    await page.context().close()
  })

  it("ui.md 12: the keyboard reaches the page, the text and each field, and shows where it is", async () => {
    const page = await open(at("silent"))
    await rows(page)
    const seen: string[] = []
    for (let step = 0; step < 15; step++) {
      await page.keyboard.press("Tab")
      seen.push(await page.evaluate(() => (document.activeElement?.textContent ?? "").slice(0, 20)))
    }
    expect(seen.slice(0, 12)).toEqual([
      "Skip to the page",
      "Communique",
      "Reports",
      "Explore",
      "Map",
      "Network",
      "Stories",
      "Quotes",
      "Review",
      "Runs",
      "Try it",
      "API",
    ])
    await page.goto(`${address()}${at("sample")}`)
    await rows(page)
    await page.locator(".row .field").first().focus()
    await page.keyboard.press("Tab")
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe("solid")
    await page.keyboard.press("j")
    expect(new URL(page.url()).searchParams.get("at")).not.toBeNull()
    await page.keyboard.press("Escape")
    expect(new URL(page.url()).searchParams.get("at")).toBeNull()
    await page.context().close()
  })

  it("ui.md 13: dark and light by system and by choice, from the first paint and after a reload", async () => {
    const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const [light, dark] = [await open("try"), await open("try", {colorScheme: "dark"})]
    const [day, night] = [await ground(light), await ground(dark)]
    expect(day).not.toBe(night)
    await light.selectOption(".theme select", "dark")
    expect(await ground(light)).toBe(night)
    await light.reload({waitUntil: "commit"})
    await light.waitForSelector("#app", {state: "attached"})
    expect(await ground(light)).toBe(night)
    await light.selectOption(".theme select", "system")
    expect(await ground(light)).toBe(day)
    await light.context().close()
    await dark.context().close()
  })

  it("ui.md 15: the first view comes in two seconds, with little script", async () => {
    const page = await (await context()).newPage()
    let script = 0
    page.on("response", async response => {
      if (response.url().endsWith(".js")) script += (await response.body()).length
    })
    const began = performance.now()
    await page.goto(`${address()}${at("sample")}`)
    await page.waitForSelector(".row")
    expect(performance.now() - began).toBeLessThan(2000)
    expect(script).toBeLessThan(250_000)
    await page.context().close()
  })

  it("shows on demand what was left out of the text, as text", async () => {
    const [page, shown] = [await open(at("notices")), coded().find(({report}) => report.id === "notices")!]
    await rows(page)
    expect(shown.dropped.length).toBeGreaterThan(2)
    expect(shown.text).not.toContain("Sign up")
    expect(await page.locator(".dropped li").first().isVisible()).toBe(false)
    await page.click("text=left out as no part of the report")
    expect(await page.locator(".dropped li").allTextContents()).toEqual(shown.dropped)
    expect(shown.dropped).toEqual(expect.arrayContaining(["Sign up for our daily newsletter", "Home"]))
    await page.goto(`${address()}${at("silent")}`)
    await rows(page)
    expect(await page.locator(".dropped").count()).toBe(0)
    await page.context().close()
  })

  it("ui.md 16: what is not there is told, with what to do", async () => {
    const page = await open(at("none"))
    expect(await page.textContent(".failed")).toContain('Cannot show report "none": found none by this id')
    await page.goto(`${address()}${at("silent")}`)
    expect(await page.textContent(".empty")).toBe("No event and no quote was found in this report.")
    await page.goto(`${address()}nothing`)
    expect(await page.textContent("main")).toContain("Start from the first page")
    await page.goto(`${address()}try`)
    await page.route("**/api/v1/code", route => route.abort())
    await page.fill("textarea", "Kenya accused Uganda.")
    await page.click("text=Find events")
    expect(await page.textContent(".failed")).toContain("Cannot reach the server: expected it to run")
    await page.context().close()
  })

  it.each([
    [360, 1],
    [640, 2],
  ])("ui.md 19: nothing runs out of a page %i pixels wide at %i× zoom, and words and rows are in sight together", async (width, deviceScaleFactor) => {
    const page = await open(at("sample"), {viewport: {width, height: 760}, deviceScaleFactor, hasTouch: true})
    for (const path of [at("sample"), "reports", "try", "reference"]) {
      await page.goto(`${address()}${path}`)
      await page.waitForSelector("h1")
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width])
    }
    await page.goto(`${address()}${at("sample")}`)
    await rows(page)
    await page.tap(".row:nth-child(6) [data-field=trigger]")
    const [words, row] = await Promise.all([page.locator("[data-hl=trigger]").boundingBox(), page.locator(".row[aria-current]").boundingBox()])
    const drawer = (await page.locator(".row-pane").boundingBox())!
    expect(words!.y).toBeGreaterThanOrEqual(0)
    expect(words!.y + words!.height).toBeLessThanOrEqual(drawer.y)
    expect(row!.y).toBeGreaterThanOrEqual(drawer.y)
    expect(row!.y).toBeLessThan(760)
    await page.context().close()
  })

  it.each([1280, 360])("ui.md 19: in Arabic text, %i pixels wide, each field lights its own words, which stand from right to left", async width => {
    const page = await open("reports", {viewport: {width, height: 760}})
    const spanOf = (text: string) => {
      const start = Array.from(arabic.slice(0, arabic.indexOf(text))).length
      return {text, start, end: start + Array.from(text).length}
    }
    const told = {actor0: "كينيا", recipient0: "أوغندا", trigger: "اتهمت"}
    // The coder reads English; what a coder of Arabic would say is put into the server's answer.
    await page.route(/api\/v1\/reports\/arabic/, async route => {
      const response = await route.fetch()
      const shown = (await response.json()) as ShownReport
      const [event, ...others] = shown.events
      const side = (at: string, old: Actor) => ({...old, ...spanOf(at), name: at, via: null})
      const changed = {
        ...event!,
        trigger: spanOf(told.trigger),
        actors: [side(told.actor0, event!.actors[0]!)],
        recipients: [side(told.recipient0, event!.recipients[0]!)],
      }
      await route.fulfill({response, json: {...shown, events: [changed, ...others]}})
    })
    await page.goto(`${address()}${at("arabic")}?all=`)
    await rows(page)
    expect(
      await page
        .locator(".reading p")
        .first()
        .evaluate(part => getComputedStyle(part).direction),
    ).toBe("rtl")
    expect(await page.locator("h1").evaluate(part => getComputedStyle(part).direction)).toBe("rtl")
    const places: Record<string, number> = {}
    for (const [field, text] of Object.entries(told)) {
      await page.locator(`.row >> nth=0 >> [data-field=${field}]`).focus()
      const lit = page.locator(".reading [data-hl]:not([data-hl=via])")
      expect(await lit.allTextContents()).toEqual([text])
      places[field] = (await lit.boundingBox())!.x
    }
    // "accused" comes first, and so stands farthest to the right.
    if (width === 1280) expect(Object.keys(places).toSorted((one, other) => places[other]! - places[one]!)).toEqual(["trigger", "actor0", "recipient0"])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.context().close()
  })

  it("ui.md 10: asked no other host, and broke no policy", () => expect(faults).toEqual([]))
})
