import {readdirSync, readFileSync} from "node:fs"
import {describe, expect, it} from "vitest"
import {statuses} from "../src/0-records/index.ts"
import {openOntology} from "../src/6-code/index.ts"

type Sentence = {
  readonly text: string
  readonly m: readonly (readonly [string, string, string | null])[]
  readonly e: readonly {
    readonly type: string
    readonly mode?: string | null
    readonly trig: string
    readonly status: string
    readonly date?: string | null
    readonly act: string[]
    readonly rec: string[]
    readonly place?: string[]
  }[]
  readonly q: readonly {readonly kind: string; readonly content: string | null; readonly cue?: string | null; readonly speaker?: string | null}[]
}
type Document = {
  readonly id: string
  readonly license: string
  readonly entities: readonly {readonly id: string; readonly name: string}[]
  readonly sentences: readonly Sentence[]
}

const folder = "corpus/original"
const ontology = openOntology("ontologies/plover-2021", "plover-2021")

/** Whether "words" or "words#2" stand in the text so often, as corpus/check.py reads it. */
function stands(span: string, text: string): boolean {
  const [, words = span, count = "1"] = /^(.*)#(\d+)$/su.exec(span) ?? []
  let at = -1
  for (let n = 0; n < Number(count); n++) {
    at = text.indexOf(words, at + 1)
    if (at < 0) return false
  }
  return true
}

function faults({id, license, entities, sentences}: Document): string[] {
  const known = new Set(entities.map(entity => entity.id))
  const found = entities.filter(({name}) => !/^[\p{L}\p{N}"“‘'(]/u.test(name)).map(({name}) => `entity name ${name}`)
  if (!license.startsWith("CC0")) found.push(`licence ${license}`)
  for (const {text, m, e, q} of sentences) {
    const mentions = new Set(m.map(([mention]) => mention))
    const spans = [...m.map(([, span]) => span), ...e.flatMap(({trig, date}) => [trig, date]), ...q.flatMap(({content, cue}) => [content, cue])]
    for (const span of spans) if (span && !stands(span, text)) found.push(`${span} is not in ${text}`)
    for (const [, , entity] of m) if (entity !== null && !known.has(entity)) found.push(`entity ${entity}`)
    for (const mention of [...e.flatMap(({act, rec, place = []}) => [...act, ...rec, ...place]), ...q.flatMap(({speaker}) => speaker ?? [])]) {
      if (!mentions.has(mention)) found.push(`mention ${mention} of ${text}`)
    }
    for (const {type, mode, status} of e) {
      if (!ontology.types.get(type)?.cameo.has(mode ?? "")) found.push(`${type}/${mode}`)
      if (!statuses.some(name => name === status)) found.push(status)
    }
    for (const {kind} of q) if (!["direct", "mixed", "indirect"].includes(kind)) found.push(kind)
  }
  return found.map(fault => `${id}: ${fault}`)
}

describe("corpus", () => {
  it.each(readdirSync(folder).filter(name => name.endsWith(".jsonl")))("%s keeps the guide's form", name => {
    const documents = readFileSync(`${folder}/${name}`, "utf8")
      .trim()
      .split("\n")
      .map(line => JSON.parse(line) as Document)
    expect(documents.length).toBeGreaterThan(0)
    expect(new Set(documents.map(({id}) => id)).size).toBe(documents.length)
    expect(documents.flatMap(faults)).toEqual([])
  })
})
