// Answers from the phone what the page is made of; everything else goes to the network as if this were not here.
const [SHELL, FILES] = [__SHELL__, __FILES__];

const stored = async () => {
  const cache = await caches.open(SHELL);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload", credentials: "omit" })));
};

const tidied = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("isi-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
};

const known = ({ method, mode, url }) => {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return "";
  if (mode === "navigate") return pathname === "/isi/" ? pathname : "";
  return FILES.includes(pathname) ? pathname : "";
};

self.addEventListener("install", (event) => event.waitUntil(stored()));
self.addEventListener("activate", (event) => event.waitUntil(tidied()));
self.addEventListener("message", ({ data }) => data === "sekarang" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const path = known(event.request);
  if (path) event.respondWith(caches.open(SHELL).then((cache) => cache.match(path)).then((found) => found ?? fetch(event.request)));
});
