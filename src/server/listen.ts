import type {Server} from "node:http"
import type {AddressInfo} from "node:net"
import {createAdaptorServer} from "@hono/node-server"
import {CoderError} from "../0-records/index.ts"

/** A server that takes requests. */
export type Listening = {
  readonly address: string
  /** Takes no more, lets what is under way end for at most ten seconds, and closes. */
  readonly stop: () => Promise<void>
}

const drainMs = 10_000

/** An id of 2,000 characters, each of them percent-encoded, is told to be too long by its route and not by Node. */
const mostHeaderBytes = 64 * 1024

/**
 * Listens at a host and port; port 0 takes a free one.
 *
 * @throws CoderError `port-unusable`
 */
export async function listen(app: {readonly fetch: (request: Request) => Response | Promise<Response>}, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({fetch: app.fetch, serverOptions: {maxHeaderSize: mostHeaderBytes}}) as Server
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  await new Promise<void>((done, fail) => {
    server.once("error", error => fail(unusable(host, port, error)))
    server.listen(port, host, done)
  })
  const {port: taken} = server.address() as AddressInfo
  return {
    address: `http://${host.includes(":") ? `[${host}]` : host}:${taken}/`,
    stop: () =>
      new Promise(done => {
        const timer = setTimeout(() => server.closeAllConnections(), drainMs)
        server.close(() => {
          clearTimeout(timer)
          done()
        })
        server.closeIdleConnections()
      }),
  }
}

function unusable(host: string, port: number, error: NodeJS.ErrnoException): CoderError {
  const found = error.code === "EADDRINUSE" ? "another program listens there; --port names another, 0 any free one" : error.message
  return new CoderError("port-unusable", `Cannot listen at ${host}:${port}: ${found}`, {}, {cause: error})
}
