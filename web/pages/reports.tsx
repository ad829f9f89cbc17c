import {useEffect} from "preact/hooks"
import {useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {Paging} from "../parts/filters.tsx"
import {NumberCells, NumberHeads} from "../parts/numbers.tsx"
import {Told} from "../parts/states.tsx"
import type {ProblemList, ReportList} from "../records.ts"
import {count, writeDay} from "../words.ts"

/** `/reports`: what can be read. */
export function ReportsPage() {
  const url = useAddress()
  const cursor = url.searchParams.get("cursor")
  const path = `/api/v1/reports?limit=100${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`
  const answer = useAnswer<ReportList>(path)
  const problems = useAnswer<ProblemList>("/api/v1/problems?limit=1")
  useEffect(() => {
    document.title = "Reports – Communique"
  }, [])
  return (
    <div class="page">
      <h1>Reports</h1>
      <Told answer={answer}>
        {({reports, next, total}) => (
          <>
            <p class="lead">
              {total === 0 ? "There is no report here yet. " : `${count(total, "report")}.`}
              {problems.state === "here" && problems.value.problems.length > 0 && (
                <>
                  {" "}
                  Some inputs gave no report, or a warning: <a href="/runs">what went wrong</a>.
                </>
              )}
            </p>
            {total === 0 ? (
              <p>
                <a href="/try">Paste a text</a>, or stop the server and open a file: <code>communique open report.txt</code>
              </p>
            ) : (
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">Report</th>
                    <th scope="col">Published</th>
                    <NumberHeads names={["Mentions", "Events", "Quotes", "Problems"]} />
                  </tr>
                </thead>
                <tbody>
                  {reports.map(({id, title, publisher, published, mentions, events, quotes, problems}) => (
                    <tr key={id}>
                      <th scope="row">
                        <a href={`/reports/${encodeURIComponent(id)}`} dir="auto">
                          {title ?? id}
                        </a>
                        {publisher && (
                          <>
                            {" "}
                            <a class="aside" href={`/explore?publisher=${encodeURIComponent(publisher)}`}>
                              <bdi>{publisher}</bdi>
                            </a>
                          </>
                        )}
                      </th>
                      <td class="day" data-label="">
                        {published ? <time dateTime={published}>{writeDay(published)}</time> : "no date"}
                      </td>
                      <NumberCells cells={{Mentions: mentions, Events: events, Quotes: quotes, Problems: problems || ""}} />
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <Paging url={url} next={next} />
          </>
        )}
      </Told>
      <p class="aside download">
        This page’s data: <a href={path}>JSON</a>.
      </p>
    </div>
  )
}
