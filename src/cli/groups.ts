import {type Group, printable} from "../0-records/index.ts"
import type {Grouping} from "../8-store/index.ts"

/** Counts as a table to read. */
export function groupsTable(groups: readonly Group[], by: Grouping): string {
  if (groups.length === 0) return ""
  const head = [by, groups[0]!.unit, "cooperation", "conflict", "mean intensity", "reports", "per 1,000 reports"]
  const rows = groups.map(({key, dyad, count, cooperation, conflict, meanIntensity, reports, per1000}) => [
    dyad ? dyad.join(" → ") : printable(key),
    ...[count, cooperation, conflict].map(number => number.toLocaleString("en-US")),
    meanIntensity?.toFixed(1) ?? "–",
    reports.toLocaleString("en-US"),
    per1000?.toFixed(1) ?? "–",
  ])
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map(row => row[column]!.length)))
  const line = (cells: readonly string[]) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ")
  return `${[head, ...rows].map(line).join("\n")}\n\n`
}

/** Counts with a header, as docs/store.md names the columns. */
export function groupsCsv(groups: readonly Group[], by: Grouping): string {
  const keys = by === "dyad" ? ["actor", "recipient"] : [by]
  const head = [...keys, "unit", "count", "cooperation", "conflict", "mean_intensity", "reports", "per_1000_reports"]
  const rows = groups.map(({key, dyad, unit, count, cooperation, conflict, meanIntensity, reports, per1000}) =>
    [...(dyad ?? [key]), unit, count, cooperation, conflict, meanIntensity, reports, per1000].map(cell).join(","),
  )
  return `${[head.join(","), ...rows].join("\n")}\n`
}

/** A text that a spreadsheet would take for a formula gets a leading apostrophe, as in the layout csv. */
export function cell(value: string | number | null): string {
  if (value === null) return ""
  if (typeof value === "number") return String(value)
  const safe = /^[=+\-@\t\r\0]/.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const bars = "▁▂▃▄▅▆▇█"

/** A number for each column, the greatest at full height; nothing is a blank, so that it differs from little. */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(...numbers)
  return numbers.map(number => (number === 0 ? " " : bars[Math.ceil((number / most) * bars.length) - 1])).join("")
}
