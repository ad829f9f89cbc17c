import {readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import type {Page} from "playwright-core"
import {describe, expect, it} from "vitest"
import type {Aggregate, ChangeList, EventPage, Places, QuotePage, StoryPage} from "../../../web/records.ts"
import {folder} from "../../cli/folder.ts"
import {hasBrowser, seriousFaults, stage} from "./browser.ts"
import {twoMonths} from "./told.ts"

describe.skipIf(!hasBrowser)("pages on a store", () => {
  const {open, address, context, faults, coded, store} = stage(twoMonths)
  const ask = async <T>(path: string) => (await (await fetch(`${address()}api/v1/${path}`)).json()) as T
  /** What a page shows: its chips, its count, and the words of its rows. */
  const state = async (page: Page) => {
    await page.waitForSelector(".counted")
    await page.waitForSelector(".events tbody tr, .empty")
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"))
    return page.evaluate(() => ({
      chips: [...document.querySelectorAll(".chips a")].map(chip => chip.textContent),
      count: document.querySelector(".counted")?.textContent,
      rows: [...document.querySelectorAll<HTMLAnchorElement>(".events .evidence-link")].map(row => row.href),
    }))
  }
  const tables = ["explore?unit=mentions", "dyad/CHN/VEN?with=USA/VEN", "actor/CHN", "quotes", "runs", "reports"]

  it("ui.md 3: an address with six filters shows the same in another browser; Back and Forward walk them one by one", async () => {
    const steps = ["side=CHN", "type=ACCUSE", "quad=3", "status=all", "since=2026-01-01", "until=2026-02-20"]
    const page = await open("explore")
    for (let at = 1; at <= steps.length; at++) {
      await page.evaluate(
        href => {
          const link = document.createElement("a")
          link.href = href
          document.body.append(link)
          link.click()
          link.remove()
        },
        `/explore?${steps.slice(0, at).join("&")}`,
      )
      await page.waitForFunction(number => document.querySelectorAll(".chips li").length === (number === 1 ? 1 : number + 1), at)
    }
    const shown = await state(page)
    expect(shown.rows.length).toBeGreaterThan(0)
    const other = await (await context()).newPage()
    await other.goto(page.url())
    expect(await state(other)).toEqual(shown)
    for (let at = steps.length - 1; at > 0; at--) {
      await page.goBack()
      expect(new URL(page.url()).search).toBe(`?${steps.slice(0, at).join("&")}`)
      await page.waitForFunction(number => document.querySelectorAll(".chips li").length === (number === 1 ? 1 : number + 1), at)
    }
    await page.goForward()
    expect(new URL(page.url()).search).toBe(`?${steps.slice(0, 2).join("&")}`)
    await page.context().close()
    await other.context().close()
  })

  it("ui.md 4: a drag over the timeline filters everything by these days; each chip takes its filter away", async () => {
    const page = await open("explore")
    const bars = page.locator(".bars")
    await bars.waitFor()
    const keys = await page.locator(".bin").evaluateAll(bins => bins.map(bin => (bin as HTMLElement).dataset.key!))
    const [from, to] = [(await page.locator(".bin").nth(2).boundingBox())!, (await page.locator(".bin").nth(3).boundingBox())!]
    await page.mouse.move(from.x + 3, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width - 3, to.y + 20, {steps: 4})
    await page.mouse.up()
    await page.waitForFunction(() => document.querySelectorAll(".chips li").length === 3)
    const query = new URL(page.url()).searchParams
    expect(query.get("since")).toBe(keys[2])
    const {count} = await ask<EventPage>(`events?since=${query.get("since")}&until=${query.get("until")}`)
    const shown = await state(page)
    expect(shown.count).toContain(`${count.count} events`)
    expect(shown.rows).toHaveLength(count.count)
    await page.click(".chips a:has-text('since')")
    await page.waitForFunction(() => document.querySelectorAll(".chips li").length === 1)
    expect(new URL(page.url()).search).toBe(`?until=${query.get("until")}`)
    await page.context().close()
  })

  it("ui.md 5, 7: counts name their unit and what is left out; bars and what stands in none add up; plans and history stay out", async () => {
    const page = await open("explore")
    for (const unit of ["events", "mentions"] as const) {
      await page.goto(`${address()}explore?unit=${unit}`)
      const {count} = await ask<EventPage>(`events?unit=${unit}`)
      expect((await state(page)).count).toContain(`${count.count} ${unit} out of ${count.reports} reports`)
      const {groups, ungrouped} = await ask<Aggregate>(`timeline?by=week&unit=${unit}`)
      expect(groups.reduce((sum, group) => sum + group.count, ungrouped)).toBe(count.count)
      const titles = await page.locator(".bin").evaluateAll(bins => bins.map(bin => bin.getAttribute("title") ?? ""))
      const drawn = titles.reduce((sum, title) => sum + Number(/: (\d+) \(/.exec(title)?.[1] ?? 0), 0)
      const told = [...((await page.locator("p.aside", {hasText: "In no bar"}).allTextContents())[0] ?? "").matchAll(/(\d+) (?:before|without)/g)]
      expect(told.reduce((sum, [, number]) => sum + Number(number), drawn)).toBe(count.count)
    }
    const {count} = await ask<EventPage>("events")
    expect(count.leftOut.status).toBeGreaterThan(0)
    await page.goto(`${address()}explore`)
    expect((await state(page)).count).toContain(`Left out: ${count.leftOut.status} of another status`)
    await page.click("text=of another status")
    await page.waitForFunction(() => location.search === "?status=all")
    await page.context().close()
  })

  it("ui.md 5: a week that is not over is called incomplete, one that is over is not", async () => {
    const page = await open("runs")
    for (const [now, number] of [
      ["2026-02-25T12:00:00Z", 1],
      ["2026-05-01T12:00:00Z", 0],
    ] as const) {
      await page.clock.setFixedTime(now)
      await page.goto(`${address()}explore`)
      await state(page)
      expect(await page.locator("text=The last week is not over").count()).toBe(number)
    }
    await page.context().close()
  })

  it("ui.md 8: a dyad shows both ways over time, with a table twin; a bar leads to its events", async () => {
    const page = await open("dyad/CHN/VEN")
    await page.waitForSelector(".mirror .bars[data-mirrored]")
    expect(await page.textContent("h1")).toBe("China and Venezuela")
    expect(await page.textContent(".time-legend")).toMatch(/cooperation.*conflict/)
    const {groups} = await ask<Aggregate>("timeline?by=week&dyad=CHN&dyad=VEN&directed=1")
    await page.locator(".twin summary").first().click()
    await page.waitForSelector(".twin tbody tr")
    const twin = await page
      .locator(".twin")
      .first()
      .locator("tbody tr")
      .evaluateAll(rows => rows.map(row => [...row.children].slice(1, 4).map(cell => Number(cell.textContent))))
    expect(twin).toEqual(groups.map(({count, cooperation, conflict}) => [count, cooperation, conflict]))
    expect(groups.length).toBeGreaterThan(4)
    await page.locator(".bars").first().locator(".bin").nth(1).click()
    await page.waitForFunction(() => location.search.includes("since="))
    const days = new URL(page.url()).searchParams
    const {count} = await ask<EventPage>(`events?dyad=CHN&dyad=VEN&since=${days.get("since")}&until=${days.get("until")}`)
    const shown = await state(page)
    expect(shown.rows).toHaveLength(count.count)
    expect(shown.count).toContain(`${count.count} event`)
    // And each row leads to its sentence.
    await page.click(".events .evidence-link >> nth=0")
    await page.waitForSelector("[data-hl=trigger]")
    await page.context().close()
  })

  it("ui.md 3, 8: a dyad stands beside another on one scale, in the address, and days chosen on one hold for both", async () => {
    const page = await open("dyad/CHN/VEN")
    await page.click("text=Compare with another dyad")
    await page.fill(".compare [name=one]", "USA")
    await page.fill(".compare [name=other]", "VEN")
    await page.click(".compare button")
    await page.waitForFunction(() => location.search === "?with=USA%2FVEN")
    await page.waitForSelector(".compared tbody tr")
    const totals = async (days = "") =>
      Promise.all(
        [
          ["CHN", "VEN"],
          ["VEN", "CHN"],
          ["USA", "VEN"],
          ["VEN", "USA"],
        ].map(async ([one, other]) => {
          const {count} = await ask<EventPage>(`events?dyad=${one}&dyad=${other}&directed=1${days}`)
          return count.count
        }),
      )
    const shown = () => page.locator(".compared tbody tr").evaluateAll(rows => rows.map(row => Number(row.children[1]!.textContent)))
    expect(await shown()).toEqual(await totals())
    expect(await page.locator(".compared th[scope=row]").first().textContent()).toBe("China → Venezuela")
    // The same count is as tall in both.
    const tall = await page.locator(".bin").evaluateAll(bins =>
      bins.flatMap(bin => {
        const [, count] = /: (\d+) \(/.exec(bin.getAttribute("title") ?? "") ?? []
        return count
          ? [
              [
                count,
                bin.querySelectorAll("span").length &&
                  Math.round([...bin.querySelectorAll("span")].reduce((sum, span) => sum + span.getBoundingClientRect().height, 0)),
              ] as const,
            ]
          : []
      }),
    )
    for (const [count, height] of tall) expect(Math.abs(height - tall.find(([other]) => other === count)![1])).toBeLessThan(2)
    await page.locator(".bars").nth(2).locator(".bin").nth(0).click()
    await page.waitForFunction(() => location.search.includes("since="))
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"))
    const days = new URL(page.url()).searchParams
    expect(await shown()).toEqual(await totals(`&since=${days.get("since")}&until=${days.get("until")}`))
    await page.click("text=Compare no more")
    await page.waitForFunction(() => document.querySelectorAll(".mirror").length === 1)
    await page.context().close()
  })

  it("ui.md 9: a phrase finds its quote, which is copied as a citation", async () => {
    const page = await open("quotes?text=break+us", {permissions: ["clipboard-read", "clipboard-write"]})
    await page.waitForSelector(".quote-list li")
    const {rows} = await ask<QuotePage>("quotes?text=break+us")
    expect(rows.length).toBeGreaterThan(0)
    const [quote] = rows
    expect(await page.locator(".quote-list .evidence-link").first().textContent()).toContain("break us")
    await page.locator("text=Copy citation").first().click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    for (const part of [quote!.content.text, quote!.speaker!.name, quote!.report.publisher, quote!.report.published, quote!.id]) expect(copied).toContain(part)
    await page.context().close()
  })

  it("ui.md 3, 4: filters that are asked for less often stand folded, and each has its chip and leaves the others as they are", async () => {
    const page = await open("explore?side=CHN&side=USA")
    await page.waitForSelector(".counted")
    expect(await page.locator(".more-filters").getAttribute("open")).toBe(null)
    await page.click("text=More filters")
    await page.selectOption("[name=status]", "background")
    await page.fill("[name=publisher]", "The Example")
    await page.press("[name=publisher]", "Enter")
    await page.waitForFunction(() => document.querySelectorAll(".chips li").length === 5)
    const query = "side=CHN&side=USA&status=background&publisher=The+Example"
    expect(new URL(page.url()).search).toBe(`?${query}`)
    const {count} = await ask<EventPage>(`events?${query}`)
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"))
    expect(count.count).toBeGreaterThan(0)
    expect(await page.textContent(".counted b")).toBe(`${count.count} events`)
    expect([await page.inputValue("[name=status]"), await page.locator(".more-filters").getAttribute("open")]).toEqual(["background", ""])
    await page.context().close()
  })

  it("ui.md 4, 7: on Explore too, only points in sight of the map can be asked for", async () => {
    const page = await open("explore")
    await page.waitForSelector(".world-map [data-drawn]")
    await page.locator(".world-map canvas").focus()
    await page.keyboard.press("+")
    await page.click("text=Only points in sight")
    await page.waitForSelector(".chips >> text=on the map within")
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"))
    const {count} = await ask<EventPage>(`events?box=${new URL(page.url()).searchParams.get("box")}`)
    expect(await page.textContent(".counted b")).toBe(count.count === 1 ? "1 event" : `${count.count} events`)
    await page.context().close()
  })

  it("ui.md 14: actors, stories and reports hand on their rows too", async () => {
    const page = await open("actor/CHN")
    const lines = async (at: string) => {
      await page.goto(`${address()}${at}`)
      const href = await page.locator(".download a:has-text('JSON Lines')").getAttribute("href")
      return (await (await fetch(new URL(href!, address()))).text()).split("\n").length - 1
    }
    expect(await lines("actor/CHN")).toBe((await ask<EventPage>("events?side=CHN")).count.count)
    const [story] = (await ask<StoryPage>("stories")).rows
    const ofStory = await ask<EventPage>(`events?story=${story!.story}`)
    expect(ofStory.count.count).toBeGreaterThan(1)
    // All of its events, whichever of them is looked at.
    for (const at of ["", `?event=${encodeURIComponent(ofStory.rows[0]!.event)}`]) expect(await lines(`stories/${story!.story}${at}`)).toBe(ofStory.count.count)
    for (const at of ["stories", "reports"]) {
      await page.goto(`${address()}${at}`)
      const href = await page.locator(".download a:has-text('JSON')").getAttribute("href")
      expect((await fetch(new URL(href!, address()))).status).toBe(200)
    }
    await page.context().close()
  })

  it("ui.md 9: quotes are asked by whom they speak of and by their verb, in the address, with a chip for each", async () => {
    const page = await open("quotes")
    await page.waitForSelector(".quote-list li")
    await page.fill("[name=cue]", "said")
    await page.press("[name=cue]", "Enter")
    await page.waitForSelector(".chips >> text=said by the word")
    await page.fill("[name=about]", "China")
    await page.press("[name=about]", "Enter")
    await page.waitForFunction(() => document.querySelectorAll(".chips li").length === 3)
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"))
    const {count} = await ask<QuotePage>("quotes?cue=said&about=China")
    expect(await page.textContent(".counted b")).toBe(`${count.count} quotes`)
    await page.context().close()
  })

  it("an actor's page says who that is, since when, by which words, and what others say", async () => {
    const page = await open("actor/Wang%20Yi")
    await page.waitForSelector(".meanings tbody tr")
    const row = page.locator(".meanings tbody tr").first()
    expect(await row.locator(".evidence-link").textContent()).toBe("“Chinese Foreign Minister Wang Yi”")
    expect(await row.locator("time").first().getAttribute("datetime")).toBe("2026-01-07")
    expect(await page.textContent(".offices")).toMatch(/foreign minister of China/)
    await row.locator(".evidence-link").click()
    await page.waitForSelector(".row[aria-current]")
    await page.goto(`${address()}actor/CHN`)
    await page.waitForSelector("h2:has-text('What others say of them')")
    const {count} = await ask<QuotePage>("quotes?about=CHN")
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .waiting"))
    expect(await page.locator("section:has-text('What others say of them') .quote-list li").count()).toBe(Math.min(8, count.count))
    await page.goto(`${address()}actor/Nobody%20Known`)
    await page.waitForSelector("text=No report here tells of")
    await page.context().close()
  })

  it("ui.md 11: Ctrl-K finds places and does things", async () => {
    const page = await open("explore")
    await page.waitForSelector(".counted")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("beij")
    await page.click(".palette a:has-text('place in China')")
    await page.waitForFunction(() => location.search === "?place=Beijing")
    expect((await state(page)).count).toContain(`${(await ask<EventPage>("events?place=Beijing")).count.count} events`)
    await page.keyboard.press("Control+k")
    await page.keyboard.type("dark")
    await page.keyboard.press("Enter")
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark")
    expect(await page.locator(".theme select").inputValue()).toBe("dark")
    await page.context().close()
  })

  it("ui.md 18: another key is bound on the sheet, holds after a reload, and takes no key of another", async () => {
    const page = await open("reports/w0-0")
    const chosen = () => new URL(page.url()).searchParams.get("at")
    await page.waitForSelector(".row")
    await page.keyboard.press("?")
    await page.click("[aria-label^='Another key: next row']")
    await page.keyboard.press("k")
    expect(await page.textContent(".key-sheet [role=status]")).toContain("“k” is taken: previous row")
    await page.click("[aria-label^='Another key: next row']")
    await page.keyboard.press("n")
    expect(await page.locator(".keys dt").nth(2).textContent()).toBe("n")
    await page.reload()
    await page.waitForSelector(".row")
    await page.keyboard.press("j")
    expect(chosen()).toBeNull()
    await page.keyboard.press("n")
    expect(chosen()).not.toBeNull()
    await page.keyboard.press("?")
    await page.click("text=As they came")
    expect(await page.locator(".keys dt").nth(2).textContent()).toBe("j")
    await page.context().close()
  })

  it("ui.md 11, 18: Ctrl-K goes to an actor in three letters, Esc gives the focus back, and ? shows every key", async () => {
    const page = await open("explore")
    await page.waitForSelector(".counted")
    await page.focus(".wordmark")
    await page.keyboard.press("Control+k")
    await page.keyboard.press("Escape")
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("wordmark")
    await page.keyboard.press("?")
    expect(await page.locator(".keys dt").allTextContents()).toEqual(["CtrlK", "?", "j", "k", "a", "x", "e", "s", "u", "m", "Esc", "←↑→↓", "+−"])
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("ven")
    await page.waitForSelector(".palette a:has-text('Venezuela')")
    await page.keyboard.press("Enter")
    await page.waitForFunction(() => location.pathname === "/actor/VEN")
    await page.context().close()
  })

  it.each(["light", "dark"] as const)("ui.md 12: axe finds nothing serious on pages of a store in %s", async colorScheme => {
    const page = await open("explore", {colorScheme})
    for (const path of ["explore?side=CHN&status=all", "dyad/CHN/VEN?measure=intensity&with=USA/VEN", "actor/VEN", "quotes", "runs"]) {
      await page.goto(`${address()}${path}`)
      await page.waitForLoadState("networkidle")
      expect([path, await seriousFaults(page)]).toEqual([path, []])
    }
    await page.context().close()
  })

  it("ui.md 14: a download holds exactly the rows that are counted", async () => {
    const page = await open("explore?side=CHN&since=2026-01-20")
    const {count} = await state(page)
    const [, shown] = /^(\d+) events/.exec(count!)!
    const links = await page.locator(".download a[href*=export]").evaluateAll(links => links.map(link => (link as HTMLAnchorElement).href))
    const [csv = "", , jsonl = "", geojson = ""] = await Promise.all(links.map(async link => (await fetch(link)).text()))
    expect(jsonl.trim().split("\n")).toHaveLength(Number(shown))
    expect(csv.trim().split("\n")).toHaveLength(Number(shown) + 1)
    const {points} = await ask<Places>("places?side=CHN&since=2026-01-20")
    expect((JSON.parse(geojson) as {features: object[]}).features).toHaveLength(points.reduce((sum, {count}) => sum + count, 0))
    // What is to be copied gives the same rows: in SQL, on the Parquet file, and in a shell.
    await page.click(".snippets summary")
    const path = join(folder({}), "events.parquet")
    writeFileSync(path, Buffer.from(await (await fetch(links[1]!)).arrayBuffer()))
    const [, , sql = ""] = await page.locator(".snippets code").allTextContents()
    const instance = await DuckDBInstance.create(":memory:")
    const connection = await instance.connect()
    expect((await connection.runAndReadAll(sql.replace("events.parquet", path))).currentRowCount).toBe(Number(shown))
    connection.closeSync()
    instance.closeSync()
    const [, url = ""] = /^curl -s '([^']+)'/.exec((await page.locator(".snippets code").last().textContent())!)!
    expect(await (await fetch(url)).text()).toBe(csv)
    await page.context().close()
  })

  it("ui.md 14: a timeline is saved as a picture with its names, numbers and days", async () => {
    const page = await open("dyad/CHN/VEN")
    await page.waitForSelector(".mirror")
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Picture (SVG)")])
    expect(download.suggestedFilename()).toBe("timeline.svg")
    const picture = readFileSync(await download.path(), "utf8")
    const {groups} = await ask<Aggregate>("timeline?by=week&dyad=CHN&dyad=VEN&directed=1")
    const back = await ask<Aggregate>("timeline?by=week&dyad=VEN&dyad=CHN&directed=1")
    const parts = [...groups, ...back.groups]
      .filter(({reports}) => reports > 0)
      .flatMap(({cooperation, conflict}) => [cooperation, conflict].filter(n => n > 0))
    // The ground and the two marks of the legend are no bars.
    expect(picture.match(/<rect (?!width="3")/g)).toHaveLength(parts.length + 3)
    for (const words of ["China → Venezuela", "Venezuela → China", "full height: ", "conflict; events, by week"]) expect(picture).toContain(words)
    await page.context().close()
  })

  it("a dyad shows its stories", async () => {
    const page = await open("dyad/CHN/VEN")
    const {rows, count} = await ask<StoryPage>("stories?dyad=CHN&dyad=VEN&limit=5")
    expect(count.count).toBeGreaterThan(0)
    await page.waitForSelector(".story-list .headline")
    expect(await page.locator(".story-list .headline").allTextContents()).toEqual(rows.map(({headline}) => headline))
    await page.context().close()
  })

  it("ui.md 16: nothing matches, all is left out, and nothing told differ", async () => {
    const page = await open("explore?side=Nobody+Known")
    await page.waitForSelector(".empty >> text=Nothing matches these filters")
    await page.goto(`${address()}explore?minConfidence=1`)
    await page.waitForSelector(".empty >> text=The filters leave out all")
    await page.goto(`${address()}explore?since=soon`)
    await page.waitForSelector('.failed >> text=Cannot read "since" of the request')
    await page.context().close()
  })

  it("ui.md 19: nothing runs out of a page 360 pixels wide", async () => {
    const page = await open("explore", {viewport: {width: 360, height: 760}})
    for (const path of tables) {
      await page.goto(`${address()}${path}`)
      await page.waitForLoadState("networkidle")
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 360])
    }
    await page.context().close()
  })

  it("security.md: what a filter holds stays text, and asks the store for nothing else", async () => {
    const page = await open("explore")
    for (const payload of ["<img src=x onerror=alert(1)>", "' OR 1=1; --", "read_csv('/etc/passwd')", '"><script>alert(1)</script>']) {
      await page.goto(`${address()}explore?side=${encodeURIComponent(payload)}&type=${encodeURIComponent(payload)}`)
      const shown = await state(page)
      expect(shown.chips[0]).toContain(payload)
      expect(shown.rows).toEqual([])
      expect(await page.locator("main img, main script").count()).toBe(0)
    }
    await page.context().close()
  })

  it("ui.md 20: what a second coder says otherwise stands beside what the first said", async () => {
    const [report] = coded()
    const [changed, ...same] = report!.events
    const coder = {...changed!.coder, version: "0.0.9"}
    const events = [{...changed!, type: "THREATEN", coder}, ...same.map(event => ({...event, coder}))]
    await store().add({...report!, events}, {coder, machine: "x64", floor: 0, day: "2026-03-13"})
    const page = await open("runs")
    await page.waitForSelector(".changes tbody tr")
    const {total, same: kept, changes} = await ask<ChangeList>("changes?from=1&to=2")
    expect([total, kept]).toEqual([1, same.length])
    expect(await page.locator(".changes tbody tr").count()).toBe(changes.length)
    expect(await page.textContent(".changes tbody tr")).toMatch(new RegExp(`${changed!.trigger.text}.*${changed!.type}.*THREATEN`))
    await page.click("[aria-label='To run'] >> text=run 1")
    await page.waitForFunction(() => location.search === "?to=1")
    await page.waitForSelector(".counted >> text=0 mentions")
    await page.context().close()
  })

  it("ui.md 10: asked no other host, and broke no policy", () => {
    expect(coded().length).toBeGreaterThan(20)
    expect(faults).toEqual([])
  })
})
