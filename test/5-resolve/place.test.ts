import {readFileSync} from "node:fs"
import {describe, expect, it} from "vitest"
import {openKnowledge} from "../../src/5-resolve/knowledge.ts"
import {locate} from "../../src/5-resolve/place.ts"

const knowledge = openKnowledge(new URL("../../knowledge", import.meta.url).pathname)

/** Text, "LEVEL COUNTRY" and, for cities, rounded degrees; then the report's countries. */
type Case = readonly [text: string, answer: string, countries?: string]

const cases: Record<string, readonly Case[]> = {
  "countries come first and are no points": [
    ["Nigeria", "country NGA"],
    ["the Netherlands", "country NLD"],
    ["Mali", "country MLI"],
    ["Mexico", "country MEX"],
    ["Panama", "country PAN"],
    ["Djibouti", "country DJI"],
    ["Lebanon", "country LBN"],
    ["the U.S.", "country USA"],
    ["United Kingdom", "country GBR"],
    ["Republic of Malta", "country MLT"],
    ["Georgia", "country GEO", "GEO RUS"],
    ["Jordan", "country JOR"],
    ["Kosovo", "country XKX"],
  ],
  "continents are no towns": [
    ["Africa", "region -"],
    ["Europe", "region -"],
    ["the Middle East", "region -"],
    ["Latin America", "region -"],
  ],
  "seas lie in no country": [
    ["the South China Sea", "sea -"],
    ["Strait of Hormuz", "sea -"],
    ["the Red Sea", "sea -"],
    ["Black Sea", "sea -"],
    ["Gulf of Aden", "sea -"],
    ["Lake Victoria", "sea -"],
    ["the Strait of Hormuz", "sea -"],
    ["Lake Texas", "unknown -"],
    ["Bay of Texas", "unknown -"],
  ],
  "regions have a country and no point": [
    ["Texas", "region USA"],
    ["California", "region USA"],
    ["Crimea", "region UKR"],
    ["Catalonia", "region ESP"],
    ["northern Mali", "region MLI"],
    ["eastern Ukraine", "region UKR"],
    ["north of Spain", "region ESP"],
    ["southern Lebanon", "region LBN"],
    ["Kharkiv region", "region UKR"],
    ["Georgia", "region USA", "USA"],
    ["Israel-Lebanon border", "region -"],
    ["border with Colombia", "region -"],
  ],
  "cities have a point": [
    ["Nairobi", "city KEN -1 37"],
    ["Beijing", "city CHN 40 116"],
    ["Geneva", "city CHE 46 6"],
    ["Aleppo", "city SYR 36 37"],
    ["New York", "city USA 41 -74"],
    ["Mexico City", "city MEX 19 -99"],
    ["Washington", "city USA 39 -77"],
    ["Kyiv", "city UKR 50 31"],
    ["Brussels", "city BEL 51 4"],
    ["São Paulo", "city BRA -24 -47"],
    ["central Baghdad", "city IRQ 33 44"],
    ["city of Aleppo", "city SYR 36 37"],
    ["outskirts of Nairobi", "city KEN -1 37"],
    ["square in Copenhagen", "city DNK 56 13"],
    ["Copenhagen Climate Change Conference", "city DNK 56 13"],
    ["Srinagar, Jammu and Kashmir, India", "city IND 34 75"],
    ["Hodeida", "city YEM 15 43"],
  ],
  "the phrase decides between namesakes": [
    ["Paris, Texas", "city USA 34 -96"],
    ["Paris", "city FRA 49 2"],
    ["Long Beach, California", "city USA 34 -118"],
    ["Springfield, Illinois", "city USA 40 -90"],
    ["Birmingham, Alabama", "city USA 34 -87"],
    ["Birmingham", "city GBR 52 -2"],
    ["Tripoli, Lebanon", "city LBN 34 36"],
    ["Hyderabad, Pakistan", "city PAK 25 68"],
  ],
  "then the report": [
    ["Tripoli", "city LBN 34 36", "LBN"],
    ["Tripoli", "city LBY 33 13"],
    ["Tripoli", "city LBY 33 13", "LBY ITA"],
    ["Hyderabad", "city PAK 25 68", "PAK"],
    ["Birmingham", "city USA 34 -87", "USA"],
    ["Paris", "city FRA 49 2", "USA"],
    ["Long Beach", "city USA 34 -118", "AUS"],
  ],
  "what is not known stays unknown": [
    ["polling station", "unknown -"],
    ["their offices", "unknown -"],
    ["mosque", "unknown -"],
    ["Qoznyrdistan", "unknown -"],
    ["same area", "unknown -"],
    ["reading room", "unknown -"],
    ["mobile home", "unknown -"],
  ],
}

for (const [name, list] of Object.entries(cases)) {
  describe(name, () => {
    for (const [text, answer, countries] of list) {
      it(countries ? `${text} in a report on ${countries}` : text, () => {
        const {level, country, lat, lon} = locate(text, knowledge, {countries: countries?.split(" ") ?? []})
        expect([level, country ?? "-", ...(lat === null || lon === null ? [] : [Math.round(lat), Math.round(lon)])].join(" ")).toBe(answer)
      })
    }
  })
}

it("finds the places of places.jsonl", () => {
  type Row = {text: string; near?: string[]; country: string | null | (string | null)[]; at: [number, number] | null}
  const rows = readFileSync("test/5-resolve/places.jsonl", "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line) as Row)
  const wrong = {country: [] as string[], point: [] as string[]}
  const points = rows.filter(({at}) => at)
  for (const {text, near, country, at} of rows) {
    const found = locate(text, knowledge, {countries: near ?? []})
    if (country !== "any" && ![country].flat().includes(found.country)) wrong.country.push(`${text}: ${found.country}`)
    if (at && !(kilometres(at, [found.lat ?? 90, found.lon ?? 180]) <= 50)) wrong.point.push(`${text}: ${found.lat}, ${found.lon}`)
  }
  expect(rows.length).toBeGreaterThanOrEqual(300)
  expect(1 - wrong.country.length / rows.length, wrong.country.join("\n")).toBeGreaterThanOrEqual(0.97)
  expect(1 - wrong.point.length / points.length, wrong.point.join("\n")).toBeGreaterThanOrEqual(0.85)
})

/** Of two points in degrees, on a flat map: near enough for short ways. */
function kilometres([lat, lon]: readonly [number, number], [otherLat, otherLon]: readonly [number, number]): number {
  return 111 * Math.hypot(lat - otherLat, (lon - otherLon) * Math.cos((lat * Math.PI) / 180))
}

it("takes half a millisecond of processor time at most", () => {
  const texts = Object.values(cases).flatMap(list => list.map(([text]) => text))
  for (const text of texts) locate(text, knowledge)
  const from = process.cpuUsage()
  for (let round = 0; round < 20; round++) for (const text of texts) locate(text, knowledge)
  expect(process.cpuUsage(from).user / 1000 / (20 * texts.length)).toBeLessThan(0.5)
})
