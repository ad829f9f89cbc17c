/**
 * node scripts/pictures.js STORE: the viewer's pictures in docs/, drawn anew from the demo's store, as `communique demo` makes it, and from the
 * sample report. Needs Debian's Chromium and a built program.
 */
import {readFileSync, writeFileSync} from "node:fs"
import {chromium} from "playwright-core"
import {openStore} from "../dist/8-store/index.js"
import {openCoder} from "../dist/journey.js"
import {listen, openApp} from "../dist/server/index.js"

const [path = "communique-demo.duckdb"] = process.argv.slice(2)
const coder = await openCoder()
const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox"]})

/** @type {readonly {name: string, at: string, wait: string, height?: number, act?: (page: import("playwright-core").Page) => Promise<unknown>}[]} */
const pages = [
  {name: "guide-dyad", at: "dyad/KEN/UGA", wait: ".mirror"},
  {name: "dyad", at: "dyad/KEN/UGA?with=COL/VEN", wait: ".compared"},
  {name: "stories", at: "stories/s1", wait: ".course"},
  {name: "guide-review", at: "review", wait: ".review-one"},
  {name: "map", at: "map", wait: ".drawn[data-drawn]"},
  {name: "network", at: "network", wait: ".drawn[data-drawn]"},
  {name: "explore", at: "explore", wait: ".world-map .drawn[data-drawn]", height: 1060},
]

const demo = await openStore(path, {isReader: true})
await draw(demo, pages)
await demo.close()

const sample = await openStore(":memory:", {make: true})
const text = readFileSync(new URL("../examples/sample-report.txt", import.meta.url), "utf8")
const coded = await coder.code({id: "sample", text, published: "2026-03-12"})
await sample.add(coded, {coder: coder.info, machine: process.arch, floor: coder.floor, day: "2026-03-12"})
const row = coded.events
  .find(({recipients}) => recipients.some(({via}) => via !== null))
  ?.id.split("/")
  .at(-1)
await draw(sample, [{name: "report", at: `reports/sample?at=${row}`, wait: ".row[aria-current]"}])
await sample.close()
await Promise.all([browser.close(), coder.close()])

/** @param {import("../dist/8-store/index.js").Store} store @param {typeof pages} wanted */
async function draw(store, wanted) {
  const server = await listen(openApp({coder, store, isLoopback: true, reviewToken: "pictures", startedAt: 0, isReady: () => true}), "127.0.0.1", 0)
  const page = await browser.newPage({viewport: {width: 1180, height: 760}})
  // As a reviewer whom the server knows.
  await page.addInitScript(() => localStorage.setItem("communique-reviewer", "Ann"))
  await page.goto(`${server.address}review#token=pictures`)
  await page.waitForFunction(() => location.hash === "")
  for (const {name, at, wait, height = 760} of wanted) {
    await page.setViewportSize({width: 1180, height})
    await page.goto(`${server.address}${at}`)
    await page.waitForSelector(wait)
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .waiting, .verdicts [data-do=accept][disabled]"))
    writeFileSync(new URL(`../docs/${name}.webp`, import.meta.url), await asWebp(await page.screenshot()))
    console.log(`docs/${name}.webp`)
  }
  await page.close()
  await server.stop()
}

/** @param {Buffer} png */
async function asWebp(png) {
  const page = await browser.newPage()
  const data = await page.evaluate(
    async source => {
      const image = Object.assign(new Image(), {src: source})
      await image.decode()
      const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height})
      canvas.getContext("2d")?.drawImage(image, 0, 0)
      return canvas.toDataURL("image/webp", 0.85)
    },
    `data:image/png;base64,${png.toString("base64")}`,
  )
  await page.close()
  return Buffer.from(data.slice(data.indexOf(",") + 1), "base64")
}
