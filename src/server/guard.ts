import {createHash, timingSafeEqual} from "node:crypto"
import type {Context, MiddlewareHandler} from "hono"
import {deleteCookie, getCookie, setCookie} from "hono/cookie"
import {CoderError} from "../0-records/index.ts"
import type {Access} from "./access.ts"
import {fail} from "./failure.ts"

/** Everything that the viewer needs comes from this server; text enters its pages as text only. The one address that a script may name is that of the map's worker (`world-map.tsx`). */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
].join("; ")

/** Headers of every answer. */
export const secureHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  c.header("content-security-policy", contentPolicy)
  c.header("x-content-type-options", "nosniff")
  c.header("referrer-policy", "no-referrer")
  c.header("cross-origin-opener-policy", "same-origin")
  c.header("cross-origin-resource-policy", "same-origin")
}

/**
 * Refuses what another site's page sends. On loopback the Host must be a name of this machine, so that a foreign
 * name which was bent to 127.0.0.1 reaches nothing; elsewhere the token sees to that.
 */
export function sameSite(isLoopback: boolean): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host") ?? new URL(c.req.url).host
    const name = host.replace(/:\d+$/, "").toLowerCase()
    if (isLoopback && !loopbackNames.has(name)) return refuse(c, `found Host ${JSON.stringify(host.slice(0, 100))}, expected localhost or 127.0.0.1`)
    const origin = c.req.header("origin")
    if (origin !== undefined && hostOf(origin) !== host.toLowerCase())
      return refuse(c, `found Origin ${JSON.stringify(origin.slice(0, 100))}, expected this server's own`)
    const site = c.req.header("sec-fetch-site")
    const isFollowedLink = c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate"
    if (site === "cross-site" && !isFollowedLink) return refuse(c, "found one of another site's page")
    return next()
  }
}

export const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"])

const refuse = (c: Context, found: string) => fail(c, new CoderError("request-refused", `Cannot take the request: ${found}`))

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : "")

const cookie = "communique"

/** Whom the token lets in: `Authorization: Bearer`, or the cookie that signing in leaves. Health is open to all. */
export function tokenNeeded(token: string): MiddlewareHandler {
  return async (c, next) => {
    const {path} = c.req
    if (path === "/healthz" || path === "/readyz") return next()
    if (path === "/sign-in") return c.req.method === "POST" ? signIn(c, token) : c.html(signInPage(""))
    if (isKnown(c, token)) return next()
    const wantsPage = c.req.method === "GET" && c.req.header("accept")?.includes("text/html")
    if (wantsPage) return c.redirect("/sign-in", 303)
    c.header("www-authenticate", "Bearer")
    return fail(c, new CoderError("request-refused", "Cannot take the request: expected this server's token"), 401)
  }
}

/**
 * Lets everybody read and code, and whoever knows the token do all else: without one nobody does, so that no other program of
 * this machine changes what is stored.
 */
export function tokenToWrite(token: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    const {path, method} = c.req
    if (token !== undefined && path === "/sign-in") return method === "POST" ? signIn(c, token) : c.html(signInPage(""))
    if (method === "GET" || method === "HEAD" || path === "/api/v1/code" || (token !== undefined && isKnown(c, token))) return next()
    c.header("www-authenticate", "Bearer")
    const expected =
      token === undefined
        ? "this server keeps nothing; communique serve --store does"
        : "expected this server's token: the link that communique serve printed has it"
    return fail(c, new CoderError("request-refused", `Cannot change what is stored: ${expected}`), 401)
  }
}

/** Whether a caller may correct, needs the token first, or cannot at all since there is none. */
export function accessBy(token: string | undefined, reviewToken: string | undefined): (c: Context) => Access {
  return c => (token !== undefined ? "open" : reviewToken === undefined ? "none" : isKnown(c, reviewToken) ? "open" : "token")
}

function isKnown(c: Context, token: string): boolean {
  const [, bearer = ""] = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "") ?? []
  return isSame(bearer, token) || isSame(getCookie(c, cookie) ?? "", session(token))
}

async function signIn(c: Context, token: string) {
  const {token: given} = await c.req.parseBody()
  if (typeof given !== "string" || !isSame(given.trim(), token)) {
    deleteCookie(c, cookie)
    return c.html(signInPage("That is not this server's token."), 401)
  }
  setCookie(c, cookie, session(token), {httpOnly: true, sameSite: "Strict", path: "/", secure: new URL(c.req.url).protocol === "https:"})
  return c.redirect("/", 303)
}

/** What the cookie holds: made of the token, and not the token. */
const session = (token: string) => createHash("sha256").update(`communique session ${token}`).digest("hex")

/** Compares in a time that does not tell how much of the two is alike. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map(text => createHash("sha256").update(text).digest()) as [Buffer, Buffer]
  return timingSafeEqual(a, b)
}

const signInPage = (told: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in – Communique</title>
<h1>Communique</h1>
<p>${told || "This server is open to those who know its token."}</p>
<form method="post" action="/sign-in"><label>Token <input name="token" type="password" autocomplete="current-password" required autofocus></label> <button>Sign in</button></form>
</html>`
