import {fileURLToPath} from "node:url"

/** What stands beside the program, from its root. */
export const beside = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The tables and the ontology that stand beside the program; verbs that code nothing open them without the model's runtime. */
export const knowledgeFolder = beside("knowledge")
export const ontologyFolder = beside("ontologies/plover-2021")
