// Everything of one user on this phone, once the PIN has opened it: key of the server, forms, records. Changes are written first, then shown.
import { Server } from "./server.mjs";
import { openBook } from "./store.mjs";

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

  // Records and what belongs to them, all at once.
  async keep(records, ...more) {
    await this.book.write(...records.map((value) => ({ store: "records", id: value.id, value })), ...more);
    for (const record of records) this.records.set(record.id, record);
    this.told();
  }

  async drop(id) {
    const names = await this.book.keys("bytes", `${id}/`);
    await this.book.write({ store: "records", id, gone: true }, ...names.map((name) => ({ store: "bytes", id: name, gone: true })));
    this.records.delete(id);
    this.told();
  }

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
