import {useLayoutEffect, useState} from "preact/hooks"

/** What the server said instead of an answer. */
export class Failure extends Error {
  override readonly name = "Failure"
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status: number) {
    super(message)
    this.code = code
    this.status = status
  }
}

/**
 * Asks the server.
 *
 * @throws Failure with the server's own words, or `unreachable`
 */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, init).catch(error => {
    if (init.signal?.aborted) throw error
    throw new Failure("unreachable", "Cannot reach the server: expected it to run; start it again and reload this page", 0)
  })
  const body = (await response.json().catch(() => null)) as {error?: {code: string; message: string}} | null
  if (response.ok && body !== null) return body as T
  throw new Failure(body?.error?.code ?? "unreadable", body?.error?.message ?? `Cannot read the server's answer (${response.status})`, response.status)
}

/** Hands a record to the server and gives what it answers. */
export function send<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
  return ask(path, {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(body), signal})
}

export type Answer<T> =
  | {readonly state: "waiting"}
  | {readonly state: "failed"; readonly failure: Failure}
  | {
      readonly state: "here"
      readonly value: T
      /** The path that it answers to. */
      readonly path: string
      /** Whether it answers the path before, and the answer to this one is on its way. */
      readonly isOld: boolean
    }

/** What the server answers to a path; asked again when the path changes, and never for `null`. Until the new answer is here the old one stays, so that nothing jumps. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [held, hold] = useState<{path: string | null; answer: Answer<T>}>({path, answer: {state: "waiting"}})
  // Before the page is drawn: the question shall not wait for the next frame.
  useLayoutEffect(() => {
    if (path === null) return
    const controller = new AbortController()
    ask<T>(path, {signal: controller.signal}).then(
      value => hold({path, answer: {state: "here", value, path, isOld: false}}),
      failure => {
        if (!controller.signal.aborted) hold({path, answer: {state: "failed", failure: failure as Failure}})
      },
    )
    return () => controller.abort()
  }, [path])
  if (held.path === path) return held.answer
  return held.answer.state === "here" && path !== null ? {...held.answer, isOld: true} : {state: "waiting"}
}
