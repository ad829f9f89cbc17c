import {useEffect, useState} from "preact/hooks"
import {Failure} from "../ask.ts"

/** Whether the server lets the asker change what is stored, needs its token first, or keeps nothing. */
export type Access = "open" | "token" | "none"

type Outcome = {readonly fail: (failure: Failure | null) => void; readonly done: () => void}

/** What to do where the server does not know who wants to change what is stored. `verb` says what is wanted. */
export function SignIn({access, verb, fail, done}: Outcome & {access: Access; verb: string}) {
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
        void signIn(String(new FormData(event.currentTarget).get("token") ?? "").trim(), {fail, done})
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
    </form>
  )
}

/** Hands the token over; the server answers with a cookie. */
async function signIn(token: string, {fail, done}: Outcome): Promise<void> {
  const response = await fetch("/sign-in", {method: "POST", body: new URLSearchParams({token})}).catch(() => null)
  if (response === null) return fail(new Failure("unreachable", "Cannot reach the server: expected it to run; start it again and reload this page", 0))
  if (!response.ok) return fail(new Failure("request-refused", "Cannot sign in: this is not the server’s token", 0))
  fail(null)
  done()
}

/** Whether a token in the address was handed over, so that the first question is asked with it. It leaves the address at once. */
export function useTokenOfAddress(fail: Outcome["fail"], done: () => void): boolean {
  const [isReady, setReady] = useState(!location.hash.startsWith("#token="))
  useEffect(() => {
    if (isReady) return
    const token = decodeURIComponent(location.hash.slice("#token=".length))
    history.replaceState(null, "", `${location.pathname}${location.search}`)
    void signIn(token, {fail, done}).then(() => setReady(true))
  }, [])
  return isReady
}
