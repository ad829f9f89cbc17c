export {openApp, type Serving} from "./app.ts"
export {loopbackNames} from "./guard.ts"
export {type Listening, listen} from "./listen.ts"
