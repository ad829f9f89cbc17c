import {spawnSync} from "node:child_process"
import {existsSync, readFileSync} from "node:fs"
import {createRequire} from "node:module"
import {join} from "node:path"
import {type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page} from "playwright-core"
import {afterAll, beforeAll, expect, inject, vi} from "vitest"
import type {Store} from "../../../src/8-store/index.ts"
import type {Coded} from "../../../src/index.ts"
import {type Coder, openCoder} from "../../../src/journey.ts"
import {type Listening, listen, openApp} from "../../../src/server/index.ts"
import {stored} from "../../server/stored.ts"

const program = "/usr/bin/chromium"
const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
const words = [...quiet, "--disable-component-update", "--disable-sync"]

/** Debian's Chromium, installed where this may be done; `false` where there is none, which is told, and never so in CI. */
export const hasBrowser = existsSync(program) || install()

function install(): boolean {
  const isDebian = existsSync("/etc/debian_version") && process.getuid?.() === 0
  if (isDebian) spawnSync("sh", ["-c", "apt-get update && apt-get install -y --no-install-recommends chromium"], {stdio: "ignore", timeout: 300_000})
  if (existsSync(program)) return true
  const told = `Cannot test the viewer: found no ${program}; on Debian: apt-get install chromium`
  if (process.env.CI) throw new Error(told)
  console.error(`\n*** ${told}. The viewer's tests are SKIPPED. ***\n`)
  return false
}

/** A browser at a server that shows `reports`. Requests to other hosts are stopped and counted; so is what the page's policy stopped, and every error of a script. */
export type Stage = {
  readonly address: () => string
  readonly coded: () => readonly Coded[]
  readonly store: () => Store
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>
  readonly context: (options?: BrowserContextOptions) => Promise<BrowserContext>
  /** What must stay empty: foreign requests, policy reports, script errors, dialogs. */
  readonly faults: string[]
}

export type Told = {
  readonly id?: string
  readonly title?: string
  readonly text?: string
  readonly html?: string
  readonly published?: string
  readonly url?: string
  readonly publisher?: string
}

/**
 * @param reviewToken  what a reviewer must know; without it nobody may correct
 * @param filled  a store that holds other things already, in place of one that `reports` are coded into
 */
export function stage(reports: () => readonly Told[], {reviewToken, filled}: {reviewToken?: string; filled?: () => Promise<Store>} = {}): Stage {
  let browser: Browser | undefined
  let coder: Coder | undefined
  let store: Store | undefined
  let listening: Listening | undefined
  let coded: Coded[] = []
  const faults: string[] = []
  // A browser on a machine that does other work too.
  vi.setConfig({testTimeout: 180_000, hookTimeout: 180_000})

  beforeAll(async () => {
    coder = await openCoder()
    const made = filled ? {store: await filled(), coded: []} : await stored(coder, reports())
    store = made.store
    coded = made.coded
    const app = openApp({
      coder,
      store,
      isLoopback: true,
      ...(reviewToken !== undefined && {reviewToken}),
      viewer: join(inject("built"), "dist/web"),
      startedAt: 0,
      isReady: () => true,
    })
    listening = await listen(app, "127.0.0.1", 0)
    browser = await chromium.launch({executablePath: program, args: words})
  })

  afterAll(async () => {
    await browser?.close()
    await listening?.stop()
    await Promise.all([coder?.close(), store?.close()])
    expect(faults).toEqual([])
  })

  const address = () => listening!.address
  const context = async (options: BrowserContextOptions = {}) => {
    const made = await browser!.newContext({viewport: {width: 1280, height: 860}, ...options})
    // A machine that trains a model beside the tests draws slowly.
    made.setDefaultTimeout(90_000)
    await made.route("**", route => {
      const url = route.request().url()
      if (url.startsWith(address())) return route.continue()
      faults.push(`asked ${url}`)
      return route.abort()
    })
    made.on("page", page => {
      page.on("pageerror", error => faults.push(`${page.url()}: ${error.message}`))
      page.on("dialog", dialog => {
        faults.push(`dialog ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on("console", message => {
        if (/Content Security Policy|Trusted ?Type/i.test(message.text())) faults.push(message.text())
      })
    })
    return made
  }
  return {
    address,
    coded: () => coded,
    store: () => store!,
    context,
    open: async (path, options) => {
      const page = await (await context(options)).newPage()
      await page.goto(`${address()}${path}`)
      return page
    },
    faults,
  }
}

/** Lets a page believe that a graphics card draws, whatever does. */
export function withGraphicsCard(): void {
  const {getParameter} = WebGL2RenderingContext.prototype
  WebGL2RenderingContext.prototype.getParameter = function (name: number) {
    const value: unknown = getParameter.call(this, name)
    return typeof value === "string" ? value.replaceAll("SwiftShader", "a card") : value
  }
}

const axeSource = () => readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** What axe finds that is serious or critical: rule and place. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy lets no script in.
  return page.evaluate(async source => {
    const load = new Function(source)
    load()
    const {axe} = globalThis as unknown as {
      axe: {run: () => Promise<{passes: object[]; violations: {id: string; impact: string; nodes: {target: string[]}[]}[]}>}
    }
    const {passes, violations} = await axe.run()
    if (passes.length < 10) throw new Error(`axe looked at ${passes.length} things only`)
    return violations
      .filter(({impact}) => impact === "serious" || impact === "critical")
      .flatMap(({id, nodes}) => nodes.map(({target}) => `${id} ${target.join(" ")}`))
  }, axeSource())
}
