import {execFileSync, spawn, spawnSync} from "node:child_process"
import {chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync} from "node:fs"
import {createServer} from "node:net"
import {tmpdir} from "node:os"
import {join} from "node:path"
import pg from "pg"

const root = "/usr/lib/postgresql"

function programs(): string | undefined {
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map(version => join(root, version, "bin")).find(bin => existsSync(join(bin, "initdb")))
}

/** Debian's server, which is installed where that is possible. */
function installed(): string | undefined {
  const found = programs()
  const isDebian = existsSync("/etc/debian_version")
  if (found || !isDebian || process.getuid?.() !== 0) return found
  const apt = (...words: string[]) => spawnSync("apt-get", words, {stdio: "ignore", env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}})
  apt("update")
  apt("install", "-y", "--no-install-recommends", "postgresql")
  return programs()
}

const bin = installed()

/** Where it is false, the tests of PostgreSQL are left out; in continuous integration that is a failure. */
export const hasPostgres = bin !== undefined
if (!hasPostgres) {
  const told = "PostgreSQL is not installed: its tests are left out (apt-get install postgresql)"
  if (process.env.CI) throw new Error(told)
  console.warn(told)
}

/** A server of the tests' own. Every method but `address` waits until the server has done it. */
export type Server = {
  /** Makes an empty database, and gives its address. */
  readonly database: () => Promise<string>
  /** The address of a database, for another user, password or port. */
  readonly address: (database: string, as?: {user?: string; password?: string; port?: number}) => string
  /** Asks the server as its owner. */
  readonly ask: (sql: string, address?: string) => Promise<readonly Record<string, unknown>[]>
  readonly stop: () => void
  readonly start: () => void
}

/**
 * Starts a server on a free port of this machine, in a folder that goes with it when the process of this test file ends.
 *
 * @param mostKiB  how large a file of the server may grow: a write beyond it fails as on a full disk
 */
export async function startPostgres({mostKiB}: {mostKiB?: number} = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "communique-postgres-"))
  const owner = ownerOf(folder)
  const port = await freePort()
  const run = (program: string, ...words: string[]) => execFileSync(join(bin!, program), words, {...owner, cwd: folder, stdio: ["ignore", "ignore", "pipe"]})
  const data = join(folder, "data")
  // Rows of the tests need not outlive the machine; those of a store do, and this program asks for it.
  run("initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions", "--wal-segsize=1")
  const limited = join(folder, "limited")
  if (mostKiB !== undefined) writeFileSync(limited, `#!/bin/bash\nulimit -f ${mostKiB}\nexec "${join(bin!, "postgres")}" "$@"\n`, {mode: 0o755})
  const start = () => {
    const options = ["-o", `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`]
    run("pg_ctl", "start", "-w", "-D", data, "-l", join(folder, "log"), ...options, ...(mostKiB === undefined ? [] : ["-p", limited]))
  }
  const stop = () => run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data)
  // Ends the server and its folder once its input is closed: when this process ends, whatever ends it. Vitest's end is ours.
  process.once("disconnect", () => process.exit(1))
  const watch = 'read -r _; "$0" stop -w -m immediate -D "$1"; cd /; rm -rf "$2"'
  const watcher = spawn("sh", ["-c", watch, join(bin!, "pg_ctl"), data, folder], {...owner, cwd: folder, stdio: ["pipe", "ignore", "ignore"], detached: true})
  watcher.unref()
  start()
  const address: Server["address"] = (database, {user = "owner", password, port: other = port} = {}) =>
    `postgres://${user}${password === undefined ? "" : `:${password}`}@127.0.0.1:${other}/${database}`
  async function ask(sql: string, at = address("postgres")) {
    const client = new pg.Client({connectionString: at})
    await client.connect()
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }
  let made = 0
  return {
    address,
    ask,
    start,
    stop,
    database: async () => {
      const name = `store_${++made}`
      await ask(`CREATE DATABASE ${name}`)
      return address(name)
    },
  }
}

/** The server refuses to be run by root. */
function ownerOf(folder: string): {uid?: number; gid?: number} {
  if (process.getuid?.() !== 0) return {}
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find(line => line.startsWith("postgres:"))
  if (!line) throw new Error("found no user postgres")
  const [, , uid, gid] = line.split(":").map(Number) as [number, number, number, number]
  chownSync(folder, uid, gid)
  return {uid, gid}
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once("error", fail).listen(0, "127.0.0.1", () => {
      const {port} = server.address() as {port: number}
      server.close(() => done(port))
    })
  })
}
