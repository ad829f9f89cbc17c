import {csv} from "./csv.ts"
import {gdelt, gdelt1, gdeltMentions} from "./gdelt.ts"
import {geojson} from "./geojson.ts"
import {icews} from "./icews.ts"
import {jsonl} from "./jsonl.ts"
import type {Layout} from "./layout.ts"
import {gexf, graphml} from "./network.ts"
import {panel} from "./panel.ts"
import {parquet, parquetFlat} from "./parquet.ts"
import {polecat} from "./polecat.ts"
import {text} from "./text.ts"

export {type Importable, importable, type Line, readDataset, sniffDataset} from "./imported.ts"
export type {Layout, LayoutOptions, Row, RowKind, Style} from "./layout.ts"
export {withoutWords} from "./words.ts"

/** What rows can be written as. A new layout is one file and its name here. */
export const layouts: readonly Layout[] = [text, jsonl, csv, parquet, parquetFlat, gdelt, gdeltMentions, gdelt1, icews, polecat, geojson, graphml, gexf, panel]
