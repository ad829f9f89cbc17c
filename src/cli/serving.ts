import {CoderError} from "../0-records/index.ts"
import type {Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import type {Listening, listen} from "../server/index.ts"
import type {Call, Option} from "./call.ts"
import type {Interrupt} from "./interrupt.ts"
import {numberOf} from "./options.ts"
import {tell} from "./tell.ts"

/** What `open` and `serve` have in common: a coder and a store of reports, shown until someone stops it. */

export const defaultPort = 7400

export const port: Option = {name: "port", takes: "N", about: `listen at this port; default ${defaultPort}, 0 for any free one`}

/** What is to be served, and where. */
export type Served = {
  readonly coder: Coder
  readonly store: Store
  readonly host: string
  readonly token?: string
  readonly reviewToken?: string
  readonly interrupt: Interrupt
  /** Called once, with the address, when requests are taken. */
  readonly onReady: (address: string) => void
}

/** Serves until Ctrl-C or a polite kill, lets what is under way end, and gives exit code 0: that is how a server ends. */
export async function serveUntilStopped(call: Call, {coder, store, host, token, reviewToken, interrupt, onReady}: Served): Promise<number> {
  const {signal} = interrupt
  // Loaded here, so that other verbs start without it.
  const server = await import("../server/index.ts")
  const app = server.openApp({
    coder,
    store,
    isLoopback: isLoopback(host),
    ...(token !== undefined && {token}),
    ...(reviewToken !== undefined && {reviewToken}),
    startedAt: Math.round(Date.now() / 1000 - performance.now() / 1000),
    isReady: () => !signal.aborted,
  })
  const listening = await listenAt(server.listen, app, host, portOf(call))
  if (!signal.aborted) {
    onReady(listening.address)
    await new Promise<void>(done => signal.addEventListener("abort", () => done(), {once: true}))
  }
  if (!call.has("quiet")) tell("stopping; Ctrl-C again stops at once")
  await listening.stop()
  await Promise.all([coder.close(), store.close()])
  return 0
}

/** The port asked for; `undefined` where none was. */
export function portOf(call: Call): number | undefined {
  return numberOf(call, "port", "a whole number from 0 to 65535", number => Number.isInteger(number) && number >= 0 && number <= 65535)
}

/** Nobody asked for the default port, so that another one will do where it is taken. */
async function listenAt(at: typeof listen, app: Parameters<typeof listen>[0], host: string, wanted: number | undefined): Promise<Listening> {
  try {
    return await at(app, host, wanted ?? defaultPort)
  } catch (error) {
    if (!(error instanceof CoderError) || wanted !== undefined) throw error
    return at(app, host, 0)
  }
}

/** Whether only this machine can reach a host. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|::1|\[::1\]|127(?:\.\d{1,3}){3})$/.test(host)
}
