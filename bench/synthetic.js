import {DuckDBInstance} from "@duckdb/node-api"

/**
 * Fills a new store's file with made-up events, as many mentions as `size` says: 5,000 actors of 200 countries, few of them in most events;
 * four mentions a report, a tenth of them retellings, over ten years, each in one of 3,000 towns.
 *
 * @param {string} path @param {number} size
 */
export async function fill(path, size) {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const random = (/** @type {number} */ salt) => `((hash(n * 31 + ${salt}) % 1000003) / 1000003.0)`
  const actor = (/** @type {number} */ salt) => `(floor(5000 * power(${random(salt)}, 3))::INTEGER + 1)`
  const party = (/** @type {number} */ salt) => `(${actor(salt)} // 25 + 1)`
  for (const sql of [
    "INSERT INTO runs VALUES (1, '0', 'm', 'plover-2021', 'k', 'c', 'x64', 0.25, DATE '2026-01-01')",
    "INSERT INTO parties SELECT n + 1, 'C' || n FROM range(0, 201) t(n)",
    `INSERT INTO actors SELECT n, 'Name ' || n, 'name ' || n, 'person', 'C' || (n // 25), 'GOV', 'C' || (n // 25) || 'GOV', 'C' || (n // 25), n // 25 + 1 FROM range(1, 5001) t(n)`,
    `INSERT INTO reports (number, key, id, source, title, url, publisher, published, text, words, added, is_current) SELECT n, 'key' || n, 'r' || n, NULL, 'Title ' || n, NULL, 'P' || (n % 50), DATE '2015-01-01' + (n * 3650 // ${size / 4})::INTEGER,
      'Some text of report ' || n, ' some text of report ' || n, DATE '2026-01-01', true FROM range(1, ${size / 4 + 1}) t(n)`,
    `INSERT INTO codings SELECT n, 1, DATE '2026-01-01', NULL, true, 4, 4, 0 FROM range(1, ${size / 4 + 1}) t(n)`,
    `INSERT INTO mentions (number, report, run, id, event, head, is_current, type, mode, status, quad, intensity, cameo, contexts, day_from, day_to,
      place_name, place_folded, place_country, place_level, place_lat, place_lon, confidence, sentence, words, sentence_index, sentence_start_at, sentence_end_at, trigger_words, actors, recipients,
      date, place, story, publisher, actor_parties, recipient_parties, dyad_parties) SELECT n, (n + 3) // 4, 1, 'r' || ((n + 3) // 4) || '/' || n, 'r' || ((n + 3) // 4) || '/' || n,
      CASE WHEN n % 4 = 0 AND ${random(9)} < 0.4 THEN n - 1 ELSE n END, true, 'T' || floor(16 * ${random(1)})::INTEGER, NULL,
      CASE WHEN ${random(2)} < 0.7 THEN 'actual' ELSE 'intended' END, 1 + floor(4 * ${random(3)})::INTEGER, round(20 * ${random(4)} - 10, 1), '010', '[]',
      day, day, 'City ' || town, 'city ' || town, 'C' || (town % 200), 'city', town % 140 - 70, town % 360 - 180, round(${random(5)}, 3), 'In sentence ' || told, ' in sentence ' || told,
      0, 0, 60, '{}', '[]', '[]', NULL, '{"name":"City ' || town || '","country":"C' || (town % 200) || '","lat":' || (town % 140 - 70) || ',"lon":' || (town % 360 - 180) || ',"level":"city","text":"City","start":10,"end":14}', NULL,
      'P' || (((n + 3) // 4) % 50), [${party(6)}], [${party(7)}], [${party(6)}::BIGINT * 67108864 + ${party(7)}]
      FROM (SELECT n, n || ' somebody ' || CASE WHEN n % 1000 = 0 THEN 'took a ferry' ELSE 'did something' END AS told, floor(3000 * power(${random(8)}, 2))::INTEGER AS town, DATE '2015-01-01' + (((n + 3) // 4) * 3650 // ${size / 4})::INTEGER AS day FROM range(1, ${size + 1}) t(n))`,
    `INSERT INTO sides SELECT n, 'actor', ${actor(6)} FROM range(1, ${size + 1}) t(n)`,
    `INSERT INTO sides SELECT n, 'recipient', ${actor(7)} FROM range(1, ${size + 1}) t(n)`,
    `INSERT INTO dyads SELECT n, ${actor(6)}, ${actor(7)} FROM range(1, ${size + 1}) t(n)`,
    "CHECKPOINT",
  ]) {
    await connection.run(sql)
  }
  connection.closeSync()
  instance.closeSync()
}
