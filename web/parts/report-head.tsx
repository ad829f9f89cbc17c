import type {ReportRef} from "../../src/0-records/index.ts"
import {writeDay} from "../words.ts"

/** Title, publisher, day and address of a report. */
export function ReportHead({report: {title, publisher, published, url}}: {report: ReportRef}) {
  return (
    <header class="report-head">
      <h1 dir="auto">{title ?? "Untitled report"}</h1>
      <p>
        {publisher && <bdi>{publisher}</bdi>}
        {publisher && " · "}
        {published ? <time dateTime={published}>{writeDay(published)}</time> : <span>no date: words like “on Tuesday” stay unresolved</span>}
        {url && (
          <>
            {" · "}
            <Outside url={url} />
          </>
        )}
      </p>
    </header>
  )
}

/** A link that leaves the viewer; an address that is not of the web is shown and leads nowhere. */
export function Outside({url}: {url: string}) {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  if (!isWeb) return <span class="id">{url}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {new URL(url).host}
    </a>
  )
}
