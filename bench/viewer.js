/**
 * node bench/viewer.js STORE: how long the pages of a store take in Chromium, from a click until every view shows what the filter lets pass.
 *
 * On Explore a type, an actor, a week of the timeline and a box on the map are chosen, ROUNDS times each; the median is printed in
 * milliseconds, with the longest task that kept the page from answering, with the map and the network and without (`?draw=no`).
 */
import {chromium} from "playwright-core"
import {openStore} from "../dist/8-store/index.js"
import {openCoder} from "../dist/journey.js"
import {listen, openApp} from "../dist/server/index.js"

const [path = "communique-demo.duckdb"] = process.argv.slice(2)
const rounds = 5
const store = await openStore(path, {isReader: true})
const coder = await openCoder()
const server = await listen(openApp({coder, store, isLoopback: true, startedAt: 0, isReady: () => true}), "127.0.0.1", 0)
const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox"]})
const page = await browser.newPage({viewport: {width: 1280, height: 860}})
await page.addInitScript(() => {
  const counted = /** @type {{asked: number, longest: number} & Window} */ (/** @type {unknown} */ (window))
  counted.asked = 0
  counted.longest = 0
  const {fetch} = window
  window.fetch = async (...given) => {
    counted.asked++
    try {
      return await fetch(...given)
    } finally {
      setTimeout(() => counted.asked--)
    }
  }
  new PerformanceObserver(list => {
    for (const {duration} of list.getEntries()) counted.longest = Math.max(counted.longest, duration)
  }).observe({type: "longtask"})
})

/**
 * Follows a link of the viewer, and waits until nothing is asked for any more and all is drawn; timed in the page.
 * @param {string} query adds to the address as a click would, without loading the page anew; nothing where empty
 */
const choose = query =>
  page.evaluate(async given => {
    const counted = /** @type {{asked: number, longest: number} & Window} */ (/** @type {unknown} */ (window))
    const frame = () => new Promise(requestAnimationFrame)
    counted.longest = 0
    const began = given === "" ? 0 : performance.now()
    if (given !== "") {
      const url = new URL(location.href)
      for (const [name, value] of new URLSearchParams(given)) url.searchParams.set(name, value)
      const link = Object.assign(document.createElement("a"), {href: url.href})
      document.body.append(link)
      link.click()
      link.remove()
      await frame()
    }
    do await frame()
    while (counted.asked > 0 || document.querySelector("[aria-busy=true], .waiting"))
    return {ms: performance.now() - began, longest: counted.longest}
  }, query)

/** @param {string} to */
async function goTo(to) {
  await page.goto(`${server.address}${to}`)
  await page.waitForSelector("h1")
  return choose("")
}

for (const start of ["explore?draw=no", "explore"]) {
  await goTo(start)
  const facets = await page.locator(".facet a").evaluateAll(links => links.map(link => new URL(/** @type {HTMLAnchorElement} */ (link).href).search))
  const found = (/** @type {string} */ name) => new URLSearchParams(facets.find(search => search.includes(`${name}=`)) ?? "").get(name)
  const weeks = await page.locator(".bin").evaluateAll(bins => bins.map(bin => /** @type {HTMLElement} */ (bin).dataset.key ?? ""))
  const since = weeks[weeks.length >> 1] ?? "2026-01-05"
  const until = new Date(Date.parse(since) + 6 * 86_400_000).toISOString().slice(0, 10)
  const steps = {"first view": "", type: `type=${found("type")}`, actor: `actor=${found("actor")}`, week: `since=${since}&until=${until}`, box: "box=0,0,20,20"}
  for (const [name, query] of Object.entries(steps)) {
    const times = []
    for (let round = 0; round < rounds; round++) {
      const first = await goTo(start)
      times.push(query === "" ? first : await choose(query))
    }
    const median = (/** @type {number[]} */ numbers) => (numbers.sort((a, b) => a - b)[rounds >> 1] ?? 0).toFixed(0)
    console.log(`${start}, ${name}: ${median(times.map(({ms}) => ms))} ms, longest task ${median(times.map(({longest}) => longest))} ms`)
  }
}
await browser.close()
await server.stop()
await Promise.all([coder.close(), store.close()])
