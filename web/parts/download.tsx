import {apiQuery} from "../query.ts"

/** The rows that the filters let pass, as files, and the page's data. */
export function Download({url, unit, besides = {}}: {url: URL; unit: string; besides?: Readonly<Record<string, string | readonly string[]>>}) {
  const query = (format?: string) => apiQuery(url.searchParams, {...besides, unit, ...(format && {format})})
  const quotes = apiQuery(url.searchParams, besides)
  const file = `${url.origin}/api/v1/export?${query("csv")}`
  return (
    <>
      <p class="aside download">
        These {unit}: <a href={`/api/v1/export?${query("csv")}`}>CSV</a>, <a href={`/api/v1/export?${query("jsonl")}`}>JSON Lines</a>. This page’s data:{" "}
        <a href={unit === "quotes" ? `/api/v1/quotes?${quotes}` : `/api/v1/events?${query()}`}>JSON</a>.
      </p>
      <details class="twin snippets">
        <summary>The same rows in R, Python or a shell</summary>
        <pre>
          <code>{`${unit} <- read.csv("${file}")  # R`}</code>
        </pre>
        <pre>
          <code>{`import pandas; ${unit} = pandas.read_csv("${file}")  # Python`}</code>
        </pre>
        <pre>
          <code>{`curl -s '${file.replaceAll("'", "%27")}' > ${unit}.csv`}</code>
        </pre>
      </details>
    </>
  )
}
