import {type Readable, Transform, Writable} from "node:stream"
import {pipeline} from "node:stream/promises"
import {setTimeout as sleep} from "node:timers/promises"
import {createBrotliDecompress, createGunzip, createInflate} from "node:zlib"
import {CoderError} from "../0-records/index.ts"
import {lookupPublic, refusePrivate, shown} from "./address.ts"
import {allows} from "./robots.ts"

/** How addresses are fetched. */
export type FetchSettings = {
  /** Lets private networks and any port be fetched from: all of them, or the hosts named, with their port. For intranets and tests. */
  readonly allowPrivate?: boolean | readonly string[]
  /** How this program names itself; the part before the slash is sought in robots.txt. */
  readonly userAgent?: string
  /** Least time between two requests to a host, milliseconds. */
  readonly delayMs?: number
}

/** What an address gave: the decoded body, with the address after redirects. */
export type Fetched = {readonly url: string; readonly type: string; readonly charset: string | undefined; readonly bytes: Uint8Array}

export type Fetcher = {readonly fetch: (address: string, signal?: AbortSignal) => Promise<Fetched>; readonly close: () => Promise<void>}

/** needs/security.md: decoded bytes of a page, and of a feed or anything else; of robots.txt RFC 9309 asks for 500 KiB. */
const most = {page: 5 * 1024 * 1024, other: 15 * 1024 * 1024, robots: 500 * 1024}
const mostRedirects = 5
const mostCodings = 2
/** Decoded to encoded bytes, past the first MiB decoded. */
const mostRatio = 100
const limits = {connectMs: 5000, idleMs: 10_000, totalMs: 20_000, headerBytes: 32 * 1024}

/**
 * Opens a fetcher that is safe to point at any address and polite to its host.
 *
 * Every address is checked before a connection, redirects too; robots.txt is obeyed; no cookie or credential is sent.
 * `fetch` throws CoderError `fetch-refused` where a rule forbids it, `fetch-failed` where the host does not answer with a page.
 */
export async function openFetcher({
  allowPrivate = false,
  userAgent = "communique/0.1 (+https://www.npmjs.com/package/communique)",
  delayMs = 1000,
}: FetchSettings): Promise<Fetcher> {
  const {Agent, request} = await import("undici")
  const isAllowed = (host: string) => (typeof allowPrivate === "boolean" ? allowPrivate : allowPrivate.includes(host))
  const connect = {timeout: limits.connectMs, ...(allowPrivate === true ? {} : {lookup: lookupPublic})}
  const agent = new Agent({connect, headersTimeout: limits.idleMs, bodyTimeout: limits.idleMs, maxHeaderSize: limits.headerBytes})
  const closing = new AbortController()
  const turns = new Map<string, Promise<unknown>>()
  const robots = new Map<string, Promise<string | null>>()
  const product = (userAgent.split("/", 1)[0] ?? "").toLowerCase()

  async function get(url: URL, signal: AbortSignal) {
    if (!isAllowed(url.host)) refusePrivate(url)
    const headers = {"user-agent": userAgent, accept: "*/*", "accept-encoding": "gzip, br"}
    const answer = await request(`${url.protocol}//${url.host}${url.pathname}${url.search}`, {dispatcher: agent, signal, headers})
    // a body that is not read ends with an error that nobody else listens for
    answer.body.on("error", () => undefined)
    return answer
  }

  /** The robots.txt of a host: "" where it has none, `null` where it cannot be had, which forbids all. */
  async function robotsOf(url: URL, signal: AbortSignal): Promise<string | null> {
    const {statusCode, headers, body} = await follow(new URL("/robots.txt", url), signal, false)
    if (statusCode === 200) return new TextDecoder().decode(await readBody(body, headers["content-encoding"], most.robots, url))
    body.destroy()
    return statusCode >= 400 && statusCode < 500 ? "" : null
  }

  /** The answer after redirects; bodies on the way are not read. */
  async function follow(from: URL, signal: AbortSignal, isPage: boolean) {
    let url = from
    for (let hops = 0; hops <= mostRedirects; hops++) {
      if (isPage) await permit(url, signal)
      const {statusCode, headers, body} = await get(url, signal)
      const location = header(headers.location)
      if (statusCode < 300 || statusCode > 399 || !location) return {url, statusCode, headers, body}
      body.destroy()
      if (!URL.canParse(location, url.href))
        throw new CoderError("fetch-failed", `Cannot fetch ${shown(from)}: it redirects to ${JSON.stringify(location.slice(0, 200))}`)
      url = new URL(location, url)
    }
    throw new CoderError("fetch-failed", `Cannot fetch ${shown(from)}: it redirects more than ${mostRedirects} times`)
  }

  /** Waits for the host's turn, once robots.txt allows the address. */
  async function permit(url: URL, signal: AbortSignal): Promise<void> {
    if (!isAllowed(url.host)) refusePrivate(url)
    const known = robots.get(url.origin) ?? robotsOf(url, signal)
    robots.set(url.origin, known)
    const rules = await known
    if (rules === null) throw new CoderError("fetch-refused", `Cannot fetch ${shown(url)}: its robots.txt cannot be had`)
    if (!allows(rules, product, `${url.pathname}${url.search}`)) throw new CoderError("fetch-refused", `Cannot fetch ${shown(url)}: robots.txt forbids it`)
    await turns.get(url.host)
    turns.set(
      url.host,
      sleep(delayMs, undefined, {signal: closing.signal}).catch(() => undefined),
    )
  }

  async function fetchPage(address: string, signal?: AbortSignal): Promise<Fetched> {
    const from = new URL(address)
    const ends = AbortSignal.any([AbortSignal.timeout(limits.totalMs), ...(signal ? [signal] : [])])
    try {
      const {url, statusCode, headers, body} = await follow(from, ends, true)
      if (statusCode !== 200) {
        body.destroy()
        const later = header(headers["retry-after"])
        throw new CoderError(
          "fetch-failed",
          `Cannot fetch ${shown(url)}: it answered ${statusCode}${later ? `, to be tried again after ${later.slice(0, 40)}` : ""}`,
        )
      }
      const [type = "", ...parameters] = (header(headers["content-type"]) ?? "").split(";")
      const bytes = await readBody(body, headers["content-encoding"], /html/i.test(type) ? most.page : most.other, url)
      const charset = /charset\s*=\s*"?([\w-]+)/i.exec(parameters.join(";"))?.[1]
      return {url: url.href, type: type.trim().toLowerCase(), charset, bytes}
    } catch (error) {
      throw asCoderError(error, from)
    }
  }

  const close = async () => {
    closing.abort()
    await agent.destroy()
  }
  return {fetch: fetchPage, close}
}

/** The body with its codings undone, to at most `cap` bytes and `mostRatio`. */
async function readBody(body: Readable, codings: string | string[] | undefined, cap: number, url: URL): Promise<Uint8Array> {
  const refuse = (what: string) => new CoderError("input-too-large", `Cannot fetch ${shown(url)}: ${what}`)
  const names = [codings ?? []]
    .flat()
    .join(",")
    .toLowerCase()
    .split(",")
    .map(name => name.trim())
    .filter(name => name !== "" && name !== "identity")
  if (names.length > mostCodings) throw refuse(`found ${names.length} content codings, expected at most ${mostCodings}`)
  const parts: Uint8Array[] = []
  let encoded = 0
  let size = 0
  const count = new Transform({
    transform(part: Uint8Array, _, done) {
      encoded += part.length
      done(null, part)
    },
  })
  const collect = new Writable({
    write(part: Uint8Array, _, done) {
      size += part.length
      parts.push(part)
      if (size > cap) done(refuse(`found more than ${cap} bytes`))
      else if (size > 1024 * 1024 && size > encoded * mostRatio) done(refuse(`it unpacks to more than ${mostRatio} times its size`))
      else done()
    },
  })
  await pipeline([body, count, ...names.reverse().map(name => decoder(name, url)), collect])
  return Buffer.concat(parts)
}

function decoder(name: string, url: URL): Transform {
  if (name === "gzip" || name === "x-gzip") return createGunzip()
  if (name === "br") return createBrotliDecompress()
  if (name === "deflate") return createInflate()
  throw new CoderError(
    "fetch-failed",
    `Cannot fetch ${shown(url)}: found the content coding ${JSON.stringify(name.slice(0, 40))}, expected gzip, br or deflate`,
  )
}

const header = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** The CoderError behind an error of undici, which wraps what its lookup threw. */
function asCoderError(error: unknown, url: URL): CoderError {
  for (let inner = error; inner instanceof Error; inner = inner.cause) if (inner instanceof CoderError) return inner
  const code = error instanceof Error && "code" in error ? error.code : ""
  const reason =
    code === "ENOTFOUND" || code === "EAI_AGAIN" ? "found no host of this name, or no network" : error instanceof Error ? error.message.slice(0, 200) : ""
  return new CoderError("fetch-failed", `Cannot fetch ${shown(url)}: ${reason || "the host does not answer"}`, {}, {cause: error})
}
