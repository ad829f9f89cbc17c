import {useEffect} from "preact/hooks"
import {useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {keyOf} from "../marks.ts"
import {pageOf} from "../parts/event-list.tsx"
import {Choice} from "../parts/filters.tsx"
import {NumberCells, NumberHeads} from "../parts/numbers.tsx"
import {Told} from "../parts/states.tsx"
import type {ChangeList, ProblemList, RunList} from "../records.ts"
import {count, writeDay, writeShare} from "../words.ts"

/** `/runs`: what coded the reports, and what went wrong. */
export function RunsPage() {
  const url = useAddress()
  const runs = useAnswer<RunList>("/api/v1/runs")
  const problems = useAnswer<ProblemList>("/api/v1/problems?limit=200")
  useEffect(() => {
    document.title = "Runs and problems – Communique"
  }, [])
  return (
    <div class="page is-broad">
      <h1>Runs and problems</h1>
      <p class="lead">
        A run is one coder, with its model, ontology and knowledge, on one kind of machine. The same text in the same run always gives the same rows.
      </p>
      <Told answer={runs}>
        {({runs}) =>
          runs.length === 0 ? (
            <p class="empty">Nothing was coded into this store yet.</p>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">Run</th>
                  <th scope="col">Since</th>
                  <NumberHeads names={["Reports", "Mentions", "Events", "Quotes"]} />
                  <th scope="col">Communique</th>
                  <th scope="col">Ontology</th>
                  <th scope="col">Model</th>
                  <th scope="col">Knowledge</th>
                  <th scope="col">Machine</th>
                </tr>
              </thead>
              <tbody>
                {runs.map(({run, started, reports, mentions, events, quotes, version, ontology, model, knowledge, machine}) => (
                  <tr key={run}>
                    <th scope="row">Run {run}</th>
                    <td class="day" data-label="since">
                      {writeDay(started)}
                    </td>
                    <NumberCells cells={{reports, mentions, events, quotes}} />
                    <td data-label="Communique">{version}</td>
                    <td data-label="ontology">{ontology}</td>
                    <td class="id" data-label="model">
                      {model.slice(7, 19)}
                    </td>
                    <td class="id" data-label="knowledge">
                      {knowledge.slice(7, 19)}
                    </td>
                    <td data-label="machine">{machine}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Told>
      <Told answer={runs}>{({runs}) => <Changes url={url} runs={runs.map(({run}) => run)} />}</Told>
      <h2>Problems</h2>
      <Told answer={problems}>
        {({problems, next}) =>
          problems.length === 0 ? (
            <p class="empty">None.</p>
          ) : (
            <>
              <p>
                {next === null ? count(problems.length, "problem") : `The newest ${count(problems.length, "problem")}`}. What each means is in docs/problems.md.
              </p>
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">Code</th>
                    <th scope="col">Where</th>
                    <th scope="col">What</th>
                  </tr>
                </thead>
                <tbody>
                  {problems.map(({code, message, place, isWarning}, at) => (
                    <tr key={at}>
                      <th scope="row">
                        <code>{code}</code>
                        {isWarning && <span class="aside"> warning</span>}
                      </th>
                      <td class="id">{[place.input ?? place.report, place.line].filter(part => part !== undefined).join(":")}</td>
                      <td>{message}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )
        }
      </Told>
    </div>
  )
}

/** What a later run says otherwise than an earlier one, of the reports that both coded. */
function Changes({url, runs}: {url: URL; runs: readonly number[]}) {
  const [first = 0, last = 0] = [runs.at(-2), runs.at(-1)]
  const {from, to} = {from: url.searchParams.get("from") ?? `${first}`, to: url.searchParams.get("to") ?? `${last}`}
  const answer = useAnswer<ChangeList>(runs.length > 1 ? `/api/v1/changes?${new URLSearchParams({from, to, limit: "200"})}` : null)
  if (runs.length < 2) return null
  const names = Object.fromEntries(runs.map(run => [run, `run ${run}`]))
  return (
    <>
      <h2>What changed</h2>
      <div class="settings">
        <span>from</span> <Choice url={url} name="from" label="From run" values={names} standard={`${first}`} />
        <span>to</span> <Choice url={url} name="to" label="To run" values={names} standard={`${last}`} />
      </div>
      <Told answer={answer}>
        {({same, total, changes}) => (
          <>
            <p class="counted">
              <b>{count(total, "mention")}</b> changed, {same.toLocaleString("en-GB")} the same, in the reports that both coded.
              {changes.length < total && ` The first ${changes.length} are shown.`}
            </p>
            {changes.length > 0 && (
              <table class="table changes">
                <thead>
                  <tr>
                    <th scope="col">Words</th>
                    <th scope="col">Run {from}</th>
                    <th scope="col">Run {to}</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.map(({report, trigger, before, after}, at) => (
                    <tr key={at}>
                      <th scope="row">
                        {after ? <a href={pageOf(report, keyOf(after.id))}>{trigger}</a> : trigger} <span class="aside">{report}</span>
                      </th>
                      <td data-label="">{written(before)}</td>
                      <td data-label="">{before && after && written(before) === written(after) ? "the same of other sides" : written(after)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </Told>
    </>
  )
}

const written = (one: ChangeList["changes"][number]["before"]) =>
  one === null ? "nothing" : `${[one.type, one.mode, one.status === "actual" ? null : one.status].filter(Boolean).join(" ")} ${writeShare(one.confidence)}`
