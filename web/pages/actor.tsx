import {useEffect} from "preact/hooks"
import type {HeldOffice, ToldActor} from "../../src/0-records/index.ts"
import {useAddress} from "../address.ts"
import {type Answer, useAnswer} from "../ask.ts"
import {nameOf} from "../countries.ts"
import {keyOf} from "../marks.ts"
import {Download} from "../parts/download.tsx"
import {EventList, pageOf, QuoteList} from "../parts/event-list.tsx"
import {Chips, Nothing, Settings} from "../parts/filters.tsx"
import {NumberCells, NumberHeads} from "../parts/numbers.tsx"
import {Told} from "../parts/states.tsx"
import {type Measure, OneTimeline} from "../parts/timeline.tsx"
import {Twin} from "../parts/twin.tsx"
import {apiQuery} from "../query.ts"
import type {Aggregate, EventPage, QuotePage} from "../records.ts"
import {bases, writeDay, count as written} from "../words.ts"

/** `/actor/<country, code or name>`: who somebody is and since when, whom they deal with, what they say, and what is said about them. */
export function ActorPage({party}: {party: string}) {
  const url = useAddress()
  const {searchParams} = url
  const by = searchParams.get("by") ?? "week"
  const unit = searchParams.get("unit") ?? "events"
  const measure = (searchParams.get("measure") ?? "count") as Measure
  const who = useAnswer<Who>(`/api/v1/actors/${encodeURIComponent(party)}?limit=40`)
  const query = (besides: Record<string, string | null> = {}) => apiQuery(searchParams, {side: party, unit, ...besides})
  const timeline = useAnswer<Aggregate>(`/api/v1/timeline?${query({by})}`)
  const partners = useAnswer<Aggregate>(`/api/v1/timeline?${query({by: "dyad", limit: "16"})}`)
  const events = useAnswer<EventPage>(`/api/v1/events?${query({limit: "20", cursor: searchParams.get("cursor")})}`)
  const said = useAnswer<QuotePage>(`/api/v1/quotes?side=${encodeURIComponent(party)}&limit=8`)
  const about = useAnswer<QuotePage>(`/api/v1/quotes?about=${encodeURIComponent(party)}&limit=8`)
  const itself = who.state === "here" ? who.value.told.find(({code, kind, name}) => name === party || (code === party && kind === "country")) : undefined
  const title = itself?.name ?? nameOf(party)
  useEffect(() => {
    document.title = `${title} – Communique`
  }, [title])
  return (
    <div class="page is-broad">
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <Told answer={who}>{value => <WhoItIs party={party} {...value} />}</Told>
      <Chips url={url} />
      <Told answer={events}>{({count}) => <Settings count={count} url={url} />}</Told>
      <Told answer={timeline}>{aggregate => <OneTimeline url={url} aggregate={aggregate} measure={measure} />}</Told>
      <h2>With whom</h2>
      <Told answer={partners}>{({groups}) => <Partners party={party} groups={groups} unit={unit} />}</Told>
      <h2>Latest</h2>
      <Told answer={events}>{({rows, count}) => (rows.length === 0 ? <Nothing count={count} /> : <EventList rows={rows} />)}</Told>
      {events.state === "here" && events.value.next !== null && (
        <p>
          <a href={`/explore?${query()}`}>All of them</a>
        </p>
      )}
      <Download url={url} unit={unit} besides={{side: party}} />
      <div class="columns">
        <Quotes title="What they say" answer={said} href={`/quotes?side=${encodeURIComponent(party)}`} none="No quote of theirs is told." />
        <Quotes title="What others say of them" answer={about} href={`/quotes?about=${encodeURIComponent(party)}`} none="No quote of others speaks of them." />
      </div>
    </div>
  )
}

type Who = {readonly told: readonly ToldActor[]; readonly offices: readonly HeldOffice[]}

/** Offices that the tables name by their field. */
const dutyWords: Readonly<Record<string, string>> = {
  foreign: "foreign minister",
  defence: "defence minister",
  interior: "interior minister",
  finance: "finance minister",
  justice: "justice minister",
  "deputy-head": "deputy head of state or government",
  regional: "head of a region",
  military: "military leader",
  police: "head of police",
  spy: "head of intelligence",
  "central-bank": "head of the central bank",
  un: "office of the United Nations",
  igo: "office of an international organisation",
  party: "leader of a party",
  listed: "listed person",
}

/** Meanings that stand open; the others are shown when asked for. */
const fewMeanings = 6

/** Who somebody is and since when, with the reason for each claim: words of reports, and what the tables know. */
function WhoItIs({party, told, offices}: Who & {party: string}) {
  if (told.length === 0 && offices.length === 0) return <p class="lead">No report here tells of “{party}”, and the tables know nobody of that name.</p>
  const [first, rest] = [told.slice(0, fewMeanings), told.slice(fewMeanings)]
  return (
    <>
      {offices.length > 0 && (
        <ul class="offices">
          {offices.map(({name, country, duty, sector, from, to, isOpen, isRecalled}) => (
            <li key={`${name}${duty}${from}${country}`}>
              {offices.some(other => other.name !== name) && <bdi>{name}: </bdi>}
              {dutyWords[duty] ?? duty.replaceAll("-", " ")}
              {country && country !== "IGO" && ` of ${nameOf(country)}`} <span class="code">{[country, sector].filter(Boolean).join(" ")}</span>,{" "}
              {writeTerm(from, to, isOpen)}{" "}
              <span class="aside">
                {duty === "listed" ? "known from your own lists" : isRecalled ? "known from the tables, which have it from memory" : "known from the tables"}
              </span>
            </li>
          ))}
        </ul>
      )}
      {told.length > 0 && (
        <>
          <Meanings party={party} told={first} />
          {rest.length > 0 && <Twin summary={`${written(rest.length, "lesser name")} besides`}>{() => <Meanings party={party} told={rest} />}</Twin>}
        </>
      )}
    </>
  )
}

/** `1 Jan 2017 – 30 Sept 2025 or later`, `since 1 Jan 2017`, or that no day is known. */
function writeTerm(from: string | null, to: string | null, isOpen: boolean): string {
  const end = to && `${writeDay(to)}${isOpen ? " or later" : ""}`
  if (from) return end ? `${writeDay(from)} – ${end}` : `since ${writeDay(from)}`
  return end ? `until ${end}` : "no days"
}

/** What reports say of who that is. */
function Meanings({party, told}: {party: string; told: readonly ToldActor[]}) {
  return (
    <table class="table meanings">
      <thead>
        <tr>
          <th scope="col">Who, as reports tell</th>
          <th scope="col">Since</th>
          <th scope="col">Last</th>
          <NumberHeads names={["Told"]} />
          <th scope="col">In which words</th>
        </tr>
      </thead>
      <tbody>
        {told.map(({name, kind, country, sector, code, told, from, to, said}) => (
          <tr key={`${name}${kind}${code}`}>
            <th scope="row">
              {name === party ? <bdi>{name}</bdi> : <PartyLink party={name} />} <span class="code">{[country, sector].filter(Boolean).join(" ")}</span>{" "}
              <span class="aside">{kind.replaceAll("-", " ")}</span>
            </th>
            <td class="day" data-label="since">
              {from ? <time dateTime={from}>{writeDay(from)}</time> : "no date"}
            </td>
            <td class="day" data-label="last">
              {to && <time dateTime={to}>{writeDay(to)}</time>}
            </td>
            <NumberCells cells={{told}} />
            <td>
              <a class="evidence-link" href={pageOf(said.report, keyOf(said.row))} dir="auto">
                “{said.text}”
              </a>{" "}
              <span class="aside">{bases[said.basis]}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const PartyLink = ({party}: {party: string}) => (
  <a class="party" href={`/actor/${encodeURIComponent(party)}`}>
    <bdi>{party}</bdi>
  </a>
)

function Quotes({title, answer, href, none}: {title: string; answer: Answer<QuotePage>; href: string; none: string}) {
  return (
    <section>
      <h2>{title}</h2>
      <Told answer={answer}>
        {({rows, count}) => (
          <>
            {rows.length === 0 ? <p class="empty">{none}</p> : <QuoteList rows={rows} />}
            {count.count > rows.length && <a href={href}>All {written(count.count, "quote")}</a>}
          </>
        )}
      </Told>
    </section>
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
