// npm run test:long: the tests named *.long.test.ts, which take longer than `npm test` may.
import {runTests} from "./run.js"

const {code, passed, failed, closing} = await runTests([], {LONG: "1"})
console.log(closing.join("\n"))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = code
