import {useEffect} from "preact/hooks"
import {useAnswer} from "../ask.ts"
import {Told} from "../parts/states.tsx"

type Schema = {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  format?: string
  example?: unknown
  examples?: unknown[]
}
type Body = {content?: Record<string, {schema?: Schema}>}
type Operation = {
  summary?: string
  description?: string
  parameters?: {name: string; in: string; required?: boolean; description?: string; schema?: Schema}[]
  requestBody?: Body
  responses: Record<string, Body & {description?: string}>
}
type Description = {
  info: {title: string; version: string; description?: string}
  paths: Record<string, Record<string, Operation>>
  components?: {schemas?: Record<string, Schema>}
}

/** `/reference`: the HTTP API, drawn from `/openapi.json`. */
export function ReferencePage() {
  const answer = useAnswer<Description>("/openapi.json")
  useEffect(() => {
    document.title = "HTTP API – Communique"
  }, [])
  return (
    <div class="page reference">
      <h1>HTTP API</h1>
      <Told answer={answer}>
        {({info, paths, components}) => (
          <>
            <p class="lead">
              Version {info.version}; described by <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Beside it: <a href="/metrics">metrics</a> in
              Prometheus’ form, <code>/healthz</code> and <code>/readyz</code>.
            </p>
            {Object.entries(paths).flatMap(([path, methods]) =>
              Object.entries(methods).map(([method, operation]) => <Route key={method + path} method={method} path={path} operation={operation} />),
            )}
            <h2>Records</h2>
            {Object.entries(components?.schemas ?? {}).map(([name, schema]) => (
              <section key={name} id={name}>
                <h3>{name}</h3>
                {schema.description && <p>{schema.description}</p>}
                <Fields schema={schema} />
              </section>
            ))}
          </>
        )}
      </Told>
    </div>
  )
}

function Route({
  method,
  path,
  operation: {summary, description, parameters = [], requestBody, responses},
}: {
  method: string
  path: string
  operation: Operation
}) {
  return (
    <section>
      <h2>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h2>
      <p>
        {summary}
        {description && `. ${description}`}
      </p>
      {parameters.length > 0 && (
        <table class="table">
          <tbody>
            {parameters.map(({name, in: where, required, schema, description: about}) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  {where}
                  {required && ", needed"}
                </td>
                <td>{schema && <Type schema={schema} />}</td>
                <td>{about && <Prose text={about} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {requestBody && (
        <p>
          Takes <Type schema={schemaOf(requestBody)} />.
        </p>
      )}
      <table class="table">
        <tbody>
          {Object.entries(responses).map(([status, response]) => (
            <tr key={status}>
              <th scope="row">{status}</th>
              <td>
                <Type schema={schemaOf(response)} />
              </td>
              <td>{response.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A description, in which code stands between backticks. */
const Prose = ({text}: {text: string}) => <>{text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>

const schemaOf = ({content}: Body): Schema => Object.values(content ?? {})[0]?.schema ?? {}

function Fields({schema}: {schema: Schema}) {
  const parts = schema.allOf ?? [schema]
  const rows = parts.flatMap(part => Object.entries(part.properties ?? {}))
  return (
    <>
      {parts.map(
        ({$ref}) =>
          $ref && (
            <p key={$ref}>
              All fields of <Type schema={{$ref}} />, and:
            </p>
          ),
      )}
      {rows.length > 0 && (
        <table class="table">
          <tbody>
            {rows.map(([name, field]) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <Type schema={field} />
                </td>
                <td>{field.description && <Prose text={field.description} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function Type({schema}: {schema: Schema}) {
  const name = schema.$ref?.split("/").at(-1)
  if (name) return <a href={`#${name}`}>{name}</a>
  const either = schema.anyOf ?? schema.allOf
  if (either)
    return (
      <>
        {either.map((one, at) => (
          <span key={at}>
            {at > 0 && (schema.anyOf ? " or " : " and ")}
            <Type schema={one} />
          </span>
        ))}
      </>
    )
  if (schema.enum) return <>{schema.enum.map(String).join(" | ")}</>
  if (schema.items)
    return (
      <>
        list of <Type schema={schema.items} />
      </>
    )
  return (
    <>
      {[schema.type ?? "any"].flat().join(" or ")}
      {schema.format && ` (${schema.format})`}
    </>
  )
}
