"""Takes the snapshot sources/holders.tsv out of the holders table (CC0, Wikidata by way of every-politician-scrapers):
python3 snapshot-holders.py holders.tsv

Kept: national offices held in 2003 or later, with their kind ("duty"). Left out: ambassadors, mayors, prefects, governors,
councillors and offices of one region, rows that end before they start, and rows that say the same thing twice."""
import collections, pathlib, re, sys

DUTIES = [  # first that matches
    (None, r"ambassador|mayor|prefect|councillor|first lady|husband|wife of|captain regent|province of|regional executive|high commissioner to|consul|shadow|candidate|party|private secretary|district|county|deputy governor|treasurer of|lord lieutenant|oblast|prefecture|of the region|flemish|walloon|chamberlain|comptroller|archivist|librarian|member of the|advisor|adviser|spokes"),
    ("un", r"permanent representative to the united nations"),
    (None, r"permanent representative|representative to"),
    ("judge", r"justice|judge"),
    ("speaker", r"speaker|^president of (the )?(senate|national assembly|chamber|federal council|federal assembly|house|parliament|congress|assembly|state duma|bundestag|bundesrat|european parliament|national council|legislative|council of (states|representatives|the nation)|riigikogu|folketing|storting|parliamentary assembly|nationalrat|cortes)|^marshal of the"),
    ("igo", r"united nations|world trade organization|^high representative of the union|^president of the european (commission|council)|north atlantic treaty|african union|osce"),
    ("central-bank", r"^(governor|president|chair|chairman) of (the )?.*(bank|federal reserve)"),
    (None, r"^president of (the )?(treasury|council of state|queen|privy|supreme|constitutional|court|board|electoral|economic|caixa|social|state council|regional|region|executive|general|council|land|autonomous|generalitat|conference|community|high|national (bank|council|commission|electoral)|commission|independent|municipal)"),
    ("regional", r"^(president|prime minister|premier|chief minister|minister-president|chief executive|head) of (the )?(punjab|sindh|azad|republika srpska|north west|flanders|flemish|wallonia|walloon|catalonia|basque|galicia|andalusia|madrid|castile|aragon|valencian|murcia|asturias|cantabria|rioja|extremadura|navarre|canary|balearic|kurdistan|puntland|bavaria|new south wales|tamil nadu|tasmania|newfoundland|alberta|ontario|quebec|british columbia|manitoba|saskatchewan|nova scotia|new brunswick|prince edward|queensland|victoria|western australia|south australia|[a-z ]*pradesh|maharashtra|karnataka|kerala|gujarat|bihar|west bengal|[a-z]*khand|nagaland|assam|goa|haryana|rajasthan|odisha|telangana|manipur|mizoram|tripura|meghalaya|sikkim|delhi|puducherry|jammu|chhattisgarh|khyber|balochistan|gilgit|(?!united)[a-z]+ state$|free state|limpopo|gauteng|kwazulu|western cape|eastern cape|northern cape|mpumalanga|quintana)"),
    ("head-of-state", r"^(president|emir|king|queen|emperor|monarch|sultan|supreme leader|grand duke|sovereign|head of state|transitional president|interim president|acting president|chairman of the presidency|chairman of the state affairs commission|governor[- ]general|yang di-pertuan agong|amir|pope|chairman of the transitional sovereignty council|general secretary of the communist party|co-prince)( of (?!.*(bank|court|board|council|agency|commission|committee|federation of)).*)?$"),
    ("head-of-government", r"^(federal )?(prime minister|premier|chancellor|taoiseach|minister-president|president of the government|president of the council of ministers|chairman of the cabinet of ministers|chairman of the council of ministers|head of government|chief executive|chief minister|state counsellor|minister of state of monaco)( \(.*\))?( of (?!the (exchequer|duchy)).*)?$"),
    ("deputy-head", r"^(first )?(vice|deputy)[- ](president|prime minister|premier|chancellor)( of .*)?$|^vice president of the republic|^first vice president|^(first )?deputy chairman of the (government|council of ministers)|^executive vice president|^tánaiste"),
    ("foreign", r"^(federal )?(minister|secretary|secretary of state) (of|for) (the )?(foreign|external)(?!.*(trade|commerce))|^(minister|secretary) of foreign|foreign (minister|secretary)|^(united states )?secretary of state( of the united states)?$|^minister of (european and )?foreign(?!.*trade)|secretary of state for foreign|minister for europe and foreign|^minister of (international|external) relations|^minister of popular power for foreign|^minister of people's power for foreign|cancil"),
    ("defence", r"^(federal )?(minister|secretary|secretary of state) (of|for) (the )?(national )?(defen[cs]e|armed forces|war)\b(?!.*(materiel|equipment|support|personnel|science|production|space))|^defen[cs]e (minister|secretary)|^minister of people's power for defence"),
    ("interior", r"^(federal )?(minister|secretary|secretary of state) (of|for) (the )?(interior|internal|home|public security|homeland|security)|^home secretary|^minister of public (security|safety)"),
    ("finance", r"^(federal )?(minister|secretary)( of state)? (of|for) (the )?(finance|treasury|economy|economic)|^chancellor of the exchequer|^secretary of the treasury|^treasurer$"),
    ("justice", r"^(federal )?(minister|secretary)( of state)? (of|for) justice|^attorney[- ]general( of .*)?$|^(minister of law)"),
    ("security", r"national security (advis|council)|secretary of the (supreme )?(national )?security council"),
    ("military", r"^(?!.*(president|presidential|executive office|white house|prime minister))(chief|commander)[- ].*(staff|army|forces|defence|navy|air force|guard)|^chief of (defence|the general staff|general staff)|chairman of the joint chiefs"),
    ("spy", r"^director of (the )?(central|national) intelligence|^(head|director|chief) of (the )?.*(intelligence|secret service|security service)|mossad|shin bet"),
    ("prosecutor", r"^(prosecutor|procurator)[- ]general|^chief prosecutor"),
    ("minister", r"^(federal |junior |cabinet |deputy |state |first )?(minister|secretary)\b|^minister-delegate|^secretary of|state secretary|undersecretary|under-secretary|united states trade|director of the office|administrator of|state councilor|^governor of (the )?(bank|.* bank)"),
]
SECTOR = {"judge": "JUD", "military": "MIL", "spy": "SPY", "speaker": "LEG", "prosecutor": "JUD", "igo": "IGO"}
OWN = {"ABK": "GEO", "OST": "GEO", "NKR": "AZE", "CYN": "CYP", "SOL": "SOM", "DPR": "UKR", "LPR": "UKR", "PMR": "MDA", "GB-SCT": "GBR", "GB-WLS": "GBR", "GB-NIR": "GBR", "ES-CT": "ESP", "CA-QC": "CAN", "IQ-KR": "IRQ"}
WRONG = {("SRB", "Somali"), ("FRA", "Natan Sharansky"), ("SWE", "Nikki Kaye"), ("SSD", "John Garang")}

def duty_of(position):
    for duty, pattern in DUTIES:
        if re.search(pattern, position, re.I):
            return duty
    return None

kept, seen, dropped = [], {}, collections.Counter()
for line in open(sys.argv[1], encoding="utf-8").read().split("\n")[1:]:
    if not line: continue
    country, position, person, _, start, end, source, as_of = line.split("\t")
    country = OWN.get(country, country)
    duty = duty_of(position)
    if duty is None or re.match(r"^Q\d+$", person) or (country, person) in WRONG or (person == "Juan Guaidó" and duty == "head-of-state"): dropped["office"] += 1; continue
    if not start and not end: dropped["undated"] += 1; continue
    if end and start and end < start[: len(end)]: dropped["backwards"] += 1; continue
    if (end and end[:4] < "2003") or (not end and start[:4] < "1995" and duty not in ("head-of-state", "head-of-government")): dropped["old"] += 1; continue
    if duty == "minister" and end and end[:4] < "2012": dropped["old"] += 1; continue
    if duty == "judge" and country not in ("USA", "IGO", "GBR", "IND", "ZAF", "KEN", "BRA", "ISR", "PAK"): dropped["judge"] += 1; continue
    if re.search(r"deputy|state secretary|junior|undersecretary|under-secretary|delegate|parliamentary", position, re.I) and duty == "minister" and country not in ("USA", "GBR", "RUS", "CHN", "IRN", "ISR"): dropped["deputy"] += 1; continue
    key = (person, country, duty)
    row = [person, country, position, duty, "REL" if country == "VAT" else SECTOR.get(duty, "GOV"), start, end, as_of]
    for other in seen.get(key, []):
        if other[5][:4] == start[:4]:  # the same start told twice: keep the finer days and the later reading
            if len(start) > len(other[5]): other[5] = start
            if len(end) > len(other[6]): other[6] = end
            if as_of > other[7]: other[7] = as_of
            dropped["twice"] += 1
            break
    else:
        seen.setdefault(key, []).append(row)
        kept.append(row)
kept.sort()
head = """# Holders of national offices since 2003: Wikidata (CC0) by way of the repositories of every-politician-scrapers, read 2022-07 to 2023-03 (heads of state and government to 2026).
# An empty end is open only up to `as of`: the day on which the source was last read. Cleaned by snapshot-holders.py.
# person	country	office	duty	sector	start	end	as of
"""
(pathlib.Path(__file__).parent / "sources/holders.tsv").write_text(head + "".join("\t".join(row) + "\n" for row in kept), encoding="utf-8")
print(len(kept), len({row[0] for row in kept}), dropped, collections.Counter(row[3] for row in kept))
