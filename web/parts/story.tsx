import type {EventRecord, Story} from "../../src/0-records/index.ts"
import {nameOf} from "../countries.ts"
import type {ShownEvent, ShownStory} from "../records.ts"
import {count, writeDate, writeDay} from "../words.ts"
import {EvidenceLink} from "./event-list.tsx"

/** Affairs, each with its days, outlets and main actors. */
export function StoryList({stories}: {stories: readonly Story[]}) {
  return (
    <ol class="story-list">
      {stories.map(({story, headline, first, last, reports, originals, publishers, events, mentions, actors}) => (
        <li key={story}>
          <a class="headline" href={`/stories/${story}`} dir="auto">
            {headline ?? "No title"}
          </a>
          <p>
            {first && last && (first === last ? writeDay(first) : `${writeDay(first)} – ${writeDay(last)}`)} · {count(reports, "report")}
            {originals < reports && ` (${originals} no copy)`}
            {publishers.length > 0 && ` of ${count(publishers.length, "outlet")}`} · {count(mentions, "mention")} of {count(events, "event")}
          </p>
          {actors.length > 0 && (
            <p class="aside">
              {actors.map(({party}, at) => (
                <span key={party}>
                  {at > 0 && ", "}
                  <a href={`/actor/${encodeURIComponent(party)}`}>
                    <bdi>{nameOf(party)}</bdi>
                  </a>
                </span>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

/** The reports of an affair: which are copies, and why each belongs to it. */
export function Reports({story: {of}}: {story: ShownStory}) {
  return (
    <table class="table stacks">
      <thead>
        <tr>
          <th scope="col">Published</th>
          <th scope="col">Outlet</th>
          <th scope="col">Report</th>
          <th scope="col">Why it is here</th>
        </tr>
      </thead>
      <tbody>
        {of.map(({id, title, publisher, published, copyOf, likeness, reasons}) => (
          <tr key={`${id} ${publisher}`}>
            <td class="day">{published ? <time dateTime={published}>{writeDay(published)}</time> : <span class="aside">no day</span>}</td>
            <td>
              <bdi>{publisher ?? "–"}</bdi>
            </td>
            <td>
              <a href={`/reports/${encodeURIComponent(id)}`} dir="auto">
                {title ?? id}
              </a>
            </td>
            <td class="aside">
              {copyOf !== null
                ? `a copy of ${copyOf}${likeness === null ? "" : `, ${Math.round(likeness * 100)}% the same`}`
                : reasons.length === 0
                  ? "the first"
                  : reasons.map(({other, reason}) => `${reason} (${other})`).join("; ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type MentionsProps = {
  readonly event: ShownEvent
  /** Other events that it may be merged with. */
  readonly others: readonly EventRecord[]
  readonly merge: (one: string, other: string) => void
  readonly split: (one: string) => void
  readonly undo: (ruling: number) => void
}

/** All mentions of an event side by side, what differs between them marked, why they were merged, and what can be ruled of them. */
export function Mentions({event: {event, mentions, rulings}, others, merge, split, undo}: MentionsProps) {
  const isVaried = (value: (mention: EventRecord) => string) => new Set(mentions.map(value)).size > 1
  const fields: readonly (readonly [string, (mention: EventRecord) => string])[] = [
    ["who", ({actors}) => actors.map(({name}) => name).join(" + ") || "nobody named"],
    ["whom", ({recipients}) => recipients.map(({name}) => name).join(" + ") || "nobody named"],
    ["when", ({date}) => (date ? writeDate(date) : "no day")],
    ["where", ({place}) => place?.name ?? "no place"],
    ["mode", ({mode}) => mode ?? "none"],
    ["status", ({status}) => status],
  ]
  const reports = new Set(mentions.map(({telling}) => telling)).size
  return (
    <>
      <ul class="mentions">
        {mentions.map(mention => (
          <li key={mention.id}>
            <p class="aside">
              <bdi>{mention.report.publisher ?? mention.report.id}</bdi>
              {mention.report.published && `, ${writeDay(mention.report.published)}`} · {mention.id}
            </p>
            <EvidenceLink event={mention} />
            <dl>
              {fields.map(([name, value]) => (
                <div key={name} data-differs={isVaried(value) ? "" : undefined}>
                  <dt>
                    {name}
                    {isVaried(value) && <span class="visually-hidden"> (differs)</span>}
                  </dt>
                  <dd>{value(mention)}</dd>
                </div>
              ))}
            </dl>
            <p class="reasons">
              {mention.joined === null
                ? mention.id === event
                  ? "The oldest: its id is the event's."
                  : mention.reasons.join("; ") || "Told again in its report."
                : `Merged with ${mention.joined}: ${mention.reasons.join("; ")}.`}
            </p>
            {reports > 1 && mention.id === mention.telling && (
              <button type="button" class="small-button" onClick={() => split(mention.id)}>
                Split off what this report tells
              </button>
            )}
          </li>
        ))}
      </ul>
      {rulings.length > 0 && (
        <ul class="rulings" aria-label="Ruled by hand">
          {rulings.map(({ruling, kind, ids, made}) => (
            <li key={ruling}>
              {kind === "merge" ? `${ids.join(" and ")} were merged` : `${ids[0]} was split off`} by hand on {writeDay(made)}.{" "}
              <button type="button" class="small-button" onClick={() => undo(ruling)}>
                Undo
              </button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <form
          class="merge"
          onSubmit={submitted => {
            submitted.preventDefault()
            merge(event, String(new FormData(submitted.currentTarget).get("other")))
          }}
        >
          <label>
            <span class="label">Another event of the story that is the same</span>
            <select name="other">
              {others.map(other => (
                <option key={other.event} value={other.event}>
                  {`${other.date ? writeDate(other.date) : "no day"} ${other.type} ${other.sentence.text.slice(0, 80)}`}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button">
            Merge
          </button>
        </form>
      )}
    </>
  )
}
