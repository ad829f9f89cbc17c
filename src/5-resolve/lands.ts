/** What news call countries after: "the island", "the kingdom", "the West African nation"; ISO 3166 alpha-3. Facts, written for this project. */
// biome-ignore format: a table
const lands: Readonly<Record<string, string>> = {
  island: "TWN LKA CUB CYP JAM HTI DOM PRI MDG MLT ISL IRL NZL JPN GBR BRB BHS TTO GRD DMA LCA VCT ATG KNA MUS SYC COM CPV STP MDV FJI VUT SLB WSM TON KIR TUV NRU FSM MHL PLW PNG TLS IDN PHL SGP BHR",
  kingdom: "SAU BHR JOR MAR THA KHM BTN SWZ LSO TON GBR NLD BEL ESP NOR SWE DNK",
  emirate: "QAT KWT ARE",
  sultanate: "OMN BRN",
  gulf: "SAU BHR QAT KWT ARE OMN IRQ IRN",
  arab: "SAU BHR QAT KWT ARE OMN IRQ YEM SYR LBN JOR PSE EGY LBY TUN DZA MAR SDN MRT SOM DJI COM",
  caribbean: "CUB JAM HTI DOM PRI BRB BHS TTO GRD DMA LCA VCT ATG KNA GUY SUR BLZ",
  "central american": "GTM HND SLV NIC CRI PAN BLZ",
  "south american": "ARG BOL BRA CHL COL ECU GUY PRY PER SUR URY VEN",
  "latin american": "MEX GTM HND SLV NIC CRI PAN CUB DOM HTI ARG BOL BRA CHL COL ECU PRY PER URY VEN",
  andean: "BOL PER ECU COL CHL VEN",
  "north african": "EGY LBY TUN DZA MAR SDN MRT",
  "west african": "BEN BFA CPV CIV GMB GHA GIN GNB LBR MLI MRT NER NGA SEN SLE TGO",
  sahel: "MLI NER BFA TCD MRT SEN SDN",
  "east african": "KEN UGA TZA RWA BDI ETH SOM DJI ERI SSD",
  horn: "ETH SOM DJI ERI",
  "central african": "CMR CAF TCD COG COD GAB GNQ",
  "southern african": "ZAF NAM BWA ZWE ZMB MOZ LSO SWZ AGO MWI",
  african: "DZA AGO BEN BWA BFA BDI CMR CPV CAF TCD COM COG COD CIV DJI EGY GNQ ERI SWZ ETH GAB GMB GHA GIN GNB KEN LSO LBR LBY MDG MWI MLI MRT MUS MAR MOZ NAM NER NGA RWA STP SEN SYC SLE SOM ZAF SSD SDN TZA TGO TUN UGA ZMB ZWE",
  "central asian": "KAZ KGZ TJK TKM UZB",
  "south asian": "IND PAK BGD LKA NPL BTN MDV AFG",
  himalayan: "NPL BTN",
  "southeast asian": "IDN MYS PHL SGP THA VNM MMR KHM LAO BRN TLS",
  asian: "CHN JPN KOR PRK MNG TWN IND PAK BGD LKA NPL BTN MDV AFG IDN MYS PHL SGP THA VNM MMR KHM LAO BRN TLS KAZ KGZ TJK TKM UZB",
  pacific: "FJI VUT SLB WSM TON KIR TUV NRU FSM MHL PLW PNG AUS NZL",
  baltic: "EST LVA LTU",
  balkan: "SRB HRV BIH MNE MKD ALB XKX BGR GRC SVN ROU",
  nordic: "NOR SWE DNK FIN ISL",
  caucasus: "GEO ARM AZE",
  "former soviet": "RUS UKR BLR MDA GEO ARM AZE KAZ KGZ TJK TKM UZB EST LVA LTU",
  "oil-rich": "SAU KWT ARE QAT IRQ IRN LBY NGA AGO VEN AZE KAZ BRN GNQ GUY NOR RUS OMN BHR DZA",
}

/** Longer words first, so that "central african" is not read as "african". */
const known = Object.entries(lands)
  .sort(([a], [b]) => b.length - a.length)
  .map(([word, list]) => ({pattern: new RegExp(`\\b${word}\\b`), countries: new Set(list.split(" "))}))

/**
 * Whether a country may be called so: "the West African nation", "the island".
 *
 * @param words  the description, whose words that tell nothing of a country are passed over
 */
export function isLandOf(words: string, country: string): boolean {
  let rest = words.toLowerCase().replace(/\b(east|west|north)ern (?=african|asian)/, "$1 ")
  for (const {pattern, countries} of known) {
    if (!pattern.test(rest)) continue
    if (!countries.has(country)) return false
    rest = rest.replace(pattern, " ")
  }
  return true
}
