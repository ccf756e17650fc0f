// Bundles the explorer into dist/: the page's script, style and markup, and the scripts of the server's pages; `node build.mjs`.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";

await mkdir("dist", { recursive: true });
await build({
  entryPoints: ["src/explorer.ts", "src/explorer.css", "src/query.ts", "src/reading.ts", "src/search.ts", "src/stale.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "inline",
  outdir: "dist",
  logLevel: "warning",
});
for (const page of ["file.html", "network.html"]) await copyFile(`src/${page}`, `dist/${page}`);
