// The page of the field: opened by a PIN, works without signal, sends when there is some.
import { h, notice, show, button } from "./dom.mjs";
import { fill } from "./lazy.mjs";
import { formOf, refresh } from "./forms.mjs";
import { home } from "./home.mjs";
import { begin, takeKey } from "./lock.mjs";
import { drain, reopen } from "./outbox.mjs";
import { Away, Barred } from "./server.mjs";
import { settings } from "./settings.mjs";
import { askToKeep, Full } from "./store.mjs";
import { Work } from "./work.mjs";
import { look, register, renew, waiting } from "./update.mjs";

const IDLE = 10 * 60_000;
const EVERY = 60_000;

let [work, filling, draw, idle] = [null, null, null, null];

// ---- screens
const goHome = () => {
  filling = null;
  draw = home(work, acts);
};

const alone = () => history.state?.isi !== "dalam" && history.pushState({ isi: "dalam" }, "");

const trouble = (words) => show(h("main", { class: "door" }, notice("harm", "look", words), button("Kembali", goHome)));

const start = async (form, record) => {
  if (!form) return trouble("Formulir isian ini tidak ada lagi di HP. Perbarui formulir, lalu coba lagi.");
  draw = null;
  show(h("main", { class: "door" }, h("p", { class: "lead", role: "status" }, "Membuka formulir")));
  try {
    filling = await fill(work, form, record, goHome);
    alone();
    filling.begin();
  } catch {
    trouble(`${form.name} tidak dapat dibuka. Isian yang tersimpan tetap aman. Laporkan ke kantor.`);
  }
};

const remove = async (record) => {
  if (confirm(`Hapus ${record.name || "isian ini"} dari HP? Yang sudah ditulis hilang.`)) await work.drop(record.id);
};

const acts = {
  fill: (form) => start(form, null),
  resume: (record) => start(formOf(work, record), record),
  mend: async (record) => start(formOf(work, record), await reopen(work, record)),
  remove,
  refresh: () => fetchForms(),
  settings: () => {
    draw = null;
    alone();
    settings(work, acts);
  },
  back: () => history.back(),
  lock: () => lock(),
  left: () => location.replace(location.pathname),
  update: waiting,
  renew,
  version: document.querySelector("meta[name=versi]")?.content ?? "",
};

addEventListener("popstate", async () => {
  if (!work) return;
  if (filling && !(await filling.close())) return alone();
  if (filling) filling.end();
  else goHome();
});

// ---- coming and going
const enter = async (user, key, change) => {
  work = await Work.open(user, key);
  if (Object.keys(change).length) await work.keepSelf(change);
  work.connect();
  work.addEventListener("change", () => draw?.());
  askToKeep();
  goHome();
  await sync();
};

const lock = async () => {
  if (filling && !(await filling.close())) return;
  location.reload();
};

const stir = () => {
  clearTimeout(idle);
  idle = setTimeout(() => work && lock(), IDLE);
};

// ---- the server
const fetchForms = async () => {
  try {
    const who = await work.server.whoAmI();
    await work.keepSelf({ who });
    await refresh(work);
    work.barred = false;
  } catch (error) {
    if (error instanceof Barred) work.barred = true;
    else if (!(error instanceof Away || error instanceof Full)) throw error;
  }
  work.told();
};

const sync = async () => {
  if (!work || !navigator.onLine) return draw?.();
  look();
  await drain(work);
  await fetchForms();
};

const awake = () => document.visibilityState === "visible" && work && drain(work);

const run = async () => {
  const key = takeKey();
  register(() => draw?.());
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, stir, { passive: true });
  addEventListener("online", sync);
  addEventListener("offline", () => draw?.());
  document.addEventListener("visibilitychange", awake);
  addEventListener("hashchange", () => location.hash.startsWith("#k=") && location.reload());
  setInterval(() => work?.of("menunggu").length && navigator.onLine && awake(), EVERY);
  await begin(key, enter);
};

// One window at a time writes on this phone.
navigator.locks.request("jangkau-isi", { ifAvailable: true }, (held) => {
  if (held) return run().then(() => new Promise(() => {}));
  return show(h("main", { class: "door" }, notice("look", "look", "Halaman ini terbuka di jendela lain.", "Tutup jendela yang lain, lalu muat ulang.", button("Muat ulang", () => location.reload()))));
});
