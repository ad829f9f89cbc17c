import {groupings, type Query, type Store} from "../../src/8-store/index.ts"

/** Every filter at least once, alone and together. */
const queries: Readonly<Record<string, Query>> = {
  nothing: {},
  "all statuses": {status: "all", minConfidence: 0},
  "two statuses": {status: ["negated", "background"]},
  confidence: {minConfidence: 0.5},
  actor: {actor: ["CHN"]},
  "actor's name, in other letters": {actor: ["élodie ÅBERG"]},
  "a role's code": {side: ["USAGOV"]},
  recipient: {recipient: ["VEN", "USA"]},
  dyad: {dyad: ["CHN", "VEN"], status: "all"},
  "directed dyad": {dyad: ["USA", "VEN"], isDirected: true},
  group: {
    side: [
      {
        name: "The Group",
        members: [
          {country: "CHN", from: "2026-01-03", to: "2026-02-01"},
          {country: "VEN", from: null, to: null},
        ],
      },
    ],
  },
  "country and sector": {country: ["USA"], sector: ["GOV"]},
  "type and mode": {type: ["ACCUSE", "CONSULT"], mode: ["allege"]},
  quad: {quad: [3, 4]},
  context: {context: ["economic"]},
  days: {since: "2026-01-05", until: "2026-02-02", status: "all"},
  place: {place: ["ÖREBRO", "NOR"]},
  box: {box: [10, 55, 20, 62]},
  "box over the 180th meridian": {box: [170, -60, 20, 62]},
  words: {text: "größe fish"},
  "part of a word": {text: "ische"},
  "words of the report": {reportText: "norland harbour"},
  publisher: {publisher: ["Österreich Daily", "The Example"]},
  report: {report: "r7"},
  run: {run: 1, status: "all", minConfidence: 0},
  "as of a day": {asOf: "2026-11-27"},
  "run and day": {run: 2, asOf: "2026-11-30", status: "all"},
  "marks of SQL": {side: ["'; DROP TABLE mentions; --"], text: "x' OR 'y"},
}

const ofQuotes: Readonly<Record<string, Query>> = {
  nothing: {},
  speaker: {actor: ["ada berg"]},
  "words and days": {text: "SILENT", since: "2026-01-02", until: "2026-01-20"},
  country: {country: ["NOR"], minConfidence: 0.5},
  "whom they are about": {about: ["VEN"]},
  "whom they are about, by a name": {about: ["Ada Berg", "nobody"]},
  cue: {cue: "sai"},
}

/** One question and its name. */
export type Question = readonly [string, (store: Store) => Promise<unknown>]

/** Pages of three until there is no more. */
async function paged<Kind>(
  ask: (page: {limit: number; after?: string}) => Promise<{readonly rows: readonly Kind[]; readonly next: string | null}>,
): Promise<readonly Kind[]> {
  const all: Kind[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const {rows, next} = await ask({limit: 3, ...(after && {after})})
    all.push(...rows)
    after = next
  }
  return all
}

/** All questions that a store takes; each back end must answer them alike. */
export const questions: readonly Question[] = [
  ...Object.entries(queries).flatMap(([name, query]): Question[] => [
    [`events by ${name}`, store => store.events(query)],
    [`mentions by ${name}, in pages`, store => paged(page => store.mentions(query, page))],
    [`events by ${name} but the first two`, store => store.events(query, {limit: 3, skip: 2})],
    [`count by ${name}`, async store => [await store.count(query, "events"), await store.count(query, "mentions")]],
    [`months by ${name}`, store => store.aggregate(query, {by: "month"})],
    [`facets by ${name}`, store => store.facets(query, {limit: 3})],
    [`reports by ${name}`, async store => (query.run === undefined ? store.reports(query) : null)],
  ]),
  ...groupings.flatMap((by): Question[] => [
    [`groups by ${by}`, store => store.aggregate({}, {by})],
    [`mentions of all statuses grouped by ${by}, five of them`, store => store.aggregate({status: "all", minConfidence: 0}, {by, unit: "mentions", limit: 5})],
  ]),
  ...Object.entries(ofQuotes).flatMap(([name, query]): Question[] => [
    [`quotes by ${name}`, store => store.quotes(query)],
    [`quotes by ${name}, in pages`, store => paged(page => store.quotes(query, page))],
    [`count of quotes by ${name}`, store => store.count(query, "quotes")],
  ]),
  ["a report", store => store.report("r7")],
  ["a report by an older run", store => store.report("r4", 1)],
  ["a report in two versions", store => store.report("r3")],
  ["no report", store => store.report("none")],
  ["reports, in pages", store => paged(page => store.reports({}, page))],
  ["reports as listed, in pages", store => paged(page => store.listed(page))],
  ["actors", store => store.actors()],
  ["actors by the beginning of a name", store => store.actors({begins: "ÉLO"})],
  ["actors by the beginning of a code", store => store.actors({begins: "usa", limit: 2})],
  ["who somebody is", store => store.told("Ada Berg")],
  ["whom a country's code means, two of them", store => store.told("VEN", {limit: 2})],
  ["whom nobody means", store => store.told("nobody")],
  ["places", store => store.places({}, {limit: 1})],
  ["places of all mentions in a box", store => store.places({status: "all", box: [10, 55, 20, 62]}, {unit: "mentions"})],
  ["the first and last day", store => store.span()],
  ["runs", store => store.runs()],
  ["problems, in pages", store => paged(page => store.problems(page))],
  ["what a run has not coded", store => store.uncoded({run: 2})],
  ["what no run has coded since a day", store => store.uncoded({run: null, since: "2026-01-10", after: 2, limit: 4})],
  ["changes from run to run", store => store.changes(1, 2)],
]
