import {chmod, mkdtemp, readFile, rename, rm, writeFile} from "node:fs/promises"
import {connect, createServer, type Server, type Socket} from "node:net"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {CoderError, type Place, type ProblemCode} from "../0-records/index.ts"
import {type Database, Gone} from "./database.ts"
import {type Caller, runCall} from "./store.ts"

/** The owner of a store's file, answering the calls of other processes. */
export type Owner = {readonly stop: () => Promise<void>}

type Request = {readonly id: number; readonly name: string; readonly args: readonly unknown[]}
type Answer = {readonly id: number; readonly result?: unknown; readonly error?: Told}
type Told = {readonly code: ProblemCode | null; readonly message: string; readonly place: Place}

const lockOf = (path: string) => `${path}.lock`

/** Answers calls on a local socket, which only this user may open and whose place stands in `<store>.lock`. */
export async function serveStore(path: string, database: Database): Promise<Owner> {
  await removeStale(path)
  // Sockets have short names: the store's own folder may be too deep.
  const folder = await mkdtemp(join(tmpdir(), "communique-"))
  const address = process.platform === "win32" ? `\\\\.\\pipe\\${folder.split(/[\\/]/).at(-1)}` : join(folder, "store")
  const sockets = new Set<Socket>()
  const working = new Set<Promise<void>>()
  let isStopping = false
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy())
    onLines(socket, line => {
      // What comes after the stop is not begun: the caller finds the socket closed and looks for the next owner.
      if (isStopping) return
      const work = answer(database, JSON.parse(line) as Request).then(answered => {
        if (answered) socket.write(`${JSON.stringify(answered)}\n`)
        else socket.destroy()
      })
      working.add(work)
      work.finally(() => working.delete(work))
    })
  })
  await listen(server, address)
  server.unref()
  if (process.platform !== "win32") await chmod(address, 0o600)
  await writeFile(`${lockOf(path)}.part`, JSON.stringify({socket: address, folder, process: process.pid}))
  await rename(`${lockOf(path)}.part`, lockOf(path))
  return {
    async stop() {
      isStopping = true
      await rm(lockOf(path), {force: true})
      await Promise.all(working)
      await new Promise<void>(done => {
        server.close(() => done())
        for (const socket of sockets) socket.end(() => socket.destroySoon())
      })
      await rm(folder, {recursive: true, force: true})
    },
  }
}

/** What an owner that was killed left behind. */
async function removeStale(path: string): Promise<void> {
  const lock = await readLock(path)
  if (!lock?.folder.startsWith(join(tmpdir(), "communique-"))) return
  await rm(join(lock.folder, "store"), {force: true})
  await rm(lock.folder, {recursive: true, force: true})
}

async function readLock(path: string): Promise<{socket: string; folder: string} | undefined> {
  try {
    const lock = JSON.parse(await readFile(lockOf(path), "utf8")) as {socket?: unknown; folder?: unknown}
    return typeof lock.socket === "string" && typeof lock.folder === "string" ? {socket: lock.socket, folder: lock.folder} : undefined
  } catch {
    return undefined
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail)
    server.listen(address, () => done())
  })
}

/** `undefined` where this process holds the file no more. */
async function answer(database: Database, {id, name, args}: Request): Promise<Answer | undefined> {
  try {
    return {id, result: await runCall(database, name, args)}
  } catch (error) {
    if (error instanceof Gone) return undefined
    if (error instanceof CoderError) return {id, error: {code: error.code, message: error.message, place: error.place}}
    return {id, error: {code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error), place: {}}}
  }
}

/** The way to another process's store. */
export type Remote = {readonly call: Caller; readonly close: () => void}

/** Finds the owner that `<store>.lock` names; `undefined` where nobody answers there. */
export async function reachStore(path: string): Promise<Remote | undefined> {
  const lock = await readLock(path)
  const socket = lock && (await connected(lock.socket))
  if (!socket) return undefined
  const waiting = new Map<number, {done: (result: unknown) => void; fail: (error: Error) => void}>()
  let last = 0
  socket
    .on("error", () => {})
    .on("close", () => {
      for (const {fail} of waiting.values()) fail(new Gone())
      waiting.clear()
    })
  onLines(socket, line => {
    const {id, result, error} = JSON.parse(line) as Answer
    const one = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) socket.unref()
    if (!error) one?.done(result)
    else one?.fail(error.code === null ? new Error(error.message) : new CoderError(error.code, error.message, error.place))
  })
  socket.unref()
  return {
    call: (name, args) =>
      new Promise((done, fail) => {
        if (socket.destroyed || !socket.writable) return fail(new Gone())
        const id = ++last
        waiting.set(id, {done, fail})
        socket.ref()
        socket.write(`${JSON.stringify({id, name, args})}\n`)
      }),
    close: () => socket.destroy(),
  }
}

function connected(address: string): Promise<Socket | undefined> {
  return new Promise(done => {
    const socket = connect(address, () => done(socket))
    socket.once("error", () => done(undefined))
  })
}

/** Each line that a socket brings; JSON has no line feed of its own. */
function onLines(socket: Socket, take: (line: string) => void): void {
  let parts: string[] = []
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = chunk.split("\n")
    for (const [at, line] of lines.entries()) {
      parts.push(line)
      if (at === lines.length - 1) continue
      take(parts.join(""))
      parts = []
    }
  })
}
