import type {ComponentChildren} from "preact"
import type {Answer, Failure} from "../ask.ts"

/** What an answer gives when it is here; else what is waited for, or what went wrong and what to do. */
export function Told<T>({answer, children}: {answer: Answer<T>; children: (value: T, path: string) => ComponentChildren}) {
  if (answer.state === "waiting")
    return (
      <p class="waiting" role="status">
        Reading …
      </p>
    )
  if (answer.state === "failed") return <Failed failure={answer.failure} />
  return (
    <div class="told" aria-busy={answer.isOld}>
      {children(answer.value, answer.path)}
    </div>
  )
}

export function Failed({failure}: {failure: Failure}) {
  return (
    <div class="failed" role="alert">
      <p>{failure.message}</p>
      <p>
        <code>{failure.code}</code>
      </p>
    </div>
  )
}

/** Instead of a page about one thing that did not come; `children` lead on from here. */
export function FailedPage({title, failure, children}: {title: string; failure: Failure; children: ComponentChildren}) {
  return (
    <div class="page">
      <h1>{title}</h1>
      <Failed failure={failure} />
      <p>{children}</p>
    </div>
  )
}

/** Instead of a map whose countries did not come. */
export const NoShapes = () => (
  <p class="failed drawn" role="alert">
    Cannot draw the map: the server did not give its shapes. Reload the page to try again; the table says the same.
  </p>
)
