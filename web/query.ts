/** The filters that an address may hold, by the names that the API gives them, and how a chip names each. */
export const filters: Readonly<Record<string, string>> = {
  side: "who or whom",
  actor: "who",
  recipient: "whom",
  dyad: "between",
  country: "country",
  sector: "sector",
  type: "type",
  mode: "mode",
  quad: "class",
  context: "context",
  status: "status",
  minConfidence: "confidence from",
  since: "since",
  until: "until",
  place: "place",
  box: "on the map within",
  text: "words",
  about: "about",
  cue: "said by the word",
  reportText: "words of the report",
  publisher: "publisher",
  report: "report",
  story: "story",
  event: "event",
  run: "run",
  asOf: "as of",
}

/** The query of an API route: the filters of an address, and what the route takes besides. */
export function apiQuery(address: URLSearchParams, besides: Readonly<Record<string, string | readonly string[] | null>> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of address) if (name in filters) query.append(name, value)
  for (const [name, value] of Object.entries(besides)) {
    query.delete(name)
    for (const one of value === null ? [] : [value].flat()) query.append(name, one)
  }
  return query.toString()
}

/** How far a reader has come in a list, which other filters begin anew. */
const places = ["cursor", "row"]

/** The chips of an address: each filter with its value and the address without it. A dyad is one chip. */
export function chipsOf(url: URL): {readonly name: string; readonly value: string; readonly without: string}[] {
  const chips: {name: string; value: string; without: string}[] = []
  for (const [name, value] of url.searchParams) {
    if (!(name in filters) || (name === "dyad" && chips.some(chip => chip.name === "dyad"))) continue
    const rest = new URLSearchParams(
      [...url.searchParams].filter(([other, its]) => !places.includes(other) && !(other === name && (name === "dyad" || its === value))),
    )
    chips.push({name, value: name === "dyad" ? url.searchParams.getAll("dyad").join(" and ") : value, without: hrefOf(url.pathname, rest)})
  }
  return chips
}

/** An address with more filters; what is there already stays. */
export function withFilters(url: URL, more: Readonly<Record<string, string | null>>, path = url.pathname): string {
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => !places.includes(name)))
  for (const [name, value] of Object.entries(more)) {
    if (value === null || value === "") query.delete(name)
    else query.set(name, value)
  }
  return hrefOf(path, query)
}

export const hrefOf = (path: string, query: URLSearchParams) => (query.size > 0 ? `${path}?${query}` : path)

/** The last day of a period that begins on `from`. */
export function lastDay(from: string, by: string): string {
  const day = new Date(`${from}T00:00:00Z`)
  if (by === "week") day.setUTCDate(day.getUTCDate() + 6)
  if (by === "month") day.setUTCMonth(day.getUTCMonth() + 1, 0)
  if (by === "year") day.setUTCFullYear(day.getUTCFullYear() + 1, 0, 0)
  return day.toISOString().slice(0, 10)
}

/** The first days of all periods from that of the first key to that of the last. */
export function periodsBetween(first: string, last: string, by: string): string[] {
  const periods: string[] = []
  const day = new Date(`${first}T00:00:00Z`)
  for (let key = first; key <= last && periods.length < 2000; key = day.toISOString().slice(0, 10)) {
    periods.push(key)
    if (by === "month") day.setUTCMonth(day.getUTCMonth() + 1)
    else if (by === "year") day.setUTCFullYear(day.getUTCFullYear() + 1)
    else day.setUTCDate(day.getUTCDate() + (by === "week" ? 7 : 1))
  }
  return periods
}
