import {useEffect, useState} from "preact/hooks"
import type {EventRecord, Story} from "../../src/0-records/index.ts"
import {useAddress, withQuery} from "../address.ts"
import {ask, type Failure, useAnswer} from "../ask.ts"
import {nameOf} from "../countries.ts"
import {Download} from "../parts/download.tsx"
import {EvidenceLink} from "../parts/event-list.tsx"
import {Chips, Counted, FilterForm, Nothing, Paging} from "../parts/filters.tsx"
import {Quad} from "../parts/quad.tsx"
import {Refused} from "../parts/sign-in.tsx"
import {FailedPage, Told} from "../parts/states.tsx"
import {Mentions, Reports, StoryList} from "../parts/story.tsx"
import {apiQuery} from "../query.ts"
import type {EventPage, ShownEvent, ShownStory, StoryPage as Stories} from "../records.ts"
import {count, writeDay} from "../words.ts"

/** `/stories`: the affairs that the reports tell of. */
export function StoriesPage() {
  const url = useAddress()
  const path = `/api/v1/stories?${apiQuery(url.searchParams, {limit: "50", cursor: url.searchParams.get("cursor")})}`
  const answer = useAnswer<Stories>(path)
  useEffect(() => {
    document.title = "Stories – Communique"
  }, [])
  return (
    <div class="page is-broad">
      <h1>Stories</h1>
      <p class="lead">Reports of one affair, with the events that they tell. An affair is here where one of its events passes the filters.</p>
      <FilterForm
        url={url}
        fields={[
          {name: "side", label: "Who or whom", hint: "name, CHN, USAGOV"},
          {name: "publisher", label: "Outlet"},
          {name: "text", label: "Words of a sentence"},
          {name: "since", label: "Since", type: "date"},
          {name: "until", label: "Until", type: "date"},
        ]}
      />
      <Chips url={url} />
      <Told answer={answer}>
        {({rows, count, next}) => (
          <>
            <Counted count={count} url={url} />
            {rows.length === 0 ? <Nothing count={count} /> : <StoryList stories={rows} />}
            <Paging url={url} next={next} />
          </>
        )}
      </Told>
      <p class="aside download">
        This page’s data: <a href={path}>JSON</a>. As a file with all: <code>communique query --show stories --format csv --store project.duckdb</code>
      </p>
    </div>
  )
}

/** `/stories/s12`, and with `?event=…` one of its events: what each report says of it, and why they were merged. */
export function StoryPage({id}: {id: string}) {
  const url = useAddress()
  const chosen = url.searchParams.get("event")
  // Each ruling changes what the server answers to the same question.
  const [turn, setTurn] = useState(0)
  const [failure, fail] = useState<Failure | null>(null)
  const story = useAnswer<ShownStory>(`/api/v1/stories/${encodeURIComponent(id)}?turn=${turn}`)
  const events = useAnswer<EventPage>(`/api/v1/events?story=${encodeURIComponent(id)}&limit=500&turn=${turn}`)
  const rule = (path: string, init: RequestInit) => {
    fail(null)
    ask(path, {headers: {"content-type": "application/json"}, ...init}).then(
      () => setTurn(turn + 1),
      error => fail(error as Failure),
    )
  }
  const calls = {
    merge: (one: string, other: string) => rule("/api/v1/rulings", {method: "POST", body: JSON.stringify({kind: "merge", ids: [one, other]})}),
    split: (one: string) => rule("/api/v1/rulings", {method: "POST", body: JSON.stringify({kind: "split", ids: [one]})}),
    undo: (ruling: number) => rule(`/api/v1/rulings/${ruling}`, {method: "DELETE"}),
  }
  if (story.state === "failed")
    return (
      <FailedPage title="Story" failure={story.failure}>
        <a href="/stories">All stories</a>
      </FailedPage>
    )
  return (
    <div class="page is-broad story">
      <Told answer={story}>
        {shown => (
          <>
            <StoryHead story={shown} asked={id} />
            {failure && <Refused failure={failure} verb="merge and split" done={() => fail(null)} />}
            <Told answer={events}>
              {({rows, count: counted}) => (
                <>
                  {chosen !== null && <Chosen id={chosen} turn={turn} events={rows} calls={calls} />}
                  <h2>Course</h2>
                  <Counted count={counted} url={new URL(`/explore?story=${shown.story}`, url)} />
                  {counted.count > rows.length && (
                    <p class="aside">
                      The latest {rows.length} stand here; <a href={`/explore?story=${shown.story}`}>all of them</a> on Explore.
                    </p>
                  )}
                  {rows.length === 0 ? <p class="empty">No actual event of it is sure enough to be shown.</p> : <Course events={rows} chosen={chosen} />}
                </>
              )}
            </Told>
            <Download url={url} unit="events" besides={{story: shown.story, event: null}} />
            <h2>Reports</h2>
            <Reports story={shown} />
          </>
        )}
      </Told>
    </div>
  )
}

function StoryHead({story, asked}: {story: Story; asked: string}) {
  const {headline, first, last, reports, originals, publishers, actors} = story
  useEffect(() => {
    document.title = `${headline ?? story.story} – Communique`
  }, [headline, story.story])
  return (
    <>
      <p class="aside">
        <a href="/stories">Stories</a> · {story.story}
        {asked !== story.story && `, which ${asked} leads to`}
      </p>
      <h1 dir="auto">{headline ?? "A story without a title"}</h1>
      <p class="lead">
        {first && last && (first === last ? writeDay(first) : `${writeDay(first)} – ${writeDay(last)}`)}
        {first && " · "}
        {count(reports, "report")}
        {originals < reports && `, ${originals} of them no copy`}
        {publishers.length > 0 && ` of ${publishers.slice(0, 8).join(", ")}${publishers.length > 8 ? ` and ${publishers.length - 8} more` : ""}`}
      </p>
      {actors.length > 0 && (
        <ul class="chips" aria-label="Main actors">
          {actors.map(({party, events}) => (
            <li key={party}>
              <a href={`/actor/${encodeURIComponent(party)}`}>
                <bdi>{nameOf(party)}</bdi> <span class="aside">{count(events, "event")}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Events by their days, the first day on top. */
function Course({events, chosen}: {events: readonly EventRecord[]; chosen: string | null}) {
  const days = new Map<string, EventRecord[]>()
  for (const event of [...events].sort((a, b) => ((a.date?.from ?? "~") < (b.date?.from ?? "~") ? -1 : 1))) {
    const day = event.date?.from ?? ""
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return (
    <ol class="course">
      {[...days].map(([day, rows]) => (
        <li key={day}>
          <h3>{day === "" ? "No day" : <time dateTime={day}>{writeDay(day)}</time>}</h3>
          <ul class="course-day">
            {rows.map(event => (
              <li key={event.id}>
                <Quad quad={event.quad} />{" "}
                <a class="deed" href={withQuery({event: event.event})} aria-current={chosen === event.event ? "true" : undefined}>
                  <b class="type">{event.type}</b> <bdi>{event.actors.map(({name}) => name).join(" + ") || "nobody named"}</bdi>
                  {event.recipients.length > 0 && (
                    <>
                      {" "}
                      → <bdi>{event.recipients.map(({name}) => name).join(" + ")}</bdi>
                    </>
                  )}
                </a>
                <EvidenceLink event={event} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

type Calls = {readonly merge: (one: string, other: string) => void; readonly split: (one: string) => void; readonly undo: (ruling: number) => void}

function Chosen({id, turn, events, calls}: {id: string; turn: number; events: readonly EventRecord[]; calls: Calls}) {
  const answer = useAnswer<ShownEvent>(`/api/v1/events/${encodeURIComponent(id)}?turn=${turn}`)
  return (
    <section class="chosen" aria-label="The chosen event">
      <h2>One event, as each report tells it</h2>
      <Told answer={answer}>
        {event => (
          <>
            {event.event !== id && (
              <p class="notice" role="status">
                {id} was merged into <a href={withQuery({event: event.event})}>{event.event}</a>.
              </p>
            )}
            <Mentions event={event} others={events.filter(({event: other}) => other !== event.event)} {...calls} />
          </>
        )}
      </Told>
      <p>
        <a href={withQuery({event: null})}>Close</a>
      </p>
    </section>
  )
}
