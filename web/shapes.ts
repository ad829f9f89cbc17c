import type {Feature, FeatureCollection, Geometry} from "geojson"
import {feature} from "topojson-client"
import shapes from "world-atlas/countries-50m.json?url"
import {countries} from "./countries.ts"
import {unrolled} from "./map.ts"

/** Natural Earth's countries by alpha-3 code; land that has none by a name that begins with `-`. */
export type World = ReadonlyMap<string, Geometry>

let world: Promise<World> | undefined

/** Asked for once; again where the server did not give it. */
export function readWorld(): Promise<World> {
  world ??= fetch(shapes)
    .then(answer => answer.json())
    .then(topology => {
      const {features} = feature(topology, topology.objects.countries) as unknown as FeatureCollection
      const byNumber = new Map([...countries.values()].map(({number, code}) => [number, code]))
      return new Map(features.map(one => [codeOf(one, byNumber), unrolled(one.geometry)]))
    })
    .catch(error => {
      world = undefined
      throw error
    })
  return world
}

const codeOf = ({id, properties}: Feature, byNumber: ReadonlyMap<string | null, string>) =>
  id === undefined ? (properties?.name === "Kosovo" ? "XKX" : `-${properties?.name}`) : (byNumber.get(String(id)) ?? `-${id}`)
