import {CoderError, type Problem, type ProblemCode, problemOf} from "../0-records/index.ts"
import type {Coder} from "../journey.ts"
import type {Call, Option} from "./call.ts"
import {until} from "./interrupt.ts"
import {answerFormat, answerFormatOf, out, quiet, threads} from "./options.ts"
import {type InputRow, readRows} from "./rows.ts"
import {run} from "./run.ts"
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
  const format = answerFormatOf(call)
  return run(call, format, async ({coder, output, signal}) => {
    let done = 0
    let failures = 0
    const report = (problem: Problem) => {
      failures++
      tell(problemLine(problem))
    }
    for await (const row of until(signal, readRows(call.inputs, code))) {
      if ("code" in row) {
        report(row)
        continue
      }
      try {
        const {record, line} = await answer(row, coder)
        await output.write(`${format === "text" ? line : JSON.stringify(record)}\n`)
        done++
      } catch (error) {
        if (!(error instanceof CoderError) || error.code === "output-failed") throw error
        report(problemOf(error, row.place))
      }
    }
    return {done, failures, closing: `${count(done, "answer")}, ${count(failures, "problem")} in ${seconds()}`}
  })
}
