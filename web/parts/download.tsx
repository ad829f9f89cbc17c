import {apiQuery} from "../query.ts"

type DownloadProps = {
  readonly url: URL
  readonly unit: string
  readonly besides?: Readonly<Record<string, string | readonly string[] | null>>
}

/** The forms that hold any rows, and the one that holds places. */
const forms = {csv: "CSV", parquet: "Parquet", jsonl: "JSON Lines", geojson: "GeoJSON"} as const

/** The rows that the filters let pass, as files, and the page's data. */
export function Download({url, unit, besides = {}}: DownloadProps) {
  const fileOf = (format: string) => `/api/v1/export?${apiQuery(url.searchParams, {...besides, unit, format})}`
  const data = unit === "quotes" ? `/api/v1/quotes?${apiQuery(url.searchParams, besides)}` : `/api/v1/events?${apiQuery(url.searchParams, {...besides, unit})}`
  const file = `${url.origin}${fileOf("csv")}`
  const shell = `curl -s '${file.replaceAll("'", "%27")}' > ${unit}.csv`
  const snippets = {
    R: `${unit} <- read.csv("${file}")`,
    Python: `import pandas; ${unit} = pandas.read_csv("${file}")`,
    "SQL, on the Parquet file in DuckDB": `SELECT * FROM '${unit}.parquet'`,
    Shell: shell,
  }
  return (
    <>
      <p class="aside download">
        These {unit}:{" "}
        {Object.entries(forms)
          .filter(([format]) => unit !== "quotes" || format !== "geojson")
          .map(([format, name], at) => (
            <span key={format}>
              {at > 0 && ", "}
              <a href={fileOf(format)} download>
                {name}
              </a>
            </span>
          ))}
        . This page’s data: <a href={data}>JSON</a>.
      </p>
      <details class="twin snippets">
        <summary>The same rows in R, Python, SQL or a shell</summary>
        <dl>
          {Object.entries(snippets).map(([name, code]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <pre>
                  <code>{code}</code>
                </pre>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
