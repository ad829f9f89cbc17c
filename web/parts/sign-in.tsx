import {useEffect, useState} from "preact/hooks"
import {Failure, useAnswer} from "../ask.ts"
import {Failed, Told} from "./states.tsx"

/** Whether the server lets the asker change what is stored, needs its token first, or keeps nothing. */
export type Access = "open" | "token" | "none"

/** @param verb  what is wanted @param done  what follows once the server knows who wants it */
type Wanted = {readonly verb: string; readonly done: () => void}

/** Why nothing was changed; where the server does not know who asks, a way to tell it. */
export function Refused({failure, ...wanted}: Wanted & {failure: Failure}) {
  const answer = useAnswer<{access: Access}>(failure.status === 401 ? "/api/v1/access" : null)
  if (failure.status !== 401) return <Failed failure={failure} />
  return <Told answer={answer}>{({access}) => <SignIn access={access} {...wanted} />}</Told>
}

/** What to do where the server does not know who wants to change what is stored. */
export function SignIn({access, verb, done}: Wanted & {access: Access}) {
  const [failure, fail] = useState<Failure | null>(null)
  if (access === "none")
    return (
      <div class="failed" role="note">
        <p>
          This server keeps nothing, so that you cannot {verb} here. Begin one on a store: <code>communique serve --store project.duckdb</code>
        </p>
      </div>
    )
  return (
    <form
      class="failed no-token"
      onSubmit={event => {
        event.preventDefault()
        void signIn(String(new FormData(event.currentTarget).get("token") ?? "").trim()).then(wrong => (wrong ? fail(wrong) : done()))
      }}
    >
      <p>
        You may read; to {verb}, open the link that <code>communique serve</code> printed when it started (<code>…/review#token=…</code>), or paste its token
        here.
      </p>
      <label>
        <span class="label">Token</span>
        <input name="token" type="password" required autocomplete="current-password" />
      </label>{" "}
      <button type="submit" class="button">
        Sign in
      </button>
      {failure && <p role="alert">{failure.message}</p>}
    </form>
  )
}

/** Hands the token over; the server answers with a cookie. Gives what went wrong. */
async function signIn(token: string): Promise<Failure | null> {
  const response = await fetch("/sign-in", {method: "POST", body: new URLSearchParams({token})}).catch(() => null)
  if (response === null) return new Failure("unreachable", "Cannot reach the server: expected it to run; start it again and reload this page", 0)
  return response.ok ? null : new Failure("request-refused", "Cannot sign in: this is not the server’s token", 0)
}

/** Whether a token in the address was handed over, so that the first question is asked with it. It leaves the address at once. */
export function useTokenOfAddress(fail: (failure: Failure) => void, done: () => void): boolean {
  const [isReady, setReady] = useState(!location.hash.startsWith("#token="))
  useEffect(() => {
    if (isReady) return
    const token = decodeURIComponent(location.hash.slice("#token=".length))
    history.replaceState(null, "", `${location.pathname}${location.search}`)
    void signIn(token).then(wrong => {
      if (wrong) fail(wrong)
      else done()
      setReady(true)
    })
  }, [])
  return isReady
}
