import {appendFileSync, existsSync, readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {beforeAll, describe, expect, it} from "vitest"
import {openDuckDB} from "../../src/8-store/duckdb.ts"
import {openStore, type Store} from "../../src/8-store/index.ts"
import {migrate, upgrades} from "../../src/8-store/migrate.ts"
import {openPostgres} from "../../src/8-store/postgres.ts"
import {actor, event, quote, text} from "../9-export/rows.ts"
import {coded, coding, scratch} from "./coded.ts"
import {hasPostgres, type Server, startPostgres} from "./postgres.ts"
import {questions} from "./questions.ts"

const another = {...coding, coder: {...coding.coder, model: "sha256:other"}, day: "2026-11-28"}
const statuses = ["actual", "actual", "intended", "negated", "background", "actual", "hypothetical"] as const
const types = ["ACCUSE", "CONSULT", "COERCE", "AID"]
const countries = ["CHN", "VEN", "USA", "NOR"]

/** Reports that differ in all that can be asked for. */
const reports = Array.from({length: 12}, (_, n) => {
  const side = (at: number) =>
    at % 5 === 4
      ? actor("Sudmark", {name: "Élodie Åberg", kind: "person", country: null, code: null})
      : actor("Sudmark", {
          name: countries[at % 4]!,
          country: countries[at % 4]!,
          sector: at % 3 === 0 ? "GOV" : null,
          code: `${countries[at % 4]}${at % 3 === 0 ? "GOV" : ""}`,
        })
  const day = `2026-0${1 + (n % 2)}-${String(1 + n).padStart(2, "0")}`
  const events = Array.from({length: 4}, (_, at) => {
    const k = n * 4 + at
    return event({
      id: `r1/${at + 1}`,
      event: `r1/${at === 3 ? 1 : at + 1}`,
      type: types[k % 4]!,
      mode: k % 3 === 0 ? null : "allege",
      status: statuses[k % 7]!,
      quad: (1 + (k % 4)) as 1 | 2 | 3 | 4,
      intensity: k % 6 === 0 ? null : ((k * 37) % 200) / 10 - 10,
      contexts: k % 2 === 0 ? ["economic", "diplomatic"] : [],
      actors: [side(k), side(k + 1)],
      recipients: k % 3 === 1 ? [] : [side(k + 2)],
      date: k % 8 === 7 ? null : {from: day, to: k % 9 === 8 ? "2026-12-31" : day, basis: "implied", text: null, start: null, end: null},
      place: k % 3 === 0 ? null : {...event().place!, name: k % 2 === 0 ? "Örebro" : "Lunden", country: k % 4 === 1 ? null : "NOR"},
      sentence: {index: at, text: at % 2 === 0 ? "Die GRÖSSE, die Größe of the fisheries." : "Fishermen accused “them”.", start: 0, end: 20},
      confidence: ((k * 61) % 1000) / 1000,
    })
  })
  return coded(
    {
      id: `r${n}`,
      publisher: n % 3 === 0 ? "Österreich Daily" : n % 3 === 1 ? "The Example" : null,
      published: n === 5 ? null : day,
      title: n % 2 === 0 ? "Harbour" : null,
    },
    {events, quotes: n % 2 === 0 ? [quote({confidence: n / 12}), quote({id: "r1/q2", speaker: null, cue: null})] : [], words: `${text} It was ${n}.`},
  )
})

/** The same history everywhere: two runs, a changed text, problems. */
async function fill(store: Store): Promise<void> {
  for (const report of reports) await store.add(report, coding)
  for (const report of reports.slice(0, 6)) await store.add({...report, events: report.events.slice(1).map(each => ({...each, mode: "demand"}))}, another)
  await store.add(coded({id: "r3", publisher: "Österreich Daily"}, {words: `${text} It was changed.`}), another)
  const problem = {code: "input-missing", message: 'Cannot read "z"', place: {input: "a.txt"}, isWarning: false} as const
  for (const message of ["Cannot b", "Cannot Ä", "Cannot a", "Cannot B"]) await store.addProblem({...problem, message}, coding.day)
  await store.addProblem({...problem, place: {input: "b.txt", line: 3}}, another.day)
}

describe.skipIf(!hasPostgres)("a store on PostgreSQL", () => {
  let server: Server
  let address: string
  let shared: Store
  let file: Store
  const path = join(scratch(), "copy.duckdb")
  beforeAll(async () => {
    server = await startPostgres()
    address = await server.database()
    shared = await openStore(address, {make: true})
    file = await openStore(":memory:", {make: true})
    await Promise.all([fill(shared), fill(file)])
  }, 300_000)

  it.each(questions)("answers as DuckDB does: %s", async (_, ask) => {
    const [ours, theirs] = await Promise.all([ask(shared), ask(file)])
    expect(JSON.stringify(ours, null, 1)).toBe(JSON.stringify(theirs, null, 1))
  })

  it("is copied whole to a DuckDB file, which answers the same", async () => {
    await shared.backup(path)
    const copy = await openStore(path)
    for (const [name, ask] of questions.filter((_, at) => at % 6 === 0))
      expect([name, JSON.stringify(await ask(copy))]).toEqual([name, JSON.stringify(await ask(shared))])
    await copy.close()
    await expect(shared.backup(path)).rejects.toThrow("found a file of that name")
    expect(existsSync(`${path}.part`)).toBe(false)
  }, 240_000)

  it.each(["DuckDB", "PostgreSQL"])("answers the same, by the same indexes, once it was brought up from version 4, on %s", async kind => {
    const at = kind === "DuckDB" ? join(scratch(), "older.duckdb") : await server.database()
    const store = await openStore(at, {make: true})
    await fill(store)
    // What cleaning left out no older store has kept.
    const known = (answer: unknown) => JSON.stringify(answer).replaceAll('"dropped":[]', '"dropped":null')
    const answers = (of: Store) => Promise.all(questions.map(async ([name, ask]) => `${name}: ${known(await ask(of))}`))
    const before = await answers(store)
    expect((await store.places({})).points.length).toBeGreaterThan(0)
    await store.close()
    const database = await (kind === "DuckDB" ? openDuckDB(at) : openPostgres(at))
    const indexes = async () =>
      kind === "DuckDB" ? [] : (await database.all("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")).map(row => row.indexdef)
    const made = await indexes()
    const later = upgrades.slice(3).join(";")
    for (const [, name] of kind === "DuckDB" ? [] : later.matchAll(/CREATE INDEX (\w+)/g)) await database.all(`DROP INDEX ${name}`)
    for (const [, table, column] of later.matchAll(/ALTER TABLE (\w+) ADD COLUMN (\w+)/g)) await database.all(`ALTER TABLE ${table} DROP COLUMN ${column}`)
    for (const [, table] of later.matchAll(/CREATE TABLE (\w+)/g)) await database.all(`DROP TABLE ${table}`)
    await database.all("UPDATE store SET version = 4")
    await migrate(database)
    expect(await indexes()).toEqual(made)
    await database.close()
    const again = await openStore(at)
    expect((await answers(again)).filter((answer, at) => answer !== before[at])).toEqual([])
    await again.close()
  })

  it("takes several writers at a time, and each report once", async () => {
    const at = await server.database()
    const stores = await Promise.all([1, 2, 3].map(() => openStore(at, {make: true})))
    const outcomes = (await Promise.all(stores.flatMap(store => reports.slice(0, 4).map(report => store.add(report, coding))))).map(({outcome}) => outcome)
    expect(outcomes.sort()).toEqual([...Array(4).fill("added"), ...Array(8).fill("known")])
    const numbers = await server.ask(
      "SELECT count(*)::INTEGER AS n, count(DISTINCT number)::INTEGER AS distinct, max(number)::INTEGER AS last FROM mentions",
      at,
    )
    expect(numbers).toEqual([{n: 16, distinct: 16, last: 16}])
    for (const store of stores) await store.close()
  })

  it("forgets a report, and its bytes are in no table's file", async () => {
    const at = await server.database()
    const store = await openStore(at, {make: true})
    await store.add(coded({id: "a"}, {words: `${text} zqxjk7731`}), coding)
    await store.add(coded({id: "b"}), coding)
    const holds = async () => {
      await server.ask("CHECKPOINT", at)
      const [row] = await server.ask("SELECT current_setting('data_directory') || '/' || pg_relation_filepath('reports') AS path", at)
      return readFileSync(String(row!.path)).includes("zqxjk7731")
    }
    expect(await holds()).toBe(true)
    expect(await store.forget({report: "a"})).toMatchObject({reports: 1, mentions: 1})
    expect(await holds()).toBe(false)
    expect((await store.reports({})).rows.map(({id}) => id)).toEqual(["b"])
    await store.close()
  })

  it("tells what stops, and goes on when the server is there again", async () => {
    const at = await server.database()
    const store = await openStore(at, {make: true})
    await store.add(reports[0]!, coding)
    server.stop()
    await expect(store.add(reports[1]!, coding)).rejects.toMatchObject({code: "store-failed"})
    await expect(openStore(at)).rejects.toMatchObject({code: "store-unreadable", message: expect.stringContaining("no server answers there")})
    server.start()
    expect(await store.add(reports[1]!, coding)).toMatchObject({outcome: "added", report: 2})
    await store.close()
  })

  it.runIf(process.platform === "linux")("loses nothing where the server's disk is full, and says so", async () => {
    const small = await startPostgres({mostKiB: 1536})
    const at = await small.database()
    const store = await openStore(at, {make: true})
    // Texts that cannot be packed.
    const noise = (n: number) => Array.from({length: 20_000}, (_, at) => ((((n * 20_000 + at + 1) * 2_654_435_761) >>> 5) % 1_000_003).toString(36)).join(" ")
    const added: string[] = []
    let full: unknown
    for (let n = 0; n < 100 && !full; n++) {
      const report = coded({id: `r${n}`}, {words: `${text} ${noise(n)}`})
      await store.add(report, coding).then(
        () => added.push(report.report.id),
        error => {
          full = error
        },
      )
    }
    expect(full).toMatchObject({
      code: "store-failed",
      message: expect.stringMatching(/^Cannot work on the store "postgres:.*": could not (extend|write to) file /),
    })
    expect(added.length).toBeGreaterThan(0)
    const held = async () => (await store.reports({}, {limit: 1000})).rows.map(({id}) => id).sort()
    expect(await held()).toEqual([...added].sort())
    expect((await store.count({}, "mentions")).count).toBe(added.length)
    // What still has room goes in.
    expect(await store.add(coded({id: "short"}), coding)).toMatchObject({outcome: "added"})
    expect(await held()).toEqual([...added, "short"].sort())
    await store.close()
  })

  it("is read by who may not write", async () => {
    await server.ask("CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", address)
    const name = new URL(address).pathname.slice(1)
    const reader = await openStore(server.address(name, {user: "reader"}), {isReader: true})
    expect(await reader.count({}, "events")).toEqual(await shared.count({}, "events"))
    await expect(reader.add(reports[0]!, {...coding, day: "2026-12-01"})).resolves.toMatchObject({outcome: "known"})
    await expect(reader.add(coded({id: "new"}), coding)).rejects.toMatchObject({code: "store-failed", message: expect.stringContaining("permission denied")})
    await reader.close()
  })

  it("may be asked and not written where the database is read-only", async () => {
    const at = await server.database()
    const store = await openStore(at, {make: true})
    await store.add(reports[0]!, coding)
    await store.close()
    await server.ask(`ALTER DATABASE ${new URL(at).pathname.slice(1)} SET default_transaction_read_only = on`)
    const reader = await openStore(at, {isReader: true})
    expect((await reader.count({}, "events")).ingested).toBe(1)
    await expect(reader.add(reports[1]!, coding)).rejects.toMatchObject({code: "store-failed", message: expect.stringContaining("read-only transaction")})
    await reader.close()
  })

  describe("that cannot be opened", () => {
    const says = async (at: string, ...words: string[]) => {
      const error = await openStore(at, {make: true}).then(
        () => new Error("it opened"),
        error => error as Error,
      )
      expect(error).toMatchObject({name: "CoderError", code: "store-unreadable"})
      for (const word of words) expect(error.message).toContain(word)
      expect(error.message).not.toContain("s3cret")
    }
    it("says that there is no such database", () => says(server.address("nowhere", {password: "s3cret"}), '"nowhere" does not exist'))
    it("says that no server is there", () => says(server.address("any", {password: "s3cret", port: 1}), "no server answers there", "127.0.0.1:1"))
    it("says that the address is none", () => says("postgres://u:s3cret@[bad/x", "expected postgres://user@host:port/database"))
    it("says that the password is wrong, or needed", async () => {
      await server.ask("CREATE ROLE guarded LOGIN PASSWORD 'other'")
      const [hba] = await server.ask("SELECT setting FROM pg_settings WHERE name = 'hba_file'")
      const hbaFile = String(hba!.setting)
      const before = readFileSync(hbaFile, "utf8")
      writeFileSync(hbaFile, "host all guarded 127.0.0.1/32 scram-sha-256\n")
      appendFileSync(hbaFile, before)
      await server.ask("SELECT pg_reload_conf()")
      await expect
        .poll(
          () =>
            server.ask("SELECT 1 AS one", server.address("postgres", {user: "guarded"})).then(
              () => "let in",
              error => String(error),
            ),
          {timeout: 20_000},
        )
        .toContain("password")
      await says(server.address("postgres", {user: "guarded", password: "s3cret"}), 'password authentication failed for user "guarded"')
      await says(server.address("postgres", {user: "guarded"}), "the server wants a password")
    })
    it("says that another program's tables are there, or none", async () => {
      const at = await server.database()
      await expect(openStore(at)).rejects.toThrow("found a database without tables")
      await server.ask("CREATE TABLE store (n INTEGER); CREATE TABLE sales (n INTEGER)", at)
      await says(at, "other tables")
    })
  })
})
