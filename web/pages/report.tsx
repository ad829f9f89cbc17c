import {useEffect} from "preact/hooks"
import {useAnswer} from "../ask.ts"
import {Evidence} from "../parts/evidence.tsx"
import {FailedPage, Told} from "../parts/states.tsx"
import type {ShownReport} from "../records.ts"

/** `/reports/<id>`: one report with its events and quotes beside it. */
export function ReportPage({id}: {id: string}) {
  const answer = useAnswer<ShownReport>(`/api/v1/reports/${encodeURIComponent(id)}`)
  const title = answer.state === "here" ? answer.value.report.title : null
  useEffect(() => {
    document.title = `${title ?? "Report"} – Communique`
  }, [title])
  if (answer.state === "failed")
    return (
      <FailedPage title="Report" failure={answer.failure}>
        <a href="/reports">All reports</a>, or <a href="/try">paste a text</a>
      </FailedPage>
    )
  return <Told answer={answer}>{shown => <Evidence shown={shown} />}</Told>
}
