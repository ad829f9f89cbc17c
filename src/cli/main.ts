#!/usr/bin/env node
import {readFileSync} from "node:fs"
import {setFlagsFromString} from "node:v8"
import {CoderError, problemOf} from "../0-records/index.ts"
import {actors} from "./actors.ts"
import {backup} from "./backup.ts"
import {readCall, unknown, type Verb} from "./call.ts"
import {code} from "./code.ts"
import {comparing} from "./compare.ts"
import {completion} from "./completion.ts"
import {corpus} from "./corpus.ts"
import {corrections} from "./corrections.ts"
import {demo} from "./demo.ts"
import {dyad} from "./dyad.ts"
import {evaluate} from "./eval.ts"
import {exporting} from "./export.ts"
import {forget} from "./forget.ts"
import {gather} from "./gather.ts"
import {helpOf, helpOfAll} from "./help.ts"
import {importing} from "./import.ts"
import {ingest} from "./ingest.ts"
import {open} from "./open.ts"
import {query} from "./query.ts"
import {quotes} from "./quotes.ts"
import {recode} from "./recode.ts"
import {relate} from "./relate.ts"
import {resolve} from "./resolve.ts"
import {merge, split} from "./rule.ts"
import {runs} from "./runs.ts"
import {sample} from "./sample.ts"
import {serve} from "./serve.ts"
import {problemLine, tell} from "./tell.ts"

// What lives on waits for a full collection: one at 1.4 times what is held, not at twice or more, saves some 50 MiB.
setFlagsFromString("--heap-growing-percent=40")

/** A new verb is one file and its name here. */
const working: readonly Verb[] = [
  code,
  quotes,
  relate,
  resolve,
  open,
  serve,
  ingest,
  query,
  dyad,
  exporting,
  importing,
  comparing,
  recode,
  gather,
  merge,
  split,
  runs,
  actors,
  forget,
  backup,
  corrections,
  corpus,
  evaluate,
  sample,
  demo,
]
const verbs: readonly Verb[] = [...working, completion(working)]

async function main([word, ...rest]: readonly string[]): Promise<number> {
  if (word === undefined) return print(process.stderr, helpOfAll(verbs), 2)
  if (word === "--help" || word === "-h" || word === "help") return print(process.stdout, helpOfAll(verbs), 0)
  if (word === "--version") return print(process.stdout, `communique ${version()}\n`, 0)
  const names = verbs.map(({name}) => name)
  const verb = verbs.find(({name}) => name === word)
  if (!verb) throw unknown(`"${word}" as a verb`, word, names)
  const call = readCall(verb, rest)
  if (call.has("help")) return print(process.stdout, helpOf(verb), 0)
  if (call.inputs.length === 0 && verb.inputs !== "") return print(process.stderr, helpOf(verb), 2)
  if (call.inputs.length > 0 && verb.inputs === "") throw new CoderError("call-wrong", `Cannot use "${call.inputs[0]}": ${verb.name} takes options only`)
  return verb.run(call)
}

function print(to: NodeJS.WriteStream, text: string, exitCode: number): number {
  to.write(text)
  return exitCode
}

function version(): string {
  const {version} = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {version: string}
  return version
}

// A reader that leaves early ("| head") is no failure; output.ts sees to the rows.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})

try {
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof CoderError)) throw error
  const isWrongCall = error.code === "call-wrong"
  tell(problemLine(problemOf(error)))
  if (isWrongCall) tell(`see "communique --help"`)
  process.exit(isWrongCall ? 2 : 1)
}
