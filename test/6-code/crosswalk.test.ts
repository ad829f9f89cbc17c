import {mkdtempSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import type {EventRecord} from "../../src/0-records/index.ts"
import {openCrosswalk, openOntology, recast} from "../../src/6-code/index.ts"

const plover = openOntology("ontologies/plover-2021", "plover-2021")
const acled = openCrosswalk("ontologies/acled-like", plover)

/** An event as "ASSAULT/aerial MIL>CVL status": sectors of its sides, `~` for a bare country, nothing for nobody. */
function event(told: string, contexts: readonly string[] = []): EventRecord {
  const [kind = "", sides = ">", status = "actual"] = told.split(" ")
  const [type, mode = null] = kind.split("/")
  const [actors, recipients] = sides.split(">").map(list => list.split("+").flatMap(sector => (sector ? [{sector: sector === "~" ? null : sector}] : [])))
  return {type, mode, status, contexts, actors, recipients} as unknown as EventRecord
}

/** The code of an event, with its finer one. */
function code(told: string, contexts?: readonly string[]): string | null {
  const {also} = recast(event(told, contexts), acled)
  return also?.code ? [also.code, also.sub].filter(Boolean).join("/") : null
}

describe("ontologies/acled-like", () => {
  it("tells fights from attacks on civilians by who was hit", () => {
    expect(code("ASSAULT/firearms MIL>REB")).toBe("battle/armed clash")
    expect(code("ASSAULT REB>COP+CVL")).toBe("battle/armed clash")
    expect(code("ASSAULT UAF>CVL")).toBe("violence against civilians/attack")
    expect(code("ASSAULT/abduct REB>MED")).toBe("violence against civilians/abduction")
  })
  it("tells violence from afar by its means, whoever was hit", () => {
    expect(code("ASSAULT/drone ~>~")).toBe("remote violence/air or drone strike")
    expect(code("ASSAULT/heavy-weapons MIL>CVL")).toBe("remote violence/shelling or missile")
  })
  it("tells protests, force against them and riots apart", () => {
    expect(code("PROTEST/demo PRO>GOV")).toBe("protest/peaceful")
    expect(code("ASSAULT/crowd-control COP>PRO")).toBe("protest/with intervention")
    expect(code("ASSAULT/firearms COP>PRO")).toBe("protest/excessive force")
    expect(code("PROTEST/riot PRO>")).toBe("riot/violent demonstration")
    expect(code("ASSAULT/beat CVL>REF")).toBe("riot/mob violence")
  })
  it("knows developments without violence", () => {
    expect(code("COERCE/arrest COP>OPP")).toBe("strategic development/arrest")
    expect(code("RETREAT/ceasefire REB>")).toBe("strategic development/agreement")
    expect(code("AGREE REB>GOV", ["peacekeeping"])).toBe("strategic development/agreement")
  })
  it("gives none where nothing tells", () => {
    expect(code("ASSAULT ~>~")).toBeNull()
    expect(code("PROTEST/strike LAB>BUS")).toBeNull()
    expect(code("CONSULT GOV>GOV")).toBeNull()
    expect(code("AGREE REB>GOV", ["economic"])).toBeNull()
    for (const status of ["intended", "hypothetical", "negated", "background"]) expect(code(`ASSAULT MIL>REB ${status}`)).toBeNull()
  })
  it("names itself and its bytes in each event", () =>
    expect(recast(event("PROTEST PRO>"), acled).also).toMatchObject({ontology: "acled-like", hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/)}))
})

describe("openCrosswalk", () => {
  const wrong = (csv: string) => {
    const folder = mkdtempSync(join(tmpdir(), "crosswalk-"))
    writeFileSync(join(folder, "crosswalk.csv"), csv)
    try {
      openCrosswalk(folder, plover)
    } catch (error) {
      const {code, message, place} = error as {code: string; message: string; place: {line?: number}}
      return `${code} line ${place.line}: ${message}`
    }
    return "read"
  }
  it("tells a wrong row with its line", () => {
    expect(wrong("type,code\nASSAULT,a\n\nASAULT,b\n")).toBe(
      'ontology-unreadable line 4: Cannot read the crosswalk: found "ASAULT" as type, expected types of PLOVER',
    )
    expect(wrong("type,code\nASSAULT,a,b\n")).toMatch(/line 2: .*found 3 cells, expected 2/)
    expect(wrong("type,code\nASSAULT,\n")).toMatch(/line 2: .*found no code/)
    expect(wrong("recipient,code\ncivilians,a\n")).toMatch(/line 2: .*"civilians" as recipient/)
    expect(wrong("type,kode\nASSAULT,a\n")).toMatch(/line 1: .*the column "kode"/)
    expect(wrong("type\nASSAULT\n")).toMatch(/line 1: .*no column "code"/)
    expect(wrong("type,code\n")).toMatch(/found no row/)
  })
  it("reads columns in any order, and takes the first row that fits", () => {
    const folder = mkdtempSync(join(tmpdir(), "crosswalk-"))
    writeFileSync(join(folder, "crosswalk.csv"), "\ufeffcode,recipient,type\nalone,-,ASSAULT\nelse,,\n")
    const own = openCrosswalk(folder, plover)
    expect([recast(event("ASSAULT MIL>"), own).also?.code, recast(event("ASSAULT MIL>CVL"), own).also?.code]).toEqual(["alone", "else"])
  })
  it("tells a folder without one", () => expect(() => openCrosswalk("docs", plover)).toThrow(/found no file/))
})
