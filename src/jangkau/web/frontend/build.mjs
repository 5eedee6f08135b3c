// Bundles the look and the little script of the pages: `node build.mjs OUT`. Run by `make install`.
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildField } from "./field/build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
mkdirSync(out, { recursive: true });

const dark = readFileSync(join(here, "dark.css"), "utf8");
const themes = {
  name: "themes",
  setup: ({ onLoad }) => onLoad({ filter: /site\.css$/ }, ({ path }) => ({
    contents: `${readFileSync(path, "utf8")}
      [data-bs-theme="dark"] { ${dark} }
      @media (prefers-color-scheme: dark) { [data-bs-theme="auto"] { ${dark} } }`,
    loader: "css",
  })),
};
await build({
  entryPoints: ["site.css", "portal.css", "site.js"].map((name) => join(here, name)),
  bundle: true, minify: true, outdir: out, target: ["es2020", "chrome90", "firefox90", "safari14"],
  loader: { ".woff2": "file" }, assetNames: "fonts/[name]-[hash]", logLevel: "warning", legalComments: "linked",
  logOverride: { "css-syntax-error": "silent" }, plugins: [themes],
});

// What no template, script or module names is left out of the style sheet: a cheap phone reads a quarter of it.
const source = join(here, "..", "..");
const [used] = await new PurgeCSS().purge({
  css: [join(out, "site.css")], variables: false,
  content: ["html", "py", "js"].map((kind) => join(source, "**", `*.${kind}`)),
});
writeFileSync(join(out, "site.css"), used.css);
copyFileSync(join(here, "icon.svg"), join(out, "icon.svg"));
for (const name of ["site.css", "portal.css", "site.js", "icon.svg"]) writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
await buildField(out);
