import {readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {folder} from "../../cli/folder.ts"
import {hasBrowser, stage} from "./browser.ts"

/** What must stay text wherever it is shown. */
const payloads = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  '"><iframe srcdoc="<script>alert(1)</script>">',
  "<a href='javascript:alert(1)'>x</a>",
  "{{constructor.constructor('alert(1)')()}}",
  "$" + "{alert(1)}",
  "<style>*{background:url(https://evil.example/x)}</style>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<base href=https://evil.example/>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "\u202Etxt.exe\u202C",
]

const hostile = payloads.map((payload, at) => ({
  id: `${payload}/${at}`,
  title: `${payload} title`,
  publisher: payload,
  url: at % 2 === 0 ? `javascript:alert(${at})` : `https://evil.example/?q=${payload}`,
  text: `Kenyan President William Ruto ${payload} accused Uganda of holding three of its fishermen. “${payload} we want them back,” Ruto said.`,
  published: "2026-03-12",
}))

describe.skipIf(!hasBrowser)("the Try it page", () => {
  const {open, faults, address, coded} = stage(() => hostile)

  it("is what a newcomer sees, and shows a sample at a click", async () => {
    const page = await open("try")
    await page.click("text=Read a sample")
    await page.waitForSelector(".row.event")
    expect(await page.textContent("h1")).toBe(readFileSync("examples/sample-report.txt", "utf8").split("\n")[0])
    await page.context().close()
  })

  it("ui.md 17: a pasted text is coded at once, in two seconds at most, and markup stays text", async () => {
    const page = await open("try", {permissions: ["clipboard-read", "clipboard-write"]})
    await page.evaluate(() =>
      navigator.clipboard.writeText("Kenya accused Uganda of holding three of its fishermen. <img src=x onerror=alert(1)> The ministry said so."),
    )
    await page.focus("textarea")
    const began = performance.now()
    await page.keyboard.press("Control+V")
    await page.waitForSelector(".row.event")
    expect(performance.now() - began).toBeLessThan(2000)
    expect(await page.textContent(".reading")).toContain("<img src=x onerror=alert(1)>")
    expect(await page.locator(".reading img").count()).toBe(0)
    await page.context().close()
  })

  it("reads a text file and a page, and says of others who reads them", async () => {
    const text = "Kenya accused Uganda of holding three of its fishermen."
    const files = folder({"report.txt": text, "page.html": `<article><h1>Fishermen held</h1><p>${text}</p></article>`})
    writeFileSync(join(files, "photo.png"), Buffer.from([137, 80, 78, 71]))
    const page = await open("try")
    for (const name of ["report.txt", "page.html"]) {
      await page.goto(`${address()}try`)
      await page.setInputFiles("input[type=file]", join(files, name))
      await page.waitForSelector(".row.event")
    }
    await page.goto(`${address()}try`)
    await page.setInputFiles("input[type=file]", join(files, "photo.png"))
    expect(await page.textContent(".failed")).toContain("Cannot read photo.png here: expected a text or HTML file")
    await page.context().close()
  })

  it("tells what the server says of a text that cannot be coded", async () => {
    const page = await open("try")
    await page.fill("textarea", "…")
    await page.click("text=Find events")
    expect(await page.textContent(".failed")).toMatch(/found no sentence.*text-empty/s)
    await page.context().close()
  })

  it("security.md: what a report holds stays text in every place, and every link leads to the web only", async () => {
    expect(coded()).toHaveLength(payloads.length)
    const page = await open("reports")
    await page.waitForSelector("td")
    const listed = await page.evaluate(() => [...document.querySelectorAll('tbody th a[href^="/reports/"]')].map(link => link.textContent))
    expect(listed).toEqual(
      coded()
        .map(({report}) => report.title)
        .reverse(),
    )
    for (const {report, text} of coded()) {
      await page.goto(`${address()}reports/${encodeURIComponent(report.id)}?at=1&all=&rows=%3Cscript%3E`)
      await page.waitForSelector(".reading")
      expect(await page.locator("iframe, .reading img, .reading svg, .reading style, base, meta[http-equiv]").count()).toBe(0)
      expect(
        await page.evaluate(() =>
          [...document.querySelectorAll(".reading p")]
            .map(paragraph =>
              [...paragraph.childNodes]
                .filter(node => !(node instanceof Element && node.matches(".ref")))
                .map(node => node.textContent)
                .join(""),
            )
            .join(""),
        ),
      ).toBe(text)
      const links = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(({protocol, origin, rel}) => ({protocol, isOwn: origin === location.origin, rel})),
      )
      expect(links.filter(({protocol, isOwn, rel}) => !/^https?:$/.test(protocol) || (!isOwn && rel !== "noopener noreferrer nofollow"))).toEqual([])
    }
    await page.context().close()
    expect(faults).toEqual([])
  })
})
