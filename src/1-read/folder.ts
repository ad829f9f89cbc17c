import {readdir, stat} from "node:fs/promises"
import {join} from "node:path"

/** The files below a folder in sorted order, folder by folder; hidden ones are left out, and links to folders, which may turn in circles. */
export async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, {withFileTypes: true})
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith(".")) continue
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) yield path
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
