import {type FileHandle, mkdtemp, open, realpath, rename, rm, stat} from "node:fs/promises"
import {tmpdir} from "node:os"
import {basename, dirname, join} from "node:path"
import {CoderError} from "../0-records/index.ts"

/** Where rows go: standard output or a file. */
export type Output = {
  readonly write: (chunk: string | Uint8Array) => Promise<void>
  /** Makes what was written final. A file appears under its name only now, whole. */
  readonly commit: () => Promise<void>
  /** Drops what was written to a file; a file that stood there before stays as it was. Does nothing after `commit`. */
  readonly abandon: () => Promise<void>
}

/** The reader of standard output has gone (`| head -1`): a good end. */
export class ClosedPipe extends Error {}

/** @throws CoderError `output-failed` */
export async function openOutput(path: string | undefined): Promise<Output> {
  return path === undefined ? standardOutput() : file(path)
}

/** A folder for a layout's own files, beside the output so that both have the same room on disk. */
export async function openScratch(path: string | undefined): Promise<{readonly folder: string; readonly close: () => Promise<void>}> {
  const folder = await mkdtemp(join(path === undefined ? tmpdir() : dirname(path), ".communique-")).catch(error => {
    throw failed(path, error)
  })
  return {folder, close: () => rm(folder, {recursive: true, force: true})}
}

function standardOutput(): Output {
  const {stdout} = process
  let broken: NodeJS.ErrnoException | undefined
  stdout.on("error", error => {
    broken ??= error
  })
  return {
    write: chunk =>
      new Promise((done, fail) => {
        const end = (error?: Error | null) => {
          const cause = broken ?? (error as NodeJS.ErrnoException | null | undefined)
          if (!cause) done()
          else fail(cause.code === "EPIPE" ? new ClosedPipe() : failed(undefined, cause))
        }
        if (broken) end()
        else stdout.write(chunk, end)
      }),
    commit: async () => {},
    abandon: async () => {},
  }
}

/** Written under another name in the same folder and renamed at the end; a device or pipe is written straight. */
async function file(path: string): Promise<Output> {
  let handle: FileHandle | undefined
  try {
    const standing = await stat(path).catch(() => undefined)
    if (standing?.isDirectory()) throw new Error("it is a folder")
    const isPlain = !standing || standing.isFile()
    const target = standing && isPlain ? await realpath(path) : path
    const part = isPlain ? join(dirname(target), `.${basename(target)}.${process.pid}.part`) : target
    const opened = await open(part, "w", standing?.mode ?? 0o666)
    handle = opened
    return {
      write: async chunk => {
        try {
          await opened.writeFile(chunk)
        } catch (error) {
          throw failed(path, error)
        }
      },
      commit: async () => {
        try {
          if (isPlain) await opened.sync()
          await close()
          if (isPlain) await rename(part, target)
        } catch (error) {
          throw failed(path, error)
        }
      },
      abandon: async () => {
        if (!handle) return
        await close()
        if (isPlain) await rm(part, {force: true})
      },
    }
  } catch (error) {
    throw failed(path, error)
  }

  async function close(): Promise<void> {
    const open = handle
    handle = undefined
    await open?.close()
  }
}

function failed(path: string | undefined, error: unknown): CoderError {
  const message =
    error instanceof Error && "code" in error && error.code === "ENOENT"
      ? "found no such folder; make it first"
      : error instanceof Error
        ? error.message
        : String(error)
  // Node's message goes on with the call and the path, which here is the name of the unfinished file.
  const found = /^E\w+: [^,]+/.exec(message)?.[0] ?? message
  return new CoderError("output-failed", `Cannot write ${path === undefined ? "standard output" : JSON.stringify(path)}: ${found}`, {}, {cause: error})
}
