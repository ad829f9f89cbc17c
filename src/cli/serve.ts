import {randomBytes} from "node:crypto"
import {CoderError} from "../0-records/index.ts"
import {openStore} from "../8-store/index.ts"
import type {Verb} from "./call.ts"
import {watchInterrupt} from "./interrupt.ts"
import {coderOptionsOf, knowledge, quiet, storeOption, threads} from "./options.ts"
import {isLoopback, port, portOf, serveUntilStopped} from "./serving.ts"
import {seconds, tell} from "./tell.ts"

const leastToken = 16

export const serve: Verb = {
  name: "serve",
  about: "serve the viewer and the HTTP API",
  inputs: "",
  notes: [
    "Paste a text or drop a file and see its events. Only this machine can reach the server, unless --host says more; then callers need the",
    `token of the environment's COMMUNIQUE_TOKEN, ${leastToken} characters or more. Docs: docs/http.md.`,
  ],
  options: [
    {...storeOption, about: "serve the reports of this store; without it nothing is kept"},
    port,
    {name: "host", takes: "HOST", about: "listen at this address of the machine; default 127.0.0.1"},
    knowledge,
    threads,
    quiet,
  ],
  examples: [
    "communique serve",
    "communique serve --store project.duckdb",
    "COMMUNIQUE_TOKEN=$(openssl rand -hex 16) communique serve --host 0.0.0.0 --port 80",
  ],
  run: async call => {
    portOf(call)
    const host = call.value("host") ?? "127.0.0.1"
    const token = tokenFor(host, process.env.COMMUNIQUE_TOKEN)
    const options = coderOptionsOf(call)
    const interrupt = watchInterrupt()
    const {openCoder} = await import("../journey.ts")
    const coder = await openCoder(options)
    const path = call.value("store")
    // On this machine alone reading is open, and the printed link lets a reviewer in.
    const reviewToken = token === undefined && path !== undefined ? newToken() : undefined
    const store = path === undefined ? await openStore(":memory:", {make: true}) : await openStore(path, {isReader: true})
    return serveUntilStopped(call, {
      coder,
      store,
      host,
      ...(token !== undefined && {token}),
      ...(reviewToken !== undefined && {reviewToken}),
      interrupt,
      onReady: address => {
        process.stdout.write(`${address}\n`)
        if (reviewToken !== undefined) tell(`to correct what the coder wrote: ${address}review#token=${reviewToken}`)
        if (!call.has("quiet")) tell(`ready in ${seconds()}; ${path === undefined ? "nothing is stored; " : ""}Ctrl-C ends it`)
      },
    })
  },
}

/** What lets a reviewer in, anew at each start. */
export const newToken = () => randomBytes(18).toString("base64url")

/** @throws CoderError `call-wrong`, where others could reach the server without a token */
function tokenFor(host: string, token: string | undefined): string | undefined {
  if (token && token.length < leastToken)
    throw new CoderError("call-wrong", `Cannot use COMMUNIQUE_TOKEN: found ${token.length} characters, expected ${leastToken} or more`)
  if (!token && !isLoopback(host))
    throw new CoderError(
      "call-wrong",
      `Cannot listen at ${host} without a token, since others can reach it: set COMMUNIQUE_TOKEN to ${leastToken} characters or more`,
    )
  return token || undefined
}
