import assert from "node:assert/strict"
import {createServer, type IncomingMessage, type Server, type ServerResponse} from "node:http"
import {type AddressInfo, createServer as createListener} from "node:net"
import {brotliCompressSync, constants, gzipSync} from "node:zlib"
import {afterAll, beforeAll, describe, it} from "vitest"
import type {Problem, Source} from "../../src/0-records/index.ts"
import {isPublic, lookupPublic, refusePrivate} from "../../src/1-read/address.ts"
import {type FetchSettings, isProblem, read} from "../../src/1-read/index.ts"
import {allows} from "../../src/1-read/robots.ts"
import {cpuMs} from "../2-clean/cpu.ts"

/** A listener of the loopback that nothing may reach, by IPv4 and IPv6. */
const listener = createListener(socket => {
  connections++
  socket.destroy()
})
let connections = 0
let port = 0
beforeAll(async () => {
  await new Promise<void>(done => listener.listen(0, "::", done))
  port = (listener.address() as AddressInfo).port
})
afterAll(() => void listener.close())

const get = async (address: string, fetch: FetchSettings = {}) => {
  const found: (Source | Problem)[] = []
  for await (const one of read([address], {fetch: {delayMs: 0, ...fetch}})) found.push(one)
  return found
}
const codeOf = ([found]: readonly (Source | Problem)[]) => (found && isProblem(found) ? found.code : "no problem")

/** Hosts that mean this machine or a network not of the internet, in every writing that URLs know. */
const privateHosts = [
  ..."127.0.0.1 127.1 127.0.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 127.255.255.254 0 0.0.0.0 0.1.2.3".split(" "),
  ..."10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 169.254.169.254 169.254.0.1 0xa9fea9fe".split(" "),
  ..."100.64.0.1 100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 192.88.99.1 192.31.196.1 192.52.193.1 192.175.48.1".split(
    " ",
  ),
  ..."224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255".split(" "),
  ..."[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::ffff:10.0.0.1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::1]".split(" "),
  ..."[fe80::1] [fc00::1] [fd12:3456:789a::1] [fec0::1] [ff02::1] [100::1] [2001::1] [2001:db8::1] [2002:7f00:1::] [2620:4f:8000::1] [3fff::1] [5f00::1]".split(
    " ",
  ),
  ..."localhost LOCALHOST localhost. a.localhost a.b.localhost. printer.local metadata.google.internal router.home.arpa".split(" "),
  "user:secret@127.0.0.1",
  "%31%32%37.0.0.1",
  "１２７.0.0.1",
  "127。0。0。1",
]

describe("fetching", () => {
  it(`refuses ${privateHosts.length} private hosts without a connection`, async () => {
    assert.ok(privateHosts.length >= 60)
    for (const host of privateHosts) {
      assert.throws(() => refusePrivate(new URL(`http://${host}/`)), /is no address of the public internet|names a private network/, host)
      assert.equal(codeOf(await get(`http://${host}:${port}/`)), "fetch-refused", host)
      assert.equal(codeOf(await get(`https://${host}/`)), "fetch-refused", host)
    }
    assert.equal(connections, 0)
  })
  it("knows public addresses", () => {
    for (const address of ["1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"])
      assert.ok(isPublic(address), address)
  })
  it("refuses a name whose address is private", async () => {
    const error = await new Promise(done => lookupPublic("localhost", {all: true}, done))
    assert.match(String(error), /no address of the public internet/)
  })
  it("refuses other ports", () => assert.throws(() => refusePrivate(new URL("http://93.184.216.34:22/")), /expected the port 80/))
  it("refuses other protocols", () => {
    for (const address of ["ftp://93.184.216.34/", "file:///etc/passwd", "gopher://93.184.216.34/"])
      assert.throws(() => refusePrivate(new URL(address)), /expected http or https/)
  })
})

/** Thirty million zeros in some kilobytes. */
const zeros = new Uint8Array(30_000_000)
const bombs = {
  gzip: gzipSync(zeros, {level: 1}),
  br: brotliCompressSync(zeros, {params: {[constants.BROTLI_PARAM_QUALITY]: 1}}),
  double: gzipSync(gzipSync(zeros, {level: 1})),
}

describe("a host", () => {
  const seen: {path: string; agent: string | undefined; headers: IncomingMessage["headers"]}[] = []
  let robots: {status: number; text: string} = {status: 404, text: ""}
  const answers: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
    "/page": response => response.setHeader("content-type", "text/html; charset=iso-8859-2").end(Buffer.from("<p>\xa3ukasz freed ten men.</p>", "latin1")),
    "/feed": response =>
      response
        .setHeader("content-type", "application/rss+xml")
        .end('<rss version="2.0"><channel><title>x</title><item><link>/1</link><description>Mali freed ten men.</description></item></channel></rss>'),
    "/rows": response => response.setHeader("content-type", "text/plain").end('{"text": "Mali freed ten men."}\n'),
    "/gzip": response => response.setHeader("content-encoding", "gzip").setHeader("content-type", "text/html").end(gzipSync("<p>Mali</p>")),
    "/br": response => response.setHeader("content-encoding", "br").setHeader("content-type", "text/html").end(brotliCompressSync("<p>Mali</p>")),
    "/double": response =>
      response
        .setHeader("content-encoding", "gzip, br")
        .setHeader("content-type", "text/html")
        .end(brotliCompressSync(gzipSync("<p>Mali</p>"))),
    "/triple": response => response.setHeader("content-encoding", "gzip, gzip, gzip").end(gzipSync(gzipSync(gzipSync("<p>Mali</p>")))),
    "/odd": response => response.setHeader("content-encoding", "zstd").end("x"),
    "/bomb": response => response.setHeader("content-encoding", "gzip").setHeader("content-type", "text/html").end(bombs.gzip),
    "/bomb-br": response => response.setHeader("content-encoding", "br").setHeader("content-type", "text/html").end(bombs.br),
    "/bomb-double": response => response.setHeader("content-encoding", "gzip, gzip").setHeader("content-type", "text/html").end(bombs.double),
    "/large": response => response.setHeader("content-type", "text/html").end("x".repeat(6_000_000)),
    "/moved": response => response.writeHead(302, {location: "/page"}).end("x".repeat(10_000)),
    "/moved-bomb": response => response.writeHead(302, {location: "/page", "content-encoding": "gzip"}).end(bombs.gzip),
    "/circle": response => response.writeHead(301, {location: "/circle"}).end(),
    "/inside": response => response.writeHead(302, {location: `http://127.0.0.1:${port}/`}).end(),
    "/inside-6": response => response.writeHead(307, {location: `http://[::1]:${port}/`}).end(),
    "/metadata": response => response.writeHead(302, {location: "http://169.254.169.254/latest/meta-data/"}).end(),
    "/script": response => response.writeHead(302, {location: "file:///etc/passwd"}).end(),
    "/gone": response => response.writeHead(410).end("gone"),
    "/busy": response => response.writeHead(429, {"retry-after": "120"}).end(),
    "/cut": response => {
      response.writeHead(200, {"content-type": "text/html", "content-length": "1000"}).write("<p>")
      response.destroy()
    },
  }
  let server: Server
  let host = ""
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? ""
      seen.push({path, agent: request.headers["user-agent"], headers: request.headers})
      if (path === "/robots.txt") response.writeHead(robots.status).end(robots.text)
      else (answers[path.split("?")[0] ?? ""] ?? (() => response.writeHead(404).end()))(response, request)
    })
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const from = async (path: string) => get(`http://${host}${path}`, {allowPrivate: [host]})
  const gives = async (path: string, expected: Partial<Source>) => {
    const [found] = await from(path)
    assert.ok(found && !isProblem(found), JSON.stringify(found))
    const {place, ...fields} = found
    assert.equal(place.input, `http://${host}${path}`)
    assert.deepEqual(fields, expected)
  }
  const fails = async (path: string, code: string, message: RegExp) => {
    const [found] = await from(path)
    assert.ok(found && isProblem(found), JSON.stringify(found))
    assert.equal(found.code, code, found.message)
    assert.match(found.message, message)
  }

  it("gives a page in the charset that it says", () => gives("/page", {html: "<p>Łukasz freed ten men.</p>", url: `http://${host}/page`}))
  it("gives a feed, whose links are relative to it", () => gives("/feed", {text: "Mali freed ten men.", publisher: "x", url: `http://${host}/1`}))
  it("that says text of everything is not believed", () => gives("/rows", {text: "Mali freed ten men."}))
  it("may send gzip", () => gives("/gzip", {html: "<p>Mali</p>", url: `http://${host}/gzip`}))
  it("may send brotli", () => gives("/br", {html: "<p>Mali</p>", url: `http://${host}/br`}))
  it("may send two codings", () => gives("/double", {html: "<p>Mali</p>", url: `http://${host}/double`}))
  it("may redirect", () => gives("/moved", {html: "<p>Łukasz freed ten men.</p>", url: `http://${host}/page`}))
  it("may redirect with a bomb that is not read", () => gives("/moved-bomb", {html: "<p>Łukasz freed ten men.</p>", url: `http://${host}/page`}))

  it("may not send three codings", () => fails("/triple", "input-too-large", /3 content codings/))
  it("may not send odd codings", () => fails("/odd", "fetch-failed", /zstd/))
  it("may not redirect in circles", () => fails("/circle", "fetch-failed", /more than 5 times/))
  it("is told when it does not have the page", () => fails("/gone", "fetch-failed", /answered 410/))
  it("is told when it is busy", () => fails("/busy", "fetch-failed", /answered 429, to be tried again after 120/))
  it("is told when it breaks off", () => fails("/cut", "fetch-failed", /Cannot fetch/))
  it("may not send more than 5 MiB of a page", () => fails("/large", "input-too-large", /more than 5242880 bytes/))

  for (const path of ["/bomb", "/bomb-br", "/bomb-double"]) {
    it(`may not send a decompression bomb by ${path}`, async () => {
      const before = process.memoryUsage.rss()
      await fails(path, "input-too-large", /more than/)
      assert.ok(process.memoryUsage.rss() - before < 64_000_000)
    })
  }

  it("may not redirect into a private network", async () => {
    const before = connections
    for (const path of ["/inside", "/inside-6", "/metadata", "/script"]) await fails(path, "fetch-refused", /expected|public internet/)
    assert.equal(connections, before)
  })

  it("is sent no credentials, no cookies and this program's name", async () => {
    seen.length = 0
    await get(`http://user:secret@${host}/page#part`, {allowPrivate: [host]})
    assert.deepEqual(
      seen.map(({path}) => path),
      ["/robots.txt", "/page"],
    )
    for (const {agent, headers} of seen) {
      assert.match(agent ?? "", /^communique\/\d/)
      assert.equal(headers.authorization, undefined)
      assert.equal(headers.cookie, undefined)
    }
  })

  it("is asked for robots.txt once, and obeyed", async () => {
    robots = {status: 200, text: "User-agent: *\nDisallow: /gzip"}
    seen.length = 0
    const found: string[] = []
    const addresses = ["/page", "/gzip", "/br"].map(path => `http://${host}${path}`)
    for await (const one of read(addresses, {fetch: {allowPrivate: [host], delayMs: 0}})) found.push(isProblem(one) ? one.code : "read")
    assert.deepEqual(found, ["read", "fetch-refused", "read"])
    assert.deepEqual(
      seen.map(({path}) => path),
      ["/robots.txt", "/page", "/br"],
    )
    robots = {status: 503, text: ""}
    await fails("/page", "fetch-refused", /robots\.txt cannot be had/)
    robots = {status: 404, text: ""}
  })

  it("is given time between requests", async () => {
    const started = performance.now()
    const addresses = ["/page", "/page?2", "/page?3"].map(path => `http://${host}${path}`)
    for await (const one of read(addresses, {fetch: {allowPrivate: [host], delayMs: 150}})) assert.ok(!isProblem(one))
    assert.ok(performance.now() - started >= 290)
  })

  it("that cannot be reached is told", async () => assert.equal(codeOf(await get("http://127.0.0.1:1/", {allowPrivate: true})), "fetch-failed"))
})

describe("allows", () => {
  const robots = `
# comment
User-agent: BadBot
Disallow: /

User-agent: communique
User-agent: other
Allow: /news/open   # part of it
Disallow: /news/
Disallow: /*.pdf$
Disallow: /a*b*c

User-agent: *
Disallow: /private
`
  const may = (path: string, agent = "communique") => assert.equal(allows(robots, agent, path), true, path)
  const mayNot = (path: string, agent = "communique") => assert.equal(allows(robots, agent, path), false, path)

  it("all where nothing is said", () => assert.equal(allows("", "communique", "/x"), true))
  it("what no rule forbids", () => may("/private"))
  it("not what a rule forbids", () => mayNot("/news/closed"))
  it("what a longer rule allows", () => may("/news/open/1"))
  it("not what ends as forbidden", () => mayNot("/x/y.pdf"))
  it("what only begins so", () => may("/x/y.pdf?z"))
  it("not what a pattern matches", () => mayNot("/axxbxxc/d"))
  it("the rules for all to others", () => {
    mayNot("/private/x", "third")
    may("/news/closed", "third")
    mayNot("/", "badbot")
  })
  it("in little time", () => {
    assert.ok(cpuMs(() => allows(`User-agent: *\nDisallow: /${"*a".repeat(100_000)}b`, "x", `/${"a".repeat(100_000)}`)) < 500)
  })
})
