import type {ComponentChildren} from "preact"
import {useEffect} from "preact/hooks"
import type {Count} from "../../src/0-records/index.ts"
import type {Answer} from "../ask.ts"
import {Download} from "./download.tsx"
import {Chips, Choice, Counted, eventFields, FilterForm, moreEventFields} from "./filters.tsx"
import {Told} from "./states.tsx"

/** What the map and the network begin and end with: filters, how many pass them, what is counted and in which steps of time; and the rows as files. */
export function DrawnPage({
  title,
  url,
  unit,
  counted,
  choices,
  children,
}: {
  title: string
  url: URL
  unit: string
  counted: Answer<{readonly count: Count}>
  /** What else can be chosen. */
  choices?: ComponentChildren
  children: ComponentChildren
}) {
  useEffect(() => {
    document.title = `${title} – Communique`
  }, [title])
  return (
    <div class="page is-broad">
      <h1>{title}</h1>
      <FilterForm url={url} fields={eventFields} more={moreEventFields} />
      <Chips url={url} />
      <Told answer={counted}>
        {({count}) => (
          <div class="settings">
            <Counted count={count} url={url} />
            <Choice url={url} name="unit" label="What is counted" values={{events: "events", mentions: "mentions"}} />
            {choices}
            <Choice url={url} name="by" label="Steps of time" values={{week: "weeks", day: "days", month: "months"}} />
          </div>
        )}
      </Told>
      {children}
      <Download url={url} unit={unit} />
    </div>
  )
}
