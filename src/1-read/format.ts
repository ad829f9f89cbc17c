import type {Problem, Source} from "../0-records/index.ts"

/** The names that `--as` takes. */
export type FormatName = "text" | "markdown" | "html" | "jsonl" | "json" | "csv" | "tsv" | "parquet" | "feed" | "warc"

/** A format that inputs come in. Docs: docs/input.md, a heading for each. */
export type Format = {
  readonly name: FormatName
  /** With the dot, lower case; `.gz` after any of them means gzip. */
  readonly extensions: readonly string[]
  /** Media types that a server may say, without parameters. */
  readonly types: readonly string[]
  /** What it is and what is read of it, in one line. */
  readonly about: string
  /**
   * Reads the reports of one input, in its order. A row that cannot be read is yielded as a problem.
   *
   * @throws CoderError where the whole input cannot be read
   */
  readonly read: (input: Input, options: RowOptions) => AsyncGenerator<Source | Problem>
}

/** One opened input. */
export type Input = {
  /** As the caller named it; inside folders with the path below. */
  readonly name: string
  /** The bytes, once, from the start; gzip already undone. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Where it lies on disk as plain bytes; absent for streams, addresses and gzip. */
  readonly path?: string
  /** The address that it was fetched from, after redirects. */
  readonly url?: string
  /** The charset that the server said. */
  readonly charset?: string
}

export type RowOptions = {
  /** Our field → their column. */
  readonly columns: Readonly<Record<string, string>>
}

/** Tells problems from the sources of `read` and the reports of `codeAll`. */
export function isProblem(one: object | Problem): one is Problem {
  return "code" in one && "isWarning" in one
}
