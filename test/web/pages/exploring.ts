import {join} from "node:path"
import type {BrowserContextOptions, CDPSession, Page} from "playwright-core"
import {fill} from "../../../bench/synthetic.js"
import {openStore} from "../../../src/8-store/index.ts"
import type {EventPage} from "../../../web/records.ts"
import {folder} from "../../cli/folder.ts"
import {stage} from "./browser.ts"

/** Milliseconds of the processor that the page and the server took, and that the longest task of a page did. */
export type Spent = {readonly browser: number; readonly server: number; readonly longest: number}

/** Explore on a store of made-up mentions. What is measured is the processor's time, since a busy machine says nothing by the clock. */
export function exploring(size: number) {
  const staged = stage(() => [], {
    filled: async () => {
      const path = join(folder({}), "made-up.duckdb")
      await (await openStore(path, {make: true})).close()
      await fill(path, size)
      return openStore(path, {isReader: true})
    },
  })
  const {address} = staged
  const ask = async (path: string) => (await (await fetch(`${address()}api/v1/${path}`)).json()) as EventPage

  async function open(path: string, options: BrowserContextOptions = {}) {
    const page = await (await staged.context(options)).newPage()
    const session = await page.context().newCDPSession(page)
    // In the processor's time of the page's own thread.
    await session.send("Performance.enable", {timeDomain: "threadTicks"})
    const first = await during(page, session, async () => {
      await page.goto(`${address()}${path}`)
      await page.waitForSelector(".event-scroll tr[aria-rowindex]")
      await settled(page)
    })
    return {page, session, first}
  }

  const settled = (page: Page) => page.waitForFunction(() => !document.querySelector("[aria-busy=true], .waiting"))

  async function during(page: Page, session: CDPSession, act: () => Promise<void>): Promise<Spent> {
    const used = async () => (await session.send("Performance.getMetrics")).metrics.find(({name}) => name === "TaskDuration")!.value * 1000
    const browser = page.context().browser()!
    await browser.startTracing(page, {categories: ["toplevel"]})
    const [before, served] = [await used(), process.cpuUsage()]
    await act()
    const {user, system} = process.cpuUsage(served)
    const after = await used()
    return {browser: after - before, server: (user + system) / 1000, longest: longestTask(await browser.stopTracing())}
  }

  /** Follows a link that adds filters, until all views show what they let pass. */
  const choose = (page: Page, session: CDPSession, query: string) =>
    during(page, session, async () => {
      await page.evaluate(async href => {
        const link = Object.assign(document.createElement("a"), {href})
        document.body.append(link)
        link.click()
        link.remove()
        await new Promise(requestAnimationFrame)
      }, `/explore?${query}`)
      await settled(page)
    })

  /** Scrolls the table by 120 pixels in each of 200 frames. */
  async function framesOf(page: Page, session: CDPSession) {
    let median = 0
    const {browser, longest} = await during(page, session, async () => {
      median = await page.evaluate(async () => {
        const holder = document.querySelector(".event-scroll")!
        const gaps: number[] = []
        let last = performance.now()
        for (let at = 0; at < 200; at++) {
          holder.scrollTop += 120
          await new Promise(requestAnimationFrame)
          gaps.push(performance.now() - last)
          last = performance.now()
        }
        return gaps.sort((a, b) => a - b)[100]!
      })
    })
    return {median, longest, browser: browser / 200}
  }

  /** Scrolls to a share of the whole, and waits until the address has the place and the rows are there. */
  async function scrolledTo(page: Page, share: number) {
    const before = page.url()
    await page.evaluate(share => {
      const holder = document.querySelector(".event-scroll")!
      holder.scrollTop = holder.scrollHeight * share
    }, share)
    await page.waitForFunction(before => location.href !== before, before)
    await settled(page)
  }

  /** The rows in sight: which of the list, from 0, and where their words lead. */
  const inSight = (page: Page) =>
    page.evaluate(() => {
      const holder = document.querySelector(".event-scroll")!.getBoundingClientRect()
      const head = document.querySelector(".event-scroll thead")!.getBoundingClientRect()
      return [...document.querySelectorAll(".event-scroll tbody tr[aria-rowindex]")]
        .filter(row => {
          const {top, bottom} = row.getBoundingClientRect()
          return bottom > Math.max(holder.top, head.bottom) + 1 && top < holder.bottom
        })
        .map(row => ({index: Number(row.getAttribute("aria-rowindex")) - 2, href: row.querySelector<HTMLAnchorElement>(".evidence-link")!.href}))
    })

  return {...staged, open, ask, choose, framesOf, scrolledTo, inSight}
}

type Traced = {readonly name: string; readonly pid: number; readonly tid: number; readonly tdur?: number; readonly args?: {readonly name?: string}}

/** Of a trace: the longest that a page was kept from answering, in milliseconds of the processor. */
function longestTask(trace: Buffer): number {
  const {traceEvents} = JSON.parse(trace.toString()) as {traceEvents: Traced[]}
  const threadOf = ({pid, tid}: Traced) => `${pid}/${tid}`
  const pages = new Set(traceEvents.filter(({name, args}) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf))
  const tasks = traceEvents.filter(event => /RunTask$/.test(event.name) && pages.has(threadOf(event)))
  if (tasks.length < 10) throw new Error(`the trace has ${tasks.length} tasks only`)
  return Math.max(...tasks.map(({tdur = 0}) => tdur / 1000))
}
