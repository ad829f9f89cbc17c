import rows from "./countries.json" with {type: "json"}

/** A country as a map draws it; `scripts/countries.js` made the table. */
export type Country = {
  readonly code: string
  /** ISO 3166's number, three digits, as Natural Earth's shapes carry it. */
  readonly number: string | null
  readonly name: string
  /** The capital, or the most populous city where the tables know none; `null` where there is neither. */
  readonly capital: {readonly name: string; readonly lon: number; readonly lat: number} | null
}

/** By ISO 3166 alpha-3 code, and `XKX`. */
export const countries: ReadonlyMap<string, Country> = new Map(
  (rows as [string, string | null, string, string | null, number | null, number | null][]).map(([code, number, name, capital, lon, lat]) => [
    code,
    {code, number, name, capital: capital === null ? null : {name: capital, lon: lon!, lat: lat!}},
  ]),
)

/** A country's name; what is no country's code stands for itself. */
export const nameOf = (party: string) => countries.get(party)?.name ?? party

/** Those too small for Natural Earth's 1:50 million shapes, or drawn there as parts of another: they cannot be shaded. */
export const unshaped: ReadonlySet<string> = new Set("BES BVT CCK CXR GIB GLP GUF MTQ MYT REU SJM TKL TUV UMI".split(" "))
