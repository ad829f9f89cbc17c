import {mkdtempSync, readFileSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {day} from "../../src/0-records/index.ts"
import {identify, officesOf, openKnowledge, withOwn} from "../../src/5-resolve/index.ts"
import {locate} from "../../src/5-resolve/place.ts"

const knowledge = openKnowledge(new URL("../../knowledge", import.meta.url).pathname)

function lists(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "communique-lists-"))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

/** The example below each heading of docs/knowledge.md. */
function shown(file: string): string {
  const page = readFileSync(new URL("../../docs/knowledge.md", import.meta.url), "utf8")
  const section = page.split(/^## /m).find(part => part.startsWith(file)) ?? ""
  return [...section.matchAll(/^ {4}(?!communique)(.+)$/gm)].map(([, line]) => line).join("\n")
}

const files = Object.fromEntries(["actors.csv", "offices.csv", "places.csv"].map(file => [file, shown(file)]))
const own = withOwn(knowledge, lists(files))
const codeOf = (text: string, date: string) => identify({text, date: day(date)}, own)?.code

describe("the lists of docs/knowledge.md", () => {
  it("name a group within its days", () => expect([codeOf("NDM fighters", "2025-03-01"), codeOf("NDM", "2020-03-01")]).toEqual(["ETHREB", undefined]))
  it("name the holder of an office, and after it one of the elite", () => {
    expect(identify({text: "Fijian foreign minister", date: day("2017-03-03")}, own)?.name).toBe("Ratu Vosa")
    expect([codeOf("Foreign Minister Vosa", "2017-03-03"), codeOf("Ratu Vosa", "2020-03-03")]).toEqual(["FJIGOV", "FJIELI"])
  })
  it("place a camp", () => expect(locate("Camp Zulu", own)).toMatchObject({country: "SOM", lat: 2.1, lon: 45.2, level: "city"}))
  it("leave all else as it was", () => {
    const phrases = ["Kremlin spokesman Dmitry Peskov", "Hamas", "French and German officials", "Lagos residents"]
    expect(phrases.map(text => identify({text}, own))).toEqual(phrases.map(text => identify({text}, knowledge)))
  })
})

it("comes before the tables", () => {
  const other = withOwn(
    knowledge,
    lists({
      "actors.csv": "name,kind,country,sector\nHamas,company,BRA,BUS\nBoris Johnson,person,CAN,LAB\n",
      "places.csv": "name,country,level,lat,lon\nParis,ARE,city,24,54\n",
    }),
  )
  expect([identify({text: "Hamas"}, other)?.code, identify({text: "Boris Johnson"}, other)?.code]).toEqual(["BRABUS", "CANLAB"])
  expect(locate("Paris", other)).toMatchObject({country: "ARE", lat: 24})
})

it("tells what somebody held, with the days where it has some", () => {
  const other = withOwn(
    knowledge,
    lists({
      "actors.csv": "name,kind,country,sector\nBo Olu,person,KEN,\n",
      "offices.csv": "name,duty,country,from\nAna Tui,foreign,FJI,2016-03-01\n",
    }),
  )
  const flags = {isOpen: false, isRecalled: false}
  expect(officesOf("Bo Olu", other)).toEqual([{name: "Bo Olu", country: "KEN", duty: "listed", sector: null, from: null, to: null, ...flags}])
  expect(officesOf("ana tui", other)).toEqual([{name: "Ana Tui", country: "FJI", duty: "foreign", sector: "GOV", from: "2016-03-01", to: null, ...flags}])
  expect(officesOf("Ana Tui", knowledge)).toEqual([])
})

it("changes the hash with every byte of the lists", () => {
  const changed = withOwn(knowledge, lists({...files, "places.csv": `${files["places.csv"]}\n`}))
  expect(new Set([knowledge.hash, own.hash, changed.hash]).size).toBe(3)
  expect(withOwn(knowledge, lists(files)).hash).toBe(own.hash)
})

describe("a wrong list is told with file and line", () => {
  const told = (file: string, text: string, message: RegExp, line?: number) => {
    const folder = lists({[file]: text})
    expect(() => withOwn(knowledge, folder)).toThrow(
      expect.objectContaining({code: "knowledge-unreadable", message: expect.stringMatching(message), place: {input: join(folder, file), ...(line && {line})}}),
    )
  }
  it("of an unknown country", () => told("actors.csv", "name,kind,country\nA,company,TUR\nB,company,TURK\n", /"TURK" as country/, 3))
  it("of an unknown kind", () => told("actors.csv", "name,kind\nA,firm\n", /"firm" as kind/, 2))
  it("of a day", () => told("offices.csv", "name,duty,from\nA B,foreign,03/04/2016\n", /as from, expected YYYY-MM-DD/, 2))
  it("of days turned round", () => told("offices.csv", "name,duty,from,to\nA B,foreign,2016-01-02,2016-01-01\n", /not before from/, 2))
  it("of a city without its point", () => told("places.csv", "name,country,level\nA,SOM,city\n", /degrees/, 2))
  it("of too few cells, after a cell of two lines", () => told("actors.csv", 'name,kind\n"A\nB",company\nC\n', /1 cells, expected 2/, 4))
  it("of a column", () => told("actors.csv", "name,kind,land\n", /the column "land"/, 1))
  it("of a missing column", () => told("places.csv", "name,country\n", /no column "level"/, 1))
  it("of a folder with none", () => {
    const folder = lists({"people.csv": ""})
    expect(() => withOwn(knowledge, folder)).toThrow(/found none of actors.csv/)
  })
})
