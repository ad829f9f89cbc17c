import {addDays, CoderError, type Day, daysBetween, type Group, weekday} from "../0-records/index.ts"
import {openKnowledge} from "../5-resolve/index.ts"
import {openStore, type Query} from "../8-store/index.ts"
import {knowledgeFolder} from "../folders.ts"
import {countLine, lazily, queryOf, timelineFilters, whoOf} from "./asking.ts"
import type {Verb} from "./call.ts"
import {groupsTable, sparkline} from "./groups.ts"
import {answerFormat, answerFormatOf, out, quiet, storeOf, storeOption} from "./options.ts"
import {write} from "./run.ts"
import {count, seconds} from "./tell.ts"

const periods = ["day", "week", "month", "year"] as const
type Period = (typeof periods)[number]

export const dyad: Verb = {
  name: "dyad",
  about: "draw what two sides did to each other over time",
  inputs: "A B",
  notes: [
    "A and B are countries (CHN or China), codes (USAGOV) or names. Cooperation is quads 1 and 2, conflict quads 3 and 4; each bar is the events of a period.",
    "Without --by the period is the shortest that gives at most 60 of them.",
  ],
  options: [
    storeOption,
    {name: "by", takes: "PERIOD", values: periods, about: "day, week, month or year"},
    {name: "directed", about: "only what A did to B"},
    ...timelineFilters,
    answerFormat,
    out,
    quiet,
  ],
  examples: ["communique dyad CHN VEN --store project.duckdb --since 2025-01-01", "communique dyad Kenya Uganda --store project.duckdb --directed --by week"],
  run: async call => {
    const path = storeOf(call)
    const [first, second, ...more] = call.inputs
    if (first === undefined || second === undefined || more.length > 0) {
      throw new CoderError("call-wrong", `Cannot draw ${count(call.inputs.length, "side")}: expected two, as in "communique dyad CHN VEN"`)
    }
    const knowledge = lazily(() => openKnowledge(knowledgeFolder))
    const sides = [whoOf(first, knowledge), whoOf(second, knowledge)] as const
    const {isDirected: _, ...asked} = queryOf({...call, has: option => option !== "directed" && call.has(option)})
    const query: Query = {...asked, dyad: sides, isDirected: call.has("directed")}
    const format = answerFormatOf(call)
    return write(call, format, async ({output}) => {
      const store = await openStore(path, {isReader: true})
      try {
        const counted = await store.count(query, "events")
        const by = (call.value("by") as Period | undefined) ?? shortest((await store.aggregate(query, {by: "day"})).groups)
        const {groups, ungrouped} = await store.aggregate(query, {by})
        const filled = fill(groups, by)
        if (format !== "text") for (const group of filled) await output.write(`${JSON.stringify(group)}\n`)
        else if (filled.length > 0)
          await output.write(drawing(filled, by, sides.map(side => (typeof side === "string" ? side : side.name)).join(query.isDirected ? " → " : " ↔ ")))
        const outside = ungrouped > 0 ? `; ${count(ungrouped, "event")} in no ${by}: without a day, or longer` : ""
        return {done: 1, failures: 0, closing: `${countLine(counted)}${outside} in ${seconds()}`}
      } finally {
        await store.close()
      }
    })
  },
}

const mostPeriods = 60

/** The shortest period of which the days span at most `mostPeriods`. */
function shortest(days: readonly Group[]): Period {
  const [first, last] = [days[0]?.key, days.at(-1)?.key]
  if (first === undefined || last === undefined) return "month"
  const length = daysBetween(first, last) + 1
  return periods.find((_, at) => length / [1, 7, 30, 365][at]! <= mostPeriods) ?? "year"
}

/** Every period from the first to the last, those without an event too. */
function fill(groups: readonly Group[], by: Period): Group[] {
  const [first, last] = [groups[0], groups.at(-1)]
  if (!first || !last) return []
  const known = new Map(groups.map(group => [group.key, group]))
  const filled: Group[] = []
  for (let key = first.key; key <= last.key; key = following(key, by)) {
    filled.push(known.get(key) ?? {...first, key, count: 0, cooperation: 0, conflict: 0, meanIntensity: null, reports: 0, per1000: null})
  }
  return filled
}

function following(from: Day, by: Period): Day {
  if (by === "day") return addDays(from, 1)
  if (by === "week") return addDays(from, 8 - (weekday(from) || 7))
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  const [nextYear, nextMonth] = by === "year" ? [year + 1, 1] : month === 12 ? [year + 1, 1] : [year, month + 1]
  return `${nextYear}-${String(nextMonth).padStart(2, "0")}-01`
}

function drawing(groups: readonly Group[], by: Period, title: string): string {
  const total = (of: (group: Group) => number) => groups.reduce((sum, group) => sum + of(group), 0)
  const line = (name: string, of: (group: Group) => number) => `${name.padEnd(11)}  ${sparkline(groups.map(of))}  ${count(total(of), "event")}`
  const range = `${groups[0]!.key} to ${groups.at(-1)!.key}`
  return [
    `${title}, events by ${by}, ${range}`,
    line("cooperation", group => group.cooperation),
    line("conflict", group => group.conflict),
    "",
    groupsTable(
      groups.filter(group => group.count > 0),
      by,
    ),
  ].join("\n")
}
