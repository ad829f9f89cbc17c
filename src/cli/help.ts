import {formats} from "../1-read/index.ts"
import {helpOption, type Option, type Verb} from "./call.ts"

export const about = "Communique reads news and writes down who did what to whom, when, where, in whose words and how sure it is."

/** The help of the whole command. */
export function helpOfAll(verbs: readonly Verb[]): string {
  return [
    about,
    "",
    "Usage: communique VERB ... [options]",
    "",
    ...table(verbs.map(({name, about}) => [name, about])),
    "",
    "Options:",
    ...table([
      ["--help, -h", "print this help; after a verb, the verb's"],
      ["--version", "print the version"],
    ]),
    "",
    "Examples:",
    ...verbs.map(({examples}) => `  ${examples[0]}`),
    "",
    "Rows go to standard output, all else to standard error. Exit codes: 0 all well, 1 failure, 2 wrong call, 3 some inputs failed and the",
    "rest is written, 130 stopped by Ctrl-C with what was finished written.",
    "",
  ].join("\n")
}

/** The help of one verb. */
export function helpOf({name, about, inputs, notes, options, examples}: Verb): string {
  return [
    `communique ${name}: ${about}`,
    "",
    `Usage: communique ${[name, inputs, "[options]"].filter(Boolean).join(" ")}`,
    "",
    ...notes,
    ...(options.some(({name}) => name === "as")
      ? table(formats.map(({name, extensions, about}) => [`${name.padEnd(8)}  ${extensions.join(" ")}`, about]))
      : []),
    "",
    "Options:",
    ...table([...options, helpOption].map(option => [flags(option), option.about])),
    "",
    "Examples:",
    ...examples.map(example => `  ${example}`),
    "",
  ].join("\n")
}

const flags = ({name, short, takes}: Option) => `--${name}${short ? `, -${short}` : ""}${takes ? ` ${takes}` : ""}`

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([head]) => head.length))
  return rows.map(([head, text]) => `  ${head.padEnd(width)}  ${text}`)
}
