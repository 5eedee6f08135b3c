// Where one begins and ends the day: forms to fill in, and what became of every record.
import { button, h, icon, notice, renew, show } from "./dom.mjs";
import { amendable, drain } from "./outbox.mjs";
import { whenFree } from "./press.mjs";
import { askToKeep, storage } from "./store.mjs";
import { clockFault, moment, size } from "./time.mjs";
import { formKey, UNSENT } from "./work.mjs";

const GROUPS = [
  { title: "Perlu Anda perbaiki", states: ["ditolak"], mark: "Ditolak", kind: "harm", sign: "look" },
  { title: "Belum selesai", states: ["draf"], mark: "Draf", kind: "idle", sign: "pen" },
  { title: "Menunggu sinyal", states: ["menunggu"], mark: "Siap kirim", kind: "wait", sign: "clock" },
  { title: "Diperiksa kantor", states: ["karantina"], mark: "Karantina", kind: "look", sign: "look" },
  { title: "Sudah diterima", states: ["terkirim"], mark: "Terkirim", kind: "good", sign: "done" },
];
const KEEP = "Jangan hapus data peramban sebelum semua isian terkirim. Nama isian yang sudah diterima hilang dari HP setelah 7 hari.";
const BARRED = ["Kunci HP ini tidak berlaku lagi.", "Isian aman dan tetap tersimpan di sini. Minta tautan baru ke kantor, lalu buka di HP ini."];

// What stands above everything: no signal, a key that is barred, a clock that is wrong.
export const band = (work) => {
  const waits = work.of("menunggu").length;
  const later = waits ? `${waits} isian dikirim sendiri saat sinyal kembali.` : "Teruskan saja. Isian tersimpan di HP ini.";
  const wrong = clockFault(work.self.offset);
  return [
    !navigator.onLine && h("div", { class: "band", role: "status" }, icon("away"), h("p", {}, h("strong", {}, "Tidak ada sinyal. "), later)),
    work.barred && notice("harm", "lock", ...BARRED),
    wrong && notice("look", "clock", `Jam HP ini ${wrong}.`, "Betulkan tanggal dan jam di setelan HP. Isian tetap tersimpan dan tetap dikirim."),
  ].filter(Boolean);
};

const tiles = (work) => h("dl", { class: "tiles" }, GROUPS.filter(({ states }) => states[0] !== "karantina" || work.of("karantina").length).map(({ mark, states, kind }) =>
  h("div", { class: kind }, h("dt", {}, mark), h("dd", {}, work.of(...states).length.toLocaleString("id-ID")))));

const detail = (record) => {
  if (record.state === "draf") return `${record.pages ? `Langkah ${record.page + 1} dari ${record.pages}` : record.title} · ${moment(record.changed)}`;
  return `${record.title} · selesai ${moment(record.changed)}`;
};

const masked = ({ nik }) => nik && `NIK ••••${nik.slice(-4)}`;

const below = (work, record, acts) => {
  const { answer, state, fault } = record;
  const parts = [];
  if (fault) parts.push(h("p", { class: "fault" }, fault));
  if (answer && state !== "terkirim") parts.push(h("p", { class: "said" }, answer.words));
  if (answer?.receipt && state !== "ditolak") parts.push(h("p", { class: "receipt" }, icon("receipt"), h("span", {}, "Tanda terima ", h("strong", {}, answer.receipt), h("br", {}), moment(answer.at || record.changed))));
  if (record.told) parts.push(h("p", { class: "hint" }, record.told));
  if (state === "draf") parts.push(button("Teruskan mengisi", () => acts.resume(record), { kind: "wide" }), button("Hapus draf", () => acts.remove(record), { kind: "plain small", sign: "bin" }));
  if (state === "ditolak") parts.push(button("Perbaiki", () => acts.mend(record), { kind: "main wide", sign: "pen" }), button("Hapus", () => acts.remove(record), { kind: "plain small", sign: "bin" }));
  if (amendable(work, record)) parts.push(button("Perbaiki yang terkirim", () => acts.resume(record), { kind: "small plain", sign: "pen" }));
  return parts;
};

const card = (work, record, group, acts) =>
  h("li", { class: `record ${group.kind}` },
    h("div", { class: "record-head" }, h("h3", {}, record.name || "Tanpa nama", record.amends && h("small", { class: "hint" }, " (perbaikan)")), h("span", { class: `mark ${group.kind}` }, icon(group.sign), group.mark)),
    h("p", { class: "hint" }, [masked(record), detail(record)].filter(Boolean).join(" · ")), below(work, record, acts));

const lists = (work, acts) => GROUPS.map((group) => {
  const found = work.of(...group.states);
  return found.length && h("section", { class: "group-of" }, h("div", { class: "group-head" }, h("h2", {}, group.title), h("span", {}, found.length.toLocaleString("id-ID"))), h("ul", {}, found.map((record) => card(work, record, group, acts))));
});

const starts = (work, acts) => {
  if (!work.offered.length) return notice("look", "look", "Belum ada formulir.", "Formulir diunduh begitu ada sinyal.", button("Unduh formulir", acts.refresh, {}));
  const tasks = work.self.who.tugas ?? [];
  const told = ({ id }) => tasks.filter(({ formulir }) => formulir === id).map(({ wilayah, sasaran }) => `${wilayah}: sasaran ${sasaran.toLocaleString("id-ID")}`).join(" · ");
  return h("div", { class: "starts" }, work.offered.map((form) =>
    h("button", { type: "button", class: "start", onclick: () => acts.fill(form), "data-form": formKey(form) }, icon("plus"), h("span", {}, h("strong", {}, form.name), told(form) && h("small", {}, told(form))))));
};

const safety = (work, told) =>
  !told.kept && work.of(...UNSENT).length > 0 &&
  notice("look", "store", "Simpanan belum dijamin.", `Peramban dapat menghapus isian bila memori penuh. Terpakai ${size(told.used)}, sisa ${size(told.room)}.`, button("Amankan simpanan", async () => { await askToKeep(); work.told(); }));

const foot = (work) => {
  const count = work.of("menunggu").length;
  const words = work.sending ? "Mengirim" : count ? `Kirim ${count.toLocaleString("id-ID")} isian` : "Semua sudah terkirim";
  return h("footer", { class: "foot" }, h("div", { class: "foot-acts" }, button(words, () => drain(work), { kind: "main", sign: count ? "send" : "done", disabled: !count || work.sending })));
};

const head = (work, acts) => h("header", { class: "top" }, h("div", {}, h("h1", {}, work.user.name), h("p", { class: "hint" }, work.self.who.wilayah ?? "")), button("Setelan", acts.settings, { kind: "plain", sign: "gear" }));

export const home = (work, acts) => {
  const screen = h("main", { class: "home" });
  let last = { kept: true };
  const paint = () => renew(screen, [band(work), head(work, acts), starts(work, acts), acts.update() && notice("good", "done", "Versi baru siap.", "Draf dan isian tetap ada.", button("Perbarui sekarang", acts.renew)),
    tiles(work), safety(work, last), ...lists(work, acts), h("p", { class: "hint" }, KEEP), foot(work)].flat().filter(Boolean));
  const draw = async () => {
    whenFree(paint);
    last = await storage();
    if (screen.isConnected) whenFree(paint);
  };
  show(screen);
  draw();
  return draw;
};
