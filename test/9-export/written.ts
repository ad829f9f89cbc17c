import {type LayoutOptions, layouts, type Row} from "../../src/9-export/index.ts"

/** The bytes that a layout makes of rows. */
export async function written(name: string, rows: readonly Row[], options: Partial<LayoutOptions> = {}): Promise<Buffer> {
  const layout = layouts.find(layout => layout.name === name)
  if (!layout) throw new Error(`no layout ${name}`)
  const chunks: Buffer[] = []
  for await (const chunk of layout.write(given(rows), {kind: "events", ...options})) chunks.push(Buffer.from(chunk as string))
  return Buffer.concat(chunks)
}

async function* given(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows
}
