import {type ChildProcess, spawn} from "node:child_process"
import {once} from "node:events"
import {join} from "node:path"
import {inject} from "vitest"

export type Ran = {readonly code: number | null; readonly out: string; readonly err: string}

export type RunOptions = {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
  /** Gets the running command, to write to it or to stop it; its standard input then stays open. */
  readonly during?: (child: ChildProcess) => void | Promise<void>
}

/** The command as it ships. */
export const main = () => join(inject("built"), "dist/cli/main.js")

/** Runs `communique` as a user would, with neither input nor output a terminal. */
export async function communique(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runProgram(process.execPath, [main(), ...words], options)
}

/** Runs a line in bash, where `communique` is the command. */
export async function shell(line: string, options: RunOptions = {}): Promise<Ran> {
  return runProgram("bash", ["-c", `communique() { "${process.execPath}" "${main()}" "$@"; }\n${line}`], options)
}

async function runProgram(program: string, words: readonly string[], {cwd, env, input, during}: RunOptions): Promise<Ran> {
  const child = spawn(program, words, {cwd, env: {...process.env, ...env}})
  let out = ""
  let err = ""
  child.stdout.setEncoding("utf8").on("data", text => {
    out += text
  })
  child.stderr.setEncoding("utf8").on("data", text => {
    err += text
  })
  child.stdin.on("error", () => {}) // A command that ends early closes its input.
  if (!during) child.stdin.end(input ?? "")
  const [[code]] = await Promise.all([once(child, "close"), during?.(child)])
  return {code: code as number | null, out, err}
}

/** The objects of JSON Lines. */
export function rowsOf<Row = Record<string, unknown>>(lines: string): Row[] {
  return lines
    .split("\n")
    .filter(line => line !== "")
    .map(line => JSON.parse(line) as Row)
}
