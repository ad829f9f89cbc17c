/** Whoever held the store is gone, or is just ending: the call is to be made again, wherever the store is then. */
export class Gone extends Error {}

/** What a column holds once it is read: days are `YYYY-MM-DD`, JSON is its text. */
export type Value = string | number | boolean | null | readonly number[]

export type Row = Readonly<Record<string, Value>>

/** Asks in SQL. Placeholders are `$1`, `$2`; the SQL must mean the same to every back end. */
export type Session = {
  /** Whether the indexes of schema.sql are made: a few rows are found by them, and not by a look at each row. */
  readonly usesIndexes: boolean
  readonly all: (sql: string, values?: readonly Value[]) => Promise<Row[]>
  /** Adds rows whose values stand in the order of `columns`. */
  readonly insert: (table: string, columns: readonly string[], rows: readonly (readonly Value[])[]) => Promise<void>
}

/** A database held open: one back end of the store. */
export type Database = Session & {
  /** Runs `work` alone among writers; all that it wrote is there when this returns, or nothing is. */
  readonly transaction: <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>
  /** Writes the whole store to a new DuckDB file. */
  readonly backup: (path: string) => Promise<void>
  /** Writes the file anew, so that nothing deleted stands in it any more. */
  readonly rewrite: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Lets one work at a time; a failed one does not stop the next. */
export function turns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
}

/** Rows of one statement: few enough that any back end takes their values. */
const mostValues = 8000

/** Writes the statements that add `rows`. */
export function* inserts(table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Generator<{sql: string; values: Value[]}> {
  const step = Math.floor(mostValues / columns.length)
  for (let at = 0; at < rows.length; at += step) {
    const part = rows.slice(at, at + step)
    const tuples = part.map((_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(", ")})`)
    yield {sql: `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${tuples.join(", ")}`, values: part.flat()}
  }
}

/** The values of a statement as it is put together: `add` gives the placeholder to write in its place. */
export class Values {
  readonly list: Value[] = []

  add(value: Value): string {
    this.list.push(value)
    return `$${this.list.length}`
  }

  /** A list in brackets, for IN. */
  addAll(values: readonly Value[]): string {
    return `(${values.map(value => this.add(value)).join(", ")})`
  }
}

/** The number after the greatest of a table; 1 where it has no row. */
export async function next(session: Session, table: "mentions" | "quotes" | "corrections" | "actors" | "parties" | "rulings"): Promise<number> {
  const [row] = await session.all(`SELECT coalesce(max(number), 0)::INTEGER + 1 AS n FROM ${table}`)
  return row?.n as number
}
