// Filling in: one page a group, on to the next when this one is right, and at the end sealed and sent.
import { button, h, icon, notice, show } from "./dom.mjs";
import { Draft } from "./draft.mjs";
import { pageOf, pagesOf, view } from "./page.mjs";
import { Full } from "./store.mjs";
import { chooser, codeOf } from "./tongue.mjs";

const PAUSE = 350; // ms without a key before what is typed counts
const LIFT = 40; // ms from the finger's lifting to the end of its click
const PRESSES = ["pointerdown", "pointerup", "pointercancel"];
const FULL = ["Memori HP penuh, perubahan terakhir belum tersimpan.", "Jangan tutup halaman ini. Hapus foto atau aplikasi lain di HP, lalu tekan Coba simpan lagi."];

export class Filling {
  // `draft`: a Draft, or anything that answers as it does; `leave()` shows what comes after.
  constructor(draft, leave) {
    Object.assign(this, { draft, leave, form: draft.form, asked: false, at: 0, timer: null, pending: null });
    this.step = h("p", { class: "step" });
    this.bars = h("div", { class: "bars", "aria-hidden": "true" });
    this.title = h("h1", { tabindex: -1 });
    this.body = h("div", {});
    this.cover = h("div", { class: "cover", role: "status" });
    this.state = h("div", { class: "kept", role: "status" });
    this.foot = h("footer", { class: "foot" });
    this.tongue = chooser(this.form, (name) => this.speak(name));
    this.screen = h("main", { class: "fill" }, ...[this.tongue].filter(Boolean), this.bars, h("div", { class: "step-head" }, this.step, button(...draft.closing, { kind: "plain small" })), this.title, this.body, this.state, this.foot);
    this.hidden = () => document.visibilityState === "hidden" && this.flush();
    document.addEventListener("visibilitychange", this.hidden);
    for (const name of PRESSES) addEventListener(name, this.press, true);
  }

  begin() {
    const pages = pagesOf(this.form);
    this.at = Math.min(this.draft.record.page, pages.length);
    show(this.screen);
    this.draw();
  }

  // ---- answers
  give(node, value) {
    this.drop();
    this.change(() => (node.answer = value));
  }

  later(node, value) {
    if (this.pending && this.pending.node !== node) this.flush();
    clearTimeout(this.timer);
    this.pending = { node, value };
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  flush() {
    const { pending } = this;
    if (pending) this.give(pending.node, pending.value());
  }

  drop() {
    clearTimeout(this.timer);
    this.pending = null;
  }

  change(act) {
    act();
    this.refresh();
    this.save();
    this.ask();
  }

  // Nothing of what is answered changes with the language.
  speak(name) {
    this.flush();
    this.form.language = name;
    this.draft.speak(name);
    this.draw();
  }

  // Nothing moves under a finger that is down: what it is about to press would slip away.
  refresh() {
    this.stale = this.pressed;
    if (!this.pressed) this.page?.update();
  }

  press = ({ type }) => {
    clearTimeout(this.lifting);
    if (type === "pointerdown") this.pressed = true;
    else this.lifting = setTimeout(() => this.lift(), LIFT);
  };

  lift() {
    this.pressed = false;
    if (this.stale) this.refresh();
  }

  async save(change) {
    try {
      await this.draft.save(change);
      this.state.replaceChildren(icon("disk"), h("span", {}, this.draft.kept));
      return true;
    } catch (error) {
      this.unsaved(error);
      return false;
    }
  }

  unsaved(error) {
    const words = error instanceof Full ? FULL : ["Perubahan terakhir belum tersimpan.", "Jangan tutup halaman ini, lalu coba lagi."];
    this.state.replaceChildren(notice("harm", "look", ...words, button("Coba simpan lagi", () => this.save())));
  }

  // ---- pages
  draw() {
    this.pages = pagesOf(this.form);
    [this.asked, this.asking, this.body.lang] = [false, "", codeOf(this.form.language ?? "")];
    const last = this.at >= this.pages.length;
    const title = last ? "Periksa dan kirim" : this.pages[this.at].title || this.draft.definition.name;
    this.step.textContent = `Langkah ${Math.min(this.at, this.pages.length) + 1} dari ${this.pages.length + 1}`;
    this.bars.replaceChildren(...[...this.pages, 0].map((_, at) => h("i", { class: at <= this.at ? "on" : "" })));
    this.title.textContent = title;
    this.page = last ? this.ending() : view(this.form, this.pages[this.at], this);
    this.body.replaceChildren(this.page.el);
    this.page.update();
    this.drawFoot(last);
    this.ask();
  }

  drawFoot(last) {
    const back = button("Kembali", () => this.turn(-1), { disabled: this.at === 0 });
    const next = this.pages[this.at + 1]?.title.toLowerCase();
    const on = last ? button("Kirim", () => this.send(), { kind: "main", sign: "send", disabled: !this.draft.begun }) : button(next ? `Lanjut: ${next}` : "Lanjut", () => this.next(), { kind: "main" });
    this.foot.replaceChildren(this.cover, h("div", { class: "foot-acts" }, back, on));
  }

  next() {
    this.flush();
    this.asked = true;
    this.page.update();
    const [wrong] = this.page.all();
    if (!wrong) return this.turn(1);
    wrong.el.scrollIntoView({ block: "center" });
    wrong.focus();
  }

  turn(step) {
    this.flush();
    this.at += step;
    this.draw();
    scrollTo(0, 0);
    this.title.focus({ preventScroll: true });
    const place = { page: this.at, pages: this.pages.length + 1 };
    if (this.draft.begun) this.save(place);
    else Object.assign(this.draft.record, place);
  }

  // ---- the last page
  ending() {
    const faults = this.form.faults();
    const good = this.draft.begun ? "Semua jawaban lengkap. Setelah tombol Kirim ditekan, isian dikunci dan dikirim begitu ada sinyal." : "Belum ada yang diubah.";
    const go = (node) => {
      this.at = Math.max(0, pageOf(this.pages, node));
      this.draw();
      this.asked = true;
      this.page.update();
    };
    const rows = faults.map(({ node, message }) => h("li", {}, button(node.label || "Pertanyaan", () => go(node), { kind: "plain small" }), h("p", { class: "hint" }, message ?? "Wajib diisi.")));
    const el = faults.length
      ? h("div", {}, notice("look", "look", `${faults.length} jawaban perlu dilihat lagi`, "Pilih untuk membukanya."), h("ul", { class: "faults" }, rows))
      : h("div", {}, notice("good", "done", this.draft.name || this.draft.definition.name, good));
    return { el, update() {}, all: () => faults };
  }

  async send() {
    if (this.sealing || this.form.faults().length) return this.draw();
    this.sealing = true;
    try {
      if (!(await this.save())) return;
      await this.draft.seal();
      this.end();
    } catch (error) {
      this.unsaved(error);
    } finally {
      this.sealing = false;
    }
  }

  // ---- with a signal: whether this person is covered already
  async ask() {
    const { nik, lahir } = this.draft.about;
    const person = `${nik} ${lahir}`;
    this.drawCover(person);
    if (!this.draft.begun || this.draft.record.toldOf === person || this.asking === person || !/^\d{16}$/.test(nik) || !lahir || !navigator.onLine) return;
    this.asking = person; // once a page, also where no answer comes
    const told = await this.draft.covered(nik, lahir).catch(() => "");
    if (!told) return;
    await this.save({ told, toldOf: person });
    this.drawCover(person);
  }

  drawCover(person) {
    const { told, toldOf } = this.draft.record;
    this.cover.replaceChildren(...(told && toldOf === person ? [icon("done"), told] : []));
  }

  async close() {
    this.flush();
    if (this.draft.dirty || this.draft.busy) await this.save();
    return !this.draft.dirty;
  }

  end() {
    document.removeEventListener("visibilitychange", this.hidden);
    for (const name of PRESSES) removeEventListener(name, this.press, true);
    this.drop();
    this.leave();
  }
}

export const fill = async (work, form, record, leave) =>
  new Filling(record?.state === "terkirim" ? await Draft.amend(work, form, record) : await Draft.open(work, form, record), leave);
