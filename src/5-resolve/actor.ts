import type {Day, Identity} from "../0-records/index.ts"
import {type Knowledge, keyOf, type Named, plain} from "./knowledge.ts"

/** The words of one mention, with what helps to tell namesakes apart. */
export type Phrase = {
  readonly text: string
  /** The sentence or the report's title. */
  readonly context?: string
  /** The report's day: offices change hands. */
  readonly date?: Day | null
  /** The country that the report is mostly about, ISO 3166 alpha-3. */
  readonly country?: string | null
}

/** An identity with the rule that gave it and the words that the rule went by. */
export type Resolution = {readonly identity: Identity; readonly rule: string; readonly words: string}

/**
 * Says whom the words of one mention mean by themselves.
 *
 * @returns `undefined` where nothing can be said: not knowing is an answer
 */
export function identify(phrase: Phrase, knowledge: Knowledge): Identity | undefined {
  return explain(phrase, knowledge)?.identity
}

/** As `identify`, with the reason. */
export function explain(phrase: Phrase, knowledge: Knowledge): Resolution | undefined {
  const words = bare(phrase.text)
  const named = named_(words, knowledge)[0]
  if (!named) return undefined
  const {name, kind, country, sector} = named
  const code = country || sector ? `${country ?? ""}${sector ?? ""}` : null
  return {identity: {name, kind, country, sector, code, basis: named.as === "country" || named.as === "nationality" ? "stated" : "known"}, rule: "name", words}
}

/** The country of a phrase that is a country, nationality, capital or seat of government: ISO 3166 alpha-3. */
export function countryOf(text: string, knowledge: Knowledge): string | undefined {
  const found = named_(bare(text), knowledge).find(({as}) => as === "country" || as === "nationality" || as === "capital" || as === "seat")
  return found?.country ?? undefined
}

/** The CAMEO role code that the words of `text` say by themselves. */
export function sectorOf(text: string, knowledge: Knowledge): string | undefined {
  return identify({text}, knowledge)?.sector ?? undefined
}

/** Whether `word` is a noun for a role that people hold or play: "minister", "rebels". */
export function isRoleNoun(word: string, knowledge: Knowledge): boolean {
  const key = keyOf(word)
  return knowledge.roles.has(key) || knowledge.roles.has(key.replace(/s$/, ""))
}

const bare = (text: string) =>
  text
    .trim()
    .replace(/^(?:the|a|an)\s+/i, "")
    .replace(/['’]s?$/, "")

function named_(words: string, knowledge: Knowledge): readonly Named[] {
  return (knowledge.names.get(keyOf(words)) ?? []).filter(({form}) => /^[a-z]/.test(form) || plain(words)[0] === form[0])
}
