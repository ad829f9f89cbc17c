import type {MiddlewareHandler} from "hono"
import {routePath} from "hono/route"
import type {Coded} from "../0-records/index.ts"

/** What the server counts, in Prometheus' text format. */
export type Metrics = {
  readonly count: MiddlewareHandler
  readonly coded: (coded: Coded) => void
  readonly text: () => string
}

/** Upper edges in seconds: from a page to a long report. */
const edges = [0.005, 0.025, 0.1, 0.5, 2, 10, 60]

export function openMetrics(startedAt: number): Metrics {
  const requests = new Map<string, number>()
  const buckets = edges.map(() => 0)
  let seconds = 0
  let answered = 0
  const found = {reports: 0, mentions: 0, quotes: 0}
  return {
    count: async (c, next) => {
      const began = performance.now()
      await next()
      const took = (performance.now() - began) / 1000
      answered++
      seconds += took
      for (const [at, edge] of edges.entries()) if (took <= edge) buckets[at]!++
      const label = `route="${routePath(c, -1)}",method="${c.req.method}",status="${c.res.status}"`
      requests.set(label, (requests.get(label) ?? 0) + 1)
    },
    coded({events, quotes}) {
      found.reports++
      found.mentions += events.length
      found.quotes += quotes.length
    },
    text() {
      const metric = (name: string, type: string, help: string, ...lines: readonly string[]) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines]
      const single = (name: string, type: string, help: string, value: number) => metric(name, type, help, `${name} ${value}`)
      return [
        ...metric(
          "communique_requests_total",
          "counter",
          "Requests answered.",
          ...[...requests].map(([label, number]) => `communique_requests_total{${label}} ${number}`),
        ),
        ...metric(
          "communique_request_seconds",
          "histogram",
          "Time from request to answer.",
          ...edges.map((edge, at) => `communique_request_seconds_bucket{le="${edge}"} ${buckets[at]}`),
          `communique_request_seconds_bucket{le="+Inf"} ${answered}`,
          `communique_request_seconds_sum ${seconds}`,
          `communique_request_seconds_count ${answered}`,
        ),
        ...single("communique_coded_reports_total", "counter", "Reports coded over HTTP.", found.reports),
        ...single("communique_coded_mentions_total", "counter", "Mentions found in them.", found.mentions),
        ...single("communique_coded_quotes_total", "counter", "Quotes found in them.", found.quotes),
        ...single("process_resident_memory_bytes", "gauge", "Memory in use.", process.memoryUsage.rss()),
        ...single("process_start_time_seconds", "gauge", "When the program began, in seconds since 1970.", startedAt),
        "",
      ].join("\n")
    },
  }
}
