import {existsSync, readdirSync, readFileSync} from "node:fs"
import {join} from "node:path"
import type {Expected} from "./score.ts"

/** A folder of test/journeys: a report as it came, and what must come out of it. Exactly one of `text` and `html` is set. */
export type Case = {readonly name: string; readonly title?: string; readonly text?: string; readonly html?: string; readonly expected: Expected}

/** All cases by name, or the one that the variable CASE names. */
export function readCases(only: string | undefined = process.env.CASE): Case[] {
  const root = import.meta.dirname
  const names = readdirSync(root, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() && entry.name === (only ?? entry.name) ? [entry.name] : []))
  return names.sort().map(name => readCase(name, join(root, name)))
}

function readCase(name: string, folder: string): Case {
  const expected: Expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"))
  const page = join(folder, "report.html")
  if (existsSync(page)) return {name, html: readFileSync(page, "utf8"), expected}
  const [title = "", ...text] = readFileSync(join(folder, "report.txt"), "utf8").split("\n\n")
  return {name, title, text: text.join("\n\n"), expected}
}
