import {CoderError, type Problem, type ProblemCode, problemOf} from "../0-records/index.ts"
import type {Coder} from "../journey.ts"
import type {Call, Option} from "./call.ts"
import {until, watchInterrupt} from "./interrupt.ts"
import {answerFormat, isTerminal, out, quiet, threads, threadsOf} from "./options.ts"
import {ClosedPipe, openOutput} from "./output.ts"
import {type InputRow, readRows} from "./rows.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

/** What `relate` and `resolve` have in common: rows in, an answer for each, in the same order. */

export const answerOptions: readonly Option[] = [answerFormat, out, threads, quiet]

/** How a verb answers a row. */
export type Answering = {
  /** The code of a row that cannot be read. */
  readonly code: ProblemCode
  /** @throws CoderError where the row, not the run, is at fault */
  readonly answer: (row: InputRow, coder: Coder) => Promise<Answer>
}

/** An answer as it is written, and as a line to read. */
export type Answer = {readonly record: object; readonly line: string}

/** Answers the rows of the inputs and writes the answers. Gives the exit code. */
export async function answerRows(call: Call, {code, answer}: Answering): Promise<number> {
  const threadCount = threadsOf(call)
  const isText = (call.value("format") ?? (isTerminal(call) ? "text" : "jsonl")) === "text"
  const {signal, exitCode} = watchInterrupt()
  const output = await openOutput(call.value("out"))
  let answers = 0
  let failures = 0
  const report = (problem: Problem) => {
    failures++
    tell(problemLine(problem))
  }
  try {
    const {openCoder} = await import("../journey.ts")
    const coder = await openCoder(threadCount === undefined ? {} : {threads: threadCount})
    for await (const row of until(signal, readRows(call.inputs, code))) {
      if ("code" in row) {
        report(row)
        continue
      }
      try {
        const {record, line} = await answer(row, coder)
        await output.write(`${isText ? line : JSON.stringify(record)}\n`)
        answers++
      } catch (error) {
        if (!(error instanceof CoderError) || error.code === "output-failed") throw error
        report(problemOf(error, row.place))
      }
    }
    const isNothing = answers === 0 && exitCode() === undefined
    if (!isNothing) await output.commit()
    if (isNothing) tell(`nothing was read: ${failures > 0 ? `${count(failures, "row or input", "rows or inputs")} failed` : "the inputs hold no row"}`)
    else if (!call.has("quiet")) tell(`${count(answers, "answer")}, ${count(failures, "problem")} in ${seconds()}`)
    await coder.close()
    return exitCode() ?? (isNothing ? 1 : failures > 0 ? 3 : 0)
  } catch (error) {
    if (error instanceof ClosedPipe) return 0
    throw error
  } finally {
    await output.abandon()
  }
}
