import {once} from "node:events"
import {createServer} from "node:net"
import {describe, expect, it} from "vitest"
import {communique} from "./command.ts"
import {folder} from "./folder.ts"
import {serving} from "./serving.ts"

const text = "Kenya accused Uganda of holding three of its fishermen."

describe("open", () => {
  it("shows a report without a store, and ends when asked to", async () => {
    const cwd = folder({"report.txt": text})
    let shown: {events: {type: string}[]; report: {id: string; published: string}} | undefined
    const {code, err} = await serving(
      ["open", "report.txt", "--published", "2026-03-12", "--no-browser", "--port", "0"],
      async address => {
        expect((await fetch(address)).headers.get("content-type")).toMatch(/^text\/html/)
        shown = (await (await fetch(address.replace("/reports/", "/api/v1/reports/"))).json()) as typeof shown
      },
      {cwd},
    )
    expect(shown?.events[0]?.type).toBe("ACCUSE")
    expect(shown?.report.published).toBe("2026-03-12")
    expect(err).toMatch(/1 report coded in .* nothing is stored; Ctrl-C ends it/)
    expect(code).toBe(0)
  })

  it("shows several as a list, and tells of those that cannot be read", async () => {
    const cwd = folder({"rows.jsonl": `${JSON.stringify({id: "a/b", text})}\n{oops\n${JSON.stringify({id: "c", text})}\n`})
    const {err} = await serving(
      ["open", "rows.jsonl", "--no-browser", "--port", "0"],
      async address => {
        expect(address).toMatch(/\/reports$/)
        const {reports} = (await (await fetch(address.replace(/reports$/, "api/v1/reports"))).json()) as {reports: {id: string}[]}
        expect(reports.map(({id}) => id)).toEqual(["c", "a/b"])
      },
      {cwd},
    )
    expect(err).toMatch(/rows\.jsonl:2: Cannot read the row.*\[row-unreadable\]/)
  })

  it("does not serve where nothing could be read", async () => {
    const {code, err, out} = await communique(["open", "nowhere.txt", "--no-browser"])
    expect([code, out]).toEqual([1, ""])
    expect(err).toMatch(/nothing was read: 1 input or row failed/)
  })
})

describe("serve", () => {
  it("codes what is sent to it", async () => {
    const {code} = await serving(["serve", "--port", "0"], async address => {
      const response = await fetch(`${address}api/v1/code`, {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({text})})
      expect(((await response.json()) as {events: {type: string}[]}).events[0]?.type).toBe("ACCUSE")
    })
    expect(code).toBe(0)
  })

  it.each([["0.0.0.0"], ["192.168.1.4"], ["::"], ["news.example"]])("lets nobody else in at %s without a token", async host => {
    const {code, err} = await communique(["serve", "--host", host], {env: {COMMUNIQUE_TOKEN: ""}})
    expect(code).toBe(2)
    expect(err).toMatch(/without a token, since others can reach it: set COMMUNIQUE_TOKEN/)
  })

  it("takes no short token", async () =>
    expect((await communique(["serve", "--host", "0.0.0.0"], {env: {COMMUNIQUE_TOKEN: "short"}})).err).toMatch(/found 5 characters, expected 16/))

  it("says who has the port", async () => {
    const other = createServer().listen(0, "127.0.0.1")
    await once(other, "listening")
    const {port} = other.address() as {port: number}
    const {code, err} = await communique(["serve", "--port", `${port}`])
    other.close()
    expect(code).toBe(1)
    expect(err).toMatch(/Cannot listen at 127\.0\.0\.1:\d+: another program listens there.*\[port-unusable\]/)
  })

  it("takes no input", async () => expect((await communique(["serve", "report.txt"])).err).toMatch(/serve takes options only/))
})
