// Setelan: what is kept and how safely, records as a file, the PIN, and leaving the phone to somebody else.
import { button, h, icon, notice, show } from "./dom.mjs";
import { exported, imported, WrongFile, WrongPin } from "./carry.mjs";
import { drain } from "./outbox.mjs";
import { relock, weak } from "./secrets.mjs";
import { askToKeep, forgetUser, Full, keepUser, storage } from "./store.mjs";
import { size } from "./time.mjs";
import { UNSENT } from "./work.mjs";

const section = (title, ...rest) => h("section", { class: "panel" }, h("h2", {}, title), ...rest);
const field = (id, words, more) => h("p", { class: "ask" }, h("label", { class: "title", for: id }, words), h("input", { id, ...more }));
const pin = (id, words) => field(id, words, { type: "password", inputmode: "numeric", autocomplete: "off", required: true });
const said = () => h("p", { class: "told", role: "status" });
const form = (onsubmit, ...rest) => h("form", { onsubmit: (event) => { event.preventDefault(); onsubmit(); } }, ...rest);

const saveAs = (file) => {
  const link = h("a", { href: URL.createObjectURL(file), download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

const keeping = (told, again) =>
  section("Simpanan HP", notice(told.kept ? "good" : "look", "store", told.kept ? "Simpanan dijamin peramban." : "Simpanan belum dijamin.", `Terpakai ${size(told.used)}, sisa ${size(told.room)}.`),
    !told.kept && button("Amankan simpanan", async () => { await askToKeep(); again(); }));

const forms = (work, acts, again) =>
  section("Formulir di HP ini", h("ul", { class: "plain-list" }, work.offered.map(({ name, version }) => h("li", {}, `${name}, versi ${version}`))), button("Perbarui formulir", async () => { await acts.refresh(); again(); }));

const carrying = (work) => {
  const told = said();
  const save = async () => {
    const { file, mark } = await exported(work);
    saveAs(file);
    await work.keepSelf({ exported: mark });
    told.textContent = `${work.of(...UNSENT).length} isian disimpan ke ${file.name}. Berkas ini hanya terbuka dengan PIN yang sekarang.`;
  };
  const count = work.of(...UNSENT).length;
  return section("Cadangan isian", h("p", {}, `${count} isian belum terkirim. Simpan ke berkas untuk dipindah ke HP lain atau sebelum keluar.`), button("Simpan isian ke berkas", save, { sign: "disk", disabled: !count }), told, taking(work));
};

const WHY = new Map([[WrongFile, "Ini bukan berkas isian, atau berkasnya rusak."], [WrongPin, "PIN berkas itu salah."], [Full, "Memori HP penuh."]]);
const took = ({ taken, here, lost }) =>
  [`${taken} isian diambil.`, here && `${here} sudah ada di HP ini.`, lost > 0 && `${lost} rusak atau terpotong; simpan lagi berkasnya di HP asal.`].filter(Boolean).join(" ");

const taking = (work) => {
  const told = said();
  const file = field("berkas", "Berkas isian (.jangkau)", { type: "file", accept: ".jangkau" });
  const word = pin("pin-berkas", "PIN berkas itu");
  const go = async () => {
    const [chosen] = file.lastChild.files;
    if (!chosen) return (told.textContent = "Pilih berkasnya.");
    try {
      told.textContent = took(await imported(work, chosen, word.lastChild.value));
      drain(work);
    } catch (error) {
      told.textContent = WHY.get(error.constructor) ?? WHY.get(WrongFile);
    }
  };
  return h("details", {}, h("summary", {}, "Ambil isian dari berkas"), form(go, file, word, h("button", { class: "button" }, "Ambil"), told));
};

const changing = (work) => {
  const told = said();
  const fields = [pin("pin-lama", "PIN sekarang"), pin("pin-baru", "PIN baru"), pin("pin-ulang", "Ulangi PIN baru")];
  const go = async () => {
    const [old, next, again] = fields.map((one) => one.lastChild.value);
    const fault = weak(next) || (next === again ? "" : "Kedua PIN tidak sama.");
    if (fault) return (told.textContent = fault);
    const lock = await relock(work.user.lock, old, next).catch(() => null);
    if (!lock) return (told.textContent = "PIN sekarang salah.");
    await keepUser(Object.assign(work.user, { lock }));
    told.textContent = "PIN diganti.";
  };
  return section("PIN", h("details", {}, h("summary", {}, "Ganti PIN"), form(go, fields, h("button", { class: "button" }, "Ganti"), told)));
};

const leaving = (work, acts) => {
  const told = h("div", {});
  const go = async () => {
    if (!work.safeToLeave) return told.replaceChildren(notice("harm", "look", `${work.of(...UNSENT).length} isian belum terkirim.`, "Kirim dulu, hapus drafnya, atau simpan ke berkas. Setelah itu HP ini dapat ditinggalkan."));
    told.replaceChildren(notice("look", "look", "Semua isian, formulir dan kunci pemakai ini dihapus dari HP.", "", button("Ya, hapus dan keluar", leave, { kind: "danger" })));
  };
  const leave = async () => {
    work.close();
    await forgetUser(work.user.id);
    acts.left();
  };
  return section("Keluar", h("p", {}, "Kunci: isian tetap di HP, dibuka lagi dengan PIN. Keluar: tidak ada yang tertinggal."),
    h("div", { class: "acts" }, button("Kunci", acts.lock, { sign: "lock" }), button("Keluar dari HP ini", go, { kind: "danger" })), told);
};

export const settings = async (work, acts) => {
  const screen = h("main", { class: "settings" });
  const draw = async () => {
    const { who } = work.self;
    const top = h("header", { class: "top" }, button("Kembali", acts.back, { kind: "plain", sign: "back" }), h("h1", {}, "Setelan"));
    const mine = section("Pemakai", h("p", {}, h("strong", {}, work.user.name), h("br", {}), [who.perangkat, who.wilayah].filter(Boolean).join(", ")));
    screen.replaceChildren(top, mine, keeping(await storage(), draw), forms(work, acts, draw), carrying(work), changing(work), leaving(work, acts), h("p", { class: "hint" }, icon("done"), ` Versi halaman ${acts.version}`));
  };
  show(screen);
  await draw();
};
