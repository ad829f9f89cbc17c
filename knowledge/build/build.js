// Builds the tables of knowledge/ from knowledge/build/sources/: `node knowledge/build/build.js`.
// The same sources give the same bytes.
import {countries} from "./countries.js"
import {givenNames} from "./given-names.js"
import {holders} from "./holders.js"
import {organisations} from "./organisations.js"
import {cities, regions} from "./places.js"
import {roles} from "./roles.js"
import {write, writeLines} from "./table.js"

write("countries/countries.json", countries())
write("places/regions.json", regions())
writeLines("places/cities.tsv", cities())
write("organisations/organisations.json", organisations())
const {people, lastNames, holders: byOffice, firstNames} = holders()
writeLines("offices/people.tsv", people)
writeLines("offices/last-names.tsv", lastNames)
writeLines("offices/holders.tsv", byOffice)
writeLines("offices/first-names.tsv", firstNames)
write("roles/roles.json", roles())
write("offices/given-names.json", givenNames())
