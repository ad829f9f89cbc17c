import {type Problem, printable} from "../0-records/index.ts"

/** A word to the user on standard error: one line, with nothing that could steer the terminal. */
export function tell(line: string): void {
  process.stderr.write(`communique: ${plain(line)}\n`)
}

/** `<input>:<line>: <message> [code]`; what is not known of the place is left out. */
export function problemLine({place, message, code, isWarning}: Problem): string {
  const where = [place.input ?? place.report, place.line].filter(part => part !== undefined).join(":")
  return `${where && `${where}: `}${isWarning ? "warning: " : ""}${message} [${code}]`
}

const plain = (line: string) => printable(line.replace(/\s+/g, " "))

/** `1 quote`, `2,140 quotes` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`
}

/** Seconds since the program began. */
export function seconds(): string {
  return `${(performance.now() / 1000).toFixed(1)} s`
}
