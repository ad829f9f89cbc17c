import {parseArgs} from "node:util"
import {CoderError} from "../0-records/index.ts"
import {nearest} from "./nearest.ts"

/** A flag of a verb; one without `takes` is a switch. */
export type Option = {
  readonly name: string
  readonly short?: string
  /** What stands for the value in the help, such as `FILE`. */
  readonly takes?: string
  readonly about: string
  /** The only values it may have; with `isList`, any of them joined by commas. */
  readonly values?: readonly string[]
  readonly isList?: boolean
}

/** A word after `communique`. */
export type Verb = {
  readonly name: string
  readonly about: string
  /** What stands for the inputs in the help, such as `INPUT...`; empty for a verb that takes none. */
  readonly inputs: string
  /** What the inputs may be, in whole lines of the help. */
  readonly notes: readonly string[]
  readonly options: readonly Option[]
  readonly examples: readonly string[]
  /** Does the work; gives the exit code. */
  readonly run: (call: Call) => Promise<number>
}

/** A verb with what stood after it on the command line, checked against the verb's options. */
export type Call = {
  readonly verb: Verb
  readonly inputs: readonly string[]
  /** The value of an option; `undefined` where it was not given. */
  readonly value: (option: string) => string | undefined
  /** The values of an option that is a list; `undefined` where it was not given. */
  readonly list: (option: string) => readonly string[] | undefined
  readonly has: (option: string) => boolean
}

export const helpOption: Option = {name: "help", short: "h", about: "print this help"}

/**
 * Reads the words after a verb.
 *
 * @throws CoderError `call-wrong`, with the nearest option or value where one is near
 */
export function readCall(verb: Verb, words: readonly string[]): Call {
  const options = [...verb.options, helpOption]
  const {tokens, positionals} = parseArgs({
    args: [...words],
    options: Object.fromEntries(options.map(({name, short, takes}) => [name, {type: takes ? "string" : "boolean", ...(short && {short})} as const])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const given = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind !== "option") continue
    const option = options.find(({name}) => name === token.name)
    if (!option)
      throw unknown(
        `option "${token.rawName}" of ${verb.name}`,
        token.rawName,
        options.map(({name}) => `--${name}`),
      )
    given.set(option.name, checked(option, token.value, token.inlineValue))
  }
  return {
    verb,
    inputs: positionals,
    value: option => given.get(option),
    list: option =>
      given
        .get(option)
        ?.split(",")
        .map(value => value.trim()),
    has: option => given.has(option),
  }
}

/** @throws CoderError `call-wrong` */
function checked({name, takes, values, isList}: Option, value: string | undefined, isInline: boolean | undefined): string {
  if (!takes) {
    if (value !== undefined) throw new CoderError("call-wrong", `Cannot use "--${name}=${value}": expected "--${name}" with no value`)
    return ""
  }
  const looksLikeOption = !isInline && value !== undefined && value.startsWith("-") && value !== "-"
  if (value === undefined || value === "" || looksLikeOption) throw new CoderError("call-wrong", `Cannot use "--${name}": expected "--${name} ${takes}"`)
  for (const one of isList ? value.split(",").map(part => part.trim()) : [value]) {
    if (values && !values.includes(one)) throw unknown(`"${one}" as --${name}`, one, values)
  }
  return value
}

/** The error for a word that is none of `known`. */
export function unknown(what: string, word: string, known: readonly string[]): CoderError {
  const near = nearest(word, known)
  return new CoderError("call-wrong", `Cannot use ${what}: expected ${orList(known)}${near === undefined ? "" : `; did you mean "${near}"?`}`)
}

/** `a, b or c` */
export function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`
}
