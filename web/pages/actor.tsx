import {useEffect} from "preact/hooks"
import type {KnownActor} from "../../src/0-records/index.ts"
import {useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {nameOf} from "../countries.ts"
import {EventList, QuoteList} from "../parts/event-list.tsx"
import {Chips, Nothing, Settings} from "../parts/filters.tsx"
import {NumberCells, NumberHeads} from "../parts/numbers.tsx"
import {Told} from "../parts/states.tsx"
import {type Measure, OneTimeline} from "../parts/timeline.tsx"
import {apiQuery} from "../query.ts"
import type {Aggregate, EventPage, QuotePage} from "../records.ts"

/** `/actor/<country, code or name>`: whom somebody deals with, and what they say. */
export function ActorPage({party}: {party: string}) {
  const url = useAddress()
  const {searchParams} = url
  const by = searchParams.get("by") ?? "week"
  const unit = searchParams.get("unit") ?? "events"
  const measure = (searchParams.get("measure") ?? "count") as Measure
  const names = useAnswer<{actors: readonly KnownActor[]}>(`/api/v1/actors?begins=${encodeURIComponent(party)}&limit=40`)
  const query = (besides: Record<string, string | null> = {}) => apiQuery(searchParams, {side: party, unit, ...besides})
  const timeline = useAnswer<Aggregate>(`/api/v1/timeline?${query({by})}`)
  const partners = useAnswer<Aggregate>(`/api/v1/timeline?${query({by: "dyad", limit: "16"})}`)
  const events = useAnswer<EventPage>(`/api/v1/events?${query({limit: "20", cursor: searchParams.get("cursor")})}`)
  const quotes = useAnswer<QuotePage>(`/api/v1/quotes?side=${encodeURIComponent(party)}&limit=8`)
  const known = names.state === "here" ? names.value.actors : []
  const itself = known.find(({code, name, sector}) => name === party || (code === party && sector === null))
  const title = itself?.name ?? party
  useEffect(() => {
    document.title = `${title} – Communique`
  }, [title])
  return (
    <div class="page is-broad">
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p class="lead">
        {itself?.kind ?? "actor"}
        {itself?.code && `, ${itself.code}`}
        {known.length > 1 && `, and ${known.length - 1} who act for it: `}
        {known
          .filter(actor => actor !== itself)
          .slice(0, 8)
          .map((actor, at) => (
            <span key={`${actor.name}${actor.code}`}>
              {at > 0 && ", "}
              <a href={`/actor/${encodeURIComponent(actor.name)}`}>
                <bdi>{actor.name}</bdi>
              </a>
            </span>
          ))}
      </p>
      <Chips url={url} />
      <Told answer={events}>{({count}) => <Settings count={count} url={url} />}</Told>
      <Told answer={timeline}>{aggregate => <OneTimeline url={url} aggregate={aggregate} measure={measure} />}</Told>
      <h2>With whom</h2>
      <Told answer={partners}>{({groups}) => <Partners party={party} groups={groups} unit={unit} />}</Told>
      <h2>Latest</h2>
      <Told answer={events}>{({rows, count}) => (rows.length === 0 ? <Nothing count={count} /> : <EventList rows={rows} />)}</Told>
      <p>
        <a href={`/explore?side=${encodeURIComponent(party)}`}>All of them</a>
      </p>
      <h2>What they say</h2>
      <Told answer={quotes}>
        {({rows, count}) => (
          <>
            {rows.length === 0 ? <Nothing count={count} /> : <QuoteList rows={rows} />}
            {count.count > rows.length && <a href={`/quotes?side=${encodeURIComponent(party)}`}>All {count.count}</a>}
          </>
        )}
      </Told>
    </div>
  )
}

/** Partners, the most dealt with first: what goes to them, and what comes from them. */
function Partners({party, groups, unit}: {party: string; groups: Aggregate["groups"]; unit: string}) {
  const partners = new Map<string, {to: number; from: number; cooperation: number; conflict: number}>()
  for (const {dyad, count, cooperation, conflict} of groups) {
    if (!dyad) continue
    const [actor, recipient] = dyad
    const partner = actor === party ? recipient : actor
    const found = partners.get(partner) ?? {to: 0, from: 0, cooperation: 0, conflict: 0}
    partners.set(partner, {
      to: found.to + (actor === party ? count : 0),
      from: found.from + (actor === party ? 0 : count),
      cooperation: found.cooperation + cooperation,
      conflict: found.conflict + conflict,
    })
  }
  if (partners.size === 0) return <p class="empty">No event names another side.</p>
  return (
    <table class="table is-narrow">
      <thead>
        <tr>
          <th scope="col">Partner</th>
          <NumberHeads names={["to them", "from them", "cooperation", "conflict"]} />
        </tr>
      </thead>
      <tbody>
        {[...partners].map(([partner, {to, from, cooperation, conflict}]) => (
          <tr key={partner}>
            <th scope="row">
              <a href={`/dyad/${encodeURIComponent(party)}/${encodeURIComponent(partner)}`}>
                <bdi>{nameOf(partner)}</bdi>
              </a>
            </th>
            <NumberCells cells={{[`${unit} to them`]: to, "from them": from, cooperation, conflict}} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
