import {readFileSync} from "node:fs"
import {join} from "node:path"
import {CoderError, type Day} from "../0-records/index.ts"

/** A body of countries, each with the days of its membership, both included; `null` where they have no beginning or no end. */
export type CountryGroup = {
  readonly name: string
  readonly members: readonly {readonly country: string; readonly from: Day | null; readonly to: Day | null}[]
}

/**
 * Reads EU, NATO and the like, by the names that they are asked by.
 *
 * @param folder  the tables: `knowledge/`
 * @throws CoderError `knowledge-unreadable`
 */
export function openGroups(folder: string): ReadonlyMap<string, CountryGroup> {
  const path = join(folder, "groups/groups.json")
  try {
    const file = JSON.parse(readFileSync(path, "utf8")) as {groups: Record<string, CountryGroup>}
    return new Map(Object.entries(file.groups))
  } catch (error) {
    throw new CoderError("knowledge-unreadable", `Cannot read ${JSON.stringify(path)}: ${(error as Error).message}`, {}, {cause: error})
  }
}
