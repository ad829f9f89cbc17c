import type {Coder} from "../journey.ts"
import type {Call} from "./call.ts"
import {watchInterrupt} from "./interrupt.ts"
import {coderOptionsOf} from "./options.ts"
import {ClosedPipe, type Output, openOutput} from "./output.ts"
import {count, tell} from "./tell.ts"

/** What a verb's work met. */
export type Outcome = {
  /** Reports that were coded, or rows that were answered. */
  readonly done: number
  /** Inputs, reports and rows that failed. */
  readonly failures: number
  /** The closing line: what was written, and in how long. */
  readonly closing: string
}

/** What a verb works with. `signal` asks it to take nothing more and to come to its end. */
export type Tools = {readonly coder: Coder; readonly output: Output; readonly signal: AbortSignal}

/** Opens the output and the coder, lets a verb work, and brings what it wrote to an end, as `write` does. */
export async function run(call: Call, format: string, work: (tools: Tools) => Promise<Outcome>): Promise<number> {
  const options = coderOptionsOf(call)
  return write(call, format, async tools => {
    const {openCoder} = await import("../journey.ts")
    const coder = await openCoder(options)
    const outcome = await work({...tools, coder})
    await coder.close()
    return outcome
  })
}

/**
 * Opens the output, lets a verb work, and brings what it wrote to an end.
 *
 * @param format  of the rows; the closing line stands below a `text` on standard output, and on standard error otherwise
 * @returns the exit code
 */
export async function write(call: Call, format: string, work: (tools: Omit<Tools, "coder">) => Promise<Outcome>): Promise<number> {
  const {signal, exitCode} = watchInterrupt()
  const output = await openOutput(call.value("out"))
  try {
    const {done, failures, closing} = await work({output, signal})
    if (done === 0 && exitCode() === undefined) {
      tell(`nothing was read: ${failures > 0 ? `${count(failures, "input or row", "inputs or rows")} failed` : "the inputs are empty"}`)
      return 1
    }
    const isBelow = format === "text" && !call.has("out")
    if (isBelow && !call.has("quiet")) await output.write(`${closing}\n`)
    await output.commit()
    if (!isBelow && !call.has("quiet")) tell(closing)
    return exitCode() ?? (failures > 0 ? 3 : 0)
  } catch (error) {
    if (error instanceof ClosedPipe) return 0
    throw error
  } finally {
    await output.abandon()
  }
}
