import type {Count, Group} from "../../src/0-records/index.ts"
import {go} from "../address.ts"
import {nameOf} from "../countries.ts"
import {apiQuery, chipsOf, filters, withFilters} from "../query.ts"
import {quads, statusMeanings, count as written} from "../words.ts"
import {dyadHref} from "./flow-table.tsx"
import {measures} from "./timeline.tsx"

/** Each filter of the address as a chip that takes it away. */
export function Chips({url}: {url: URL}) {
  const chips = chipsOf(url)
  if (chips.length === 0) return null
  return (
    <ul class="chips" aria-label="Filters">
      {chips.map(({name, value, without}) => (
        <li key={`${name}${value}`}>
          <a href={without}>
            <span class="aside">{filters[name]}</span> <bdi>{name === "quad" ? quads[Number(value) as 1] : value}</bdi> <span aria-hidden="true">×</span>
            <span class="visually-hidden">: take this filter away</span>
          </a>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <a href={url.pathname}>Clear all</a>
        </li>
      )}
    </ul>
  )
}

type Field = {
  readonly name: string
  readonly label: string
  readonly type?: "text" | "date"
  readonly hint?: string
  /** Values to choose from, with their words; `""` stands for none. */
  readonly values?: Readonly<Record<string, string>>
}

/** What Explore, the map and the network let type. */
export const eventFields: readonly Field[] = [
  {name: "side", label: "Who or whom", hint: "name, CHN, USAGOV"},
  {name: "text", label: "Words of the sentence"},
  {name: "since", label: "Since", type: "date"},
  {name: "until", label: "Until", type: "date"},
]

/** What is asked for less often. */
export const moreEventFields: readonly Field[] = [
  {name: "status", label: "Status", values: {"": "actual", ...statusMeanings, all: "any status"}},
  {name: "quad", label: "Class", values: {"": "any", ...quads}},
  {name: "mode", label: "Mode", hint: "demo, arrest"},
  {name: "context", label: "Context", hint: "economic"},
  {name: "sector", label: "Sector of a side", hint: "GOV, MIL, REB"},
  {name: "place", label: "Place", hint: "Nairobi, KEN"},
  {name: "publisher", label: "Publisher"},
  {name: "reportText", label: "Words of the report"},
  {name: "minConfidence", label: "Confidence from", hint: "0 to 1"},
  {name: "run", label: "Coded in run", hint: "1"},
  {name: "asOf", label: "As it was on", type: "date"},
]

/** Filters to type; what is entered goes into the address. `more` stand folded until one of them is used. */
export function FilterForm({url, fields, more = []}: {url: URL; fields: readonly Field[]; more?: readonly Field[]}) {
  const submit = (form: HTMLFormElement) => {
    const given = new FormData(form)
    const entered = [...fields, ...more].map(({name}) => [name, String(given.get(name) ?? "").trim()] as const)
    // What stays as it was may stand several times in the address.
    go(withFilters(url, Object.fromEntries(entered.filter(([name, value]) => value !== (url.searchParams.get(name) ?? "")))))
  }
  return (
    <form
      // Not made anew where a map's view or a place in a table changes: what is being entered stays.
      key={apiQuery(url.searchParams)}
      onSubmit={event => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <Entries url={url} fields={fields} />
      {more.length > 0 && (
        <details class="more-filters" open={more.some(({name}) => url.searchParams.has(name))}>
          <summary>More filters</summary>
          <Entries url={url} fields={more} />
        </details>
      )}
    </form>
  )
}

function Entries({url, fields}: {url: URL; fields: readonly Field[]}) {
  return (
    <div class="filter-form">
      {fields.map(field => (
        <Entry key={field.name} url={url} field={field} />
      ))}
      <button type="submit" class="button">
        Filter
      </button>
    </div>
  )
}

function Entry({url, field: {name, label, type = "text", hint, values}}: {url: URL; field: Field}) {
  const now = url.searchParams.get(name) ?? ""
  const id = `filter-${name}`
  return (
    <div class="entry" data-type={type}>
      <label class="label" for={id}>
        {label}
      </label>
      {values ? (
        <select id={id} name={name} defaultValue={now}>
          {Object.entries(values).map(([value, words]) => (
            <option key={value} value={value} selected={value === now}>
              {value === "" || value === "all" || name === "quad" ? words : `${value}: ${words}`}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} {...(type === "date" ? ({type: "date"} as const) : ({type: "text"} as const))} defaultValue={now} placeholder={hint ?? ""} />
      )}
    </div>
  )
}

type ChoiceProps = {
  readonly url: URL
  readonly name: string
  readonly values: Readonly<Record<string, string>>
  readonly label: string
  /** What stands where the address has none; the first where absent. */
  readonly standard?: string | undefined
}

/** Links between values of one setting of the address. */
export function Choice({url, name, values, label, standard = Object.keys(values)[0]}: ChoiceProps) {
  const now = url.searchParams.get(name) ?? standard
  return (
    <nav class="choices" aria-label={label}>
      {Object.entries(values).map(([value, shown]) => (
        <a key={value} href={withFilters(url, {[name]: value === standard ? null : value})} aria-current={now === value ? "true" : undefined}>
          {shown}
        </a>
      ))}
    </nav>
  )
}

/** How many there are, and what of them is shown: the unit, the width of the bars, and what these measure. */
export function Settings({count, url}: {count: Count; url: URL}) {
  return (
    <div class="settings">
      <Counted count={count} url={url} />
      <Choice url={url} name="unit" label="What is counted" values={{events: "events", mentions: "mentions"}} />
      <Choice url={url} name="by" label="Bars" values={{week: "weeks", day: "days", month: "months"}} />
      <Choice url={url} name="measure" label="Measure" values={measures} />
    </div>
  )
}

/** Links to the first page and the next one, where there are such; all filters stay. */
export function Paging({url, next}: {url: URL; next: string | null}) {
  return (
    <nav class="paging" aria-label="Pages">
      {url.searchParams.has("cursor") && <a href={withFilters(url, {})}>First page</a>}
      {next !== null && <a href={withFilters(url, {cursor: next})}>Next page</a>}
    </nav>
  )
}

type FacetProps = {readonly url: URL; readonly name: string; readonly title: string}

const mostGroups = 8

/** The largest groups of what the filters let pass, each a filter to add. */
export function FacetList({url, name, title, groups}: FacetProps & {groups: readonly (Pick<Group, "key" | "count"> & {readonly dyad?: Group["dyad"]})[]}) {
  const most = groups[0]?.count ?? 0
  if (most === 0) return null
  return (
    <section class="facet">
      <h3>{title}</h3>
      <ol>
        {groups.slice(0, mostGroups).map(({key, count, dyad}) => (
          <li key={key}>
            <a href={dyad ? dyadHref(url, dyad) : withFilters(url, {[name]: key})}>
              <bdi>{dyad ? dyad.map(nameOf).join(" → ") : name === "actor" || name === "recipient" ? nameOf(key) : key}</bdi>
            </a>
            <span class="number">{count.toLocaleString("en-GB")}</span>
            <span class="bar" aria-hidden="true">
              <span style={{width: `${(count / most) * 100}%`}} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** How many of what, out of how many reports, and what the filters leave out. */
export function Counted({count: {count, unit, leftOut, reports, ingested}, url}: {count: Count; url: URL}) {
  const out = [
    leftOut.status > 0 && {text: `${leftOut.status.toLocaleString("en-GB")} of another status`, href: withFilters(url, {status: "all"})},
    leftOut.confidence > 0 && {text: `${leftOut.confidence.toLocaleString("en-GB")} less sure`, href: withFilters(url, {minConfidence: "0"})},
    leftOut.undated > 0 && {text: `${leftOut.undated.toLocaleString("en-GB")} without a day`, href: withFilters(url, {since: null, until: null})},
  ].filter(one => one !== false)
  return (
    <p class="counted">
      <b>{unit === "stories" ? written(count, "story", "stories") : written(count, unit.replace(/s$/, ""))}</b> out of {written(reports, "report")}
      {reports !== ingested && ` of ${ingested.toLocaleString("en-GB")}`}.{out.length > 0 && " Left out: "}
      {out.map(({text, href}, at) => (
        <span key={text}>
          {at > 0 && ", "}
          <a href={href}>{text}</a>
        </span>
      ))}
      {out.length > 0 && "."}
    </p>
  )
}

/** Why there is nothing to see, and what to do. */
export function Nothing({count: {ingested, leftOut, unit}}: {count: Count}) {
  const hidden = leftOut.status + leftOut.confidence + leftOut.undated
  if (ingested === 0)
    return (
      <p class="empty">
        Nothing is stored yet: <code>communique ingest news/ --store project.duckdb</code>
      </p>
    )
  return (
    <p class="empty">
      {hidden > 0
        ? `The filters leave out all ${hidden.toLocaleString("en-GB")} ${unit}; the links above show them.`
        : "Nothing matches these filters; take one away."}
    </p>
  )
}
