export {codingOf, today} from "../keeping.ts"
