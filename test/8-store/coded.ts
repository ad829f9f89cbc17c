import {mkdtempSync, rmSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {afterAll} from "vitest"
import type {EventRecord, Quote, ReportRef} from "../../src/0-records/index.ts"
import {type Coding, type Kept, openStore, type Store} from "../../src/8-store/index.ts"
import {event, quote, text} from "../9-export/rows.ts"

/** A report as the journey hands it over, with the rows of test/9-export/rows.ts unless told otherwise. */
export function coded(
  report: Partial<ReportRef> = {},
  {events = [event()], quotes = [quote()], words = text}: {events?: readonly EventRecord[]; quotes?: readonly Quote[]; words?: string} = {},
): Kept {
  const ref: ReportRef = {...event().report, url: null, ...report}
  const renamed = <Row extends EventRecord | Quote>(row: Row): Row => ({...row, id: row.id.replace(/^r1/, ref.id), report: ref})
  return {
    report: ref,
    text: words,
    sentences: [{start: 0, end: 71}],
    events: events.map(row => ({...renamed(row), event: row.event.replace(/^r1/, ref.id)})),
    quotes: quotes.map(renamed),
    dropped: [],
    problems: [],
  }
}

export const coding: Coding = {coder: event().coder, machine: "x64", floor: 0.25, day: "2026-11-25"}

/** A folder that goes when the tests of the file have run. */
export function scratch(): string {
  const path = mkdtempSync(join(tmpdir(), "communique-test-"))
  afterAll(() => rmSync(path, {recursive: true, force: true}))
  return path
}

/** A store in memory with these reports, coded one after another. */
export const storeWith = (...reports: readonly Kept[]): Promise<Store> => storeIn(":memory:", ...reports)

/** A new store of this name with these reports. */
export async function storeIn(name: string, ...reports: readonly Kept[]): Promise<Store> {
  const store = await openStore(name, {make: true})
  for (const report of reports) await store.add(report, coding)
  return store
}
