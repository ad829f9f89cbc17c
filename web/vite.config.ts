import {fileURLToPath} from "node:url"
import {defineConfig} from "vite"

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  oxc: {jsx: {runtime: "automatic", importSource: "preact"}},
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: {polyfill: false},
    assetsInlineLimit: 0,
    // The map's script is large, and loaded where there is a map only.
    chunkSizeWarningLimit: 1200,
    license: {fileName: "licences.md"},
  },
  // `npx vite web` beside a running `communique serve`, for work on the viewer.
  server: {proxy: {"/api": "http://127.0.0.1:7400", "/openapi.json": "http://127.0.0.1:7400"}},
})
