// A form that is being filled in: written down at every change, gone on with wherever it stopped.
import { open } from "./engine.mjs";
import { bytesOf, textOf } from "./secrets.mjs";
import { draftPlace, drain, sealed, sealRecord, XML } from "./outbox.mjs";
import { clock } from "./time.mjs";
import { formKey } from "./work.mjs";

const CLOSING = ["Simpan dan tutup", () => history.back()];

const mark = ({ name, size, lastModified }) => `${name}|${size}|${lastModified}`;

const listsOf = (form) => async (name) => (form.files[name] ? new Blob([form.files[name].text], { type: "text/csv" }) : null);

const held = async (work, record) => {
  const xml = await work.book.bytes(draftPlace(record.id, XML));
  const files = [];
  for (const { name, type } of record.files) files.push(new File([await work.book.bytes(draftPlace(record.id, name))], name, { type }));
  return xml && { xml: textOf(xml), files };
};

const fresh = (form) => ({
  id: crypto.randomUUID(), state: "draf", form: formKey(form), title: form.name, name: "", files: [], page: 0, pages: 0, begun: Date.now(), changed: Date.now(), tries: 0,
});

export class Draft {
  // A new draft of a form, or a record that goes on. Throws where the form cannot be opened.
  static async open(work, form, record = null) {
    return Draft.#begun(work, form, record ?? fresh(form), { draft: record && (await held(work, record)) }, Boolean(record));
  }

  // What was sent, to be put right: another submission, which says that it stands for the first. Nothing is written before something changes.
  static async amend(work, form, sent) {
    return Draft.#begun(work, form, { ...fresh(form), name: sent.name, amends: sent.id, deprecates: sent.instance }, { edited: await sealed(work, sent) }, false);
  }

  // `begun`: whether anything was ever written of it.
  static async #begun(work, form, record, from, begun) {
    const filled = await open(form.xform, { files: listsOf(form), deviceId: work.self.who.perangkat ?? "", language: work.self.language, deprecates: record.deprecates, ...from });
    return Object.assign(new Draft(), { work, definition: form, record, form: filled, written: new Set(), busy: null, dirty: false, begun, closing: CLOSING });
  }

  get kept() {
    return `Tersimpan di HP ini pukul ${clock(this.record.changed)}`;
  }

  speak = (language) => this.work.keepSelf({ language });

  covered = (nik, born) => this.work.server.covered(nik, born);

  // Sealed as it is now, and on its way.
  async seal() {
    await sealRecord(this.work, this.record, await this.form.save());
    drain(this.work);
  }

  answer(column) {
    const path = this.definition.columns[column];
    return (path && this.form.at(path)?.answer) || "";
  }

  // Whom it is about: the name of the list's columns, or of a question so named.
  get name() {
    const named = () => [...this.form.walk()].find(({ path, answer }) => /\/nama(_daftar)?$/.test(path) && typeof answer === "string" && answer);
    return this.answer("nama") || named()?.answer || "";
  }

  get about() {
    return { name: this.name, nik: this.answer("nik"), lahir: this.answer("tanggal_lahir") };
  }

  // Written as it is now; one writer at a time, and again if something changed meanwhile. Throws Full.
  async save(change = {}) {
    Object.assign(this.record, change);
    [this.dirty, this.begun] = [true, true];
    this.busy ??= this.#writeAll().finally(() => (this.busy = null));
    return this.busy;
  }

  async #writeAll() {
    while (this.dirty) {
      this.dirty = false;
      await this.#write(await this.form.save());
    }
  }

  async #write({ xml, files }) {
    const { id } = this.record;
    const fresh = files.filter((file) => !this.written.has(mark(file)));
    const bytes = await Promise.all(fresh.map(async (file) => ({ store: "bytes", id: draftPlace(id, file.name), bytes: new Uint8Array(await file.arrayBuffer()) })));
    const gone = this.record.files.filter(({ name }) => !files.some((file) => file.name === name)).map(({ name }) => ({ store: "bytes", id: draftPlace(id, name), gone: true }));
    const made = { ...this.about, changed: Date.now(), files: files.map(({ name, type }) => ({ name, type })) };
    try {
      await this.work.keep([{ ...this.record, ...made }], { store: "bytes", id: draftPlace(id, XML), bytes: bytesOf(xml) }, ...bytes, ...gone);
    } catch (error) {
      this.dirty = true;
      throw error;
    }
    this.record = { ...this.record, ...made }; // with what was told meanwhile: that is written next
    for (const file of files) this.written.add(mark(file));
  }
}
