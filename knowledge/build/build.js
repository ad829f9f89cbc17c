// Builds the tables of knowledge/ from knowledge/build/sources/: `node knowledge/build/build.js`.
// The same sources give the same bytes.
import {countries} from "./countries.js"
import {givenNames} from "./given-names.js"
import {holders} from "./holders.js"
import {organisations} from "./organisations.js"
import {cities, regions} from "./places.js"
import {roles} from "./roles.js"
import {write} from "./table.js"

write("countries/countries.json", countries())
write("places/regions.json", regions())
write("places/cities.json", cities())
write("organisations/organisations.json", organisations())
write("offices/holders.json", holders())
write("roles/roles.json", roles())
write("offices/given-names.json", givenNames())
