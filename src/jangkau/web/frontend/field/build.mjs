// Bundles the page of the field: every file under its own sum, and a service worker that knows them all.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { png } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const FONT = "latin-wght-normal";
const SIZES = [192, 512]; // of icons: the least that phones ask for, and one for their opening screens
const sum = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const filled = (text, told) => Object.entries(told).reduce((made, [name, value]) => made.replaceAll(`__${name}__`, value), text);

const bundled = async (out) => {
  const { metafile } = await build({
    entryPoints: ["app.mjs", "trial.mjs", "app.css"].map((name) => join(here, name)), bundle: true, minify: true, splitting: true, format: "esm", outdir: out,
    entryNames: "[name]-[hash]", chunkNames: "isi-[hash]", assetNames: "[name]-[hash]", target: "es2022",
    loader: { ".woff2": "file" }, metafile: true, logLevel: "warning", legalComments: "none", external: ["node:*", "fs", "path", "url", "module", "fs/promises"],
  });
  return Object.keys(metafile.outputs).map((path) => basename(path));
};

const worker = async (out, shell, files) => {
  const text = filled(readFileSync(join(here, "sw.mjs"), "utf8"), { SHELL: JSON.stringify(shell), FILES: JSON.stringify(files) });
  await build({ stdin: { contents: text, loader: "js" }, minify: true, outfile: join(out, "sw.js"), target: "es2020", logLevel: "warning" });
};

// `out`/isi: index.html, sw.js, manifest.webmanifest, and what they name; trial.html, which the office opens, is no part of what phones keep.
export const buildField = async (root) => {
  const out = join(root, "isi");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const names = await bundled(out);
  const named = (start, end) => `/static/isi/${names.find((name) => name.startsWith(start) && name.endsWith(end))}`;
  for (const name of ["manifest.webmanifest", "icon.svg"]) copyFileSync(join(here, name), join(out, name));
  const icons = SIZES.map((size) => `icon-${size}.png`);
  SIZES.forEach((size, at) => writeFileSync(join(out, icons[at]), png(size)));
  const assets = { APP: named("app-", ".js"), CSS: named("app-", ".css"), TRIAL: named("trial-", ".js") };
  writeFileSync(join(out, "trial.html"), filled(readFileSync(join(here, "trial.html"), "utf8"), assets));
  const page = filled(readFileSync(join(here, "index.html"), "utf8"), assets);
  const version = sum(page + readFileSync(join(here, "sw.mjs")) + readFileSync(join(here, "manifest.webmanifest")) + names.join());
  writeFileSync(join(out, "index.html"), filled(page, { VERSION: version.slice(0, 8) }));
  const files = ["/isi/", "/isi/manifest.webmanifest", ...["icon.svg", ...icons, ...names.filter((one) => !one.startsWith("trial-"))].map((name) => `/static/isi/${name}`)];
  await worker(out, `isi-${version}`, files);
  for (const name of names.filter((one) => !one.includes(FONT))) writeFileSync(join(out, `${name}.gz`), gzipSync(readFileSync(join(out, name)), { level: 9 }));
};
