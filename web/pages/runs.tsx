import {useEffect} from "preact/hooks"
import {useAnswer} from "../ask.ts"
import {Told} from "../parts/states.tsx"
import type {ProblemList, RunList} from "../records.ts"
import {count, writeDay} from "../words.ts"

/** `/runs`: what coded the reports, and what went wrong. */
export function RunsPage() {
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
                  <th scope="col" class="number">
                    Reports
                  </th>
                  <th scope="col">Communique</th>
                  <th scope="col">Ontology</th>
                  <th scope="col">Model</th>
                  <th scope="col">Knowledge</th>
                  <th scope="col">Machine</th>
                </tr>
              </thead>
              <tbody>
                {runs.map(({run, started, reports, version, ontology, model, knowledge, machine}) => (
                  <tr key={run}>
                    <th scope="row">{run}</th>
                    <td class="day">{writeDay(started)}</td>
                    <td class="number" data-label="reports">
                      {reports.toLocaleString("en-GB")}
                    </td>
                    <td>{version}</td>
                    <td>{ontology}</td>
                    <td class="id">{model.slice(7, 19)}</td>
                    <td class="id">{knowledge.slice(7, 19)}</td>
                    <td>{machine}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Told>
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
