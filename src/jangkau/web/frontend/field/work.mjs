// Everything of one user on this phone, once the PIN has opened it: key of the server, forms, records. Changes are written first, then shown.
import { Server } from "./server.mjs";
import { Full, openBook } from "./store.mjs";

const NOTED = 60_000; // a clock that moved less is not written down again
export const UNSENT = ["draf", "menunggu", "ditolak"];

export class Work extends EventTarget {
  static async open(user, key) {
    const work = new Work();
    Object.assign(work, { user, book: await openBook(user.id, key), forms: new Map(), records: new Map(), barred: false });
    work.self = (await work.book.get("meta", "self")) ?? { token: "", who: {}, offset: 0, exported: "" };
    for (const form of await work.book.all("forms")) work.forms.set(formKey(form), form);
    for (const record of await work.book.all("records")) work.records.set(record.id, record);
    work.connect();
    return work;
  }

  connect() {
    this.server = new Server(this.self.token, (offset) => {
      if (Math.abs(offset - this.self.offset) > NOTED) this.keepSelf({ offset });
    });
  }

  async keepSelf(change) {
    const value = { ...this.self, ...change };
    this.self = value;
    await this.book.write({ store: "meta", id: "self", value });
    this.told();
  }

  // Records and what belongs to them, all at once. Where the memory is full, what the server has makes room.
  async keep(records, ...more) {
    const changes = [...records.map((value) => ({ store: "records", id: value.id, value })), ...more];
    const spared = this.of("terkirim").filter(({ held }) => held).map(({ id }) => id);
    await this.book.write(...changes).catch(async (error) => {
      if (!(error instanceof Full) || !spared.length) throw error;
      await this.release(spared);
      await this.book.write(...changes);
    });
    for (const record of records) this.records.set(record.id, record);
    for (const { store, id, gone } of more) if (store === "records" && gone) this.records.delete(id);
    this.told();
  }

  // The bytes of records that the server has.
  async release(ids) {
    if (!ids.length) return;
    const names = (await Promise.all(ids.map((id) => this.book.keys("bytes", `${id}/`)))).flat();
    const records = ids.map((id) => ({ ...this.records.get(id), held: false }));
    await this.book.write(...names.map((id) => ({ store: "bytes", id, gone: true })), ...records.map((value) => ({ store: "records", id: value.id, value })));
    for (const record of records) this.records.set(record.id, record);
  }

  // The changes by which a record and all of it are gone.
  async gone(id) {
    const names = await this.book.keys("bytes", `${id}/`);
    return [{ store: "records", id, gone: true }, ...names.map((name) => ({ store: "bytes", id: name, gone: true }))];
  }

  drop = async (id) => this.keep([], ...(await this.gone(id)));

  of = (...states) => [...this.records.values()].filter(({ state }) => states.includes(state)).sort((a, b) => b.changed - a.changed);

  // Newest version of each form, as the server last listed them.
  get offered() {
    return [...this.forms.values()].filter(({ newest }) => newest).sort((a, b) => a.name.localeCompare(b.name));
  }

  // What would be lost with this phone: a mark that changes with any unsent record.
  get unsentMark() {
    return this.of(...UNSENT).map(({ id, state, changed }) => `${id}:${state}:${changed}`).join(" ");
  }

  get safeToLeave() {
    return this.unsentMark === "" || this.unsentMark === this.self.exported;
  }

  // The server's time as far as it is known.
  now = () => Date.now() + this.self.offset;

  told = () => this.dispatchEvent(new Event("change"));

  close = () => this.book.close();
}

export const formKey = ({ id, version }) => `${id}@${version}`;
