// The books of records of this phone, one a user, each a database of its own; every value in a book is sealed.
import { deleteDB, openDB } from "idb";
import { bytesOf, seal, textOf, unseal } from "./secrets.mjs";

export const STORES = ["meta", "forms", "records", "bytes"];
const INDEX = "jangkau-isi";
export const bookName = (id) => `${INDEX}-${id}`;

export class Full extends Error {}

const index = () => openDB(INDEX, 1, { upgrade: (db) => db.createObjectStore("users", { keyPath: "id" }) });

// Who uses this phone: { id, name, lock, wrong, waitUntil }. Nothing else is readable without a PIN.
export const users = async () => {
  const db = await index();
  const found = await db.getAll("users");
  db.close();
  return found;
};

export const keepUser = async (user) => {
  const db = await index();
  await db.put("users", user);
  db.close();
};

export const forgetUser = async (id) => {
  await deleteDB(bookName(id));
  const db = await index();
  await db.delete("users", id);
  db.close();
};

export const openBook = async (id, key) => {
  const upgrade = (db) => STORES.forEach((name) => db.createObjectStore(name));
  return new Book(await openDB(bookName(id), 1, { upgrade }), key);
};

const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError" || /quota/i.test(error?.message ?? "");

// What could not be put takes everything else of its transaction back with it.
const stopped = (work, error) => {
  try {
    work.abort();
  } catch {
    // it has stopped already
  }
  throw error;
};

class Book {
  constructor(db, key) {
    Object.assign(this, { db, key });
  }

  async #open(store, id, box) {
    return unseal(this.key, box, `${store}/${id}`);
  }

  async #read(store, id) {
    const box = await this.db.get(store, id);
    return box ? this.#open(store, id, box) : null;
  }

  bytes = (id) => this.#read("bytes", id);

  async get(store, id) {
    const found = await this.#read(store, id);
    return found && JSON.parse(textOf(found));
  }

  async all(store) {
    const [ids, boxes] = await Promise.all([this.db.getAllKeys(store), this.db.getAll(store)]);
    return Promise.all(boxes.map(async (box, at) => JSON.parse(textOf(await this.#open(store, ids[at], box)))));
  }

  keys = (store, from = "") => this.db.getAllKeys(store, from ? IDBKeyRange.bound(from, `${from}\uffff`) : null);

  // All or nothing, on the disk when it returns: [{ store, id, value | bytes | gone }]; `once` refuses to write over. Throws Full.
  async write(...changes) {
    const boxes = await Promise.all(changes.map(({ store, id, value, bytes, gone }) =>
      gone ? null : seal(this.key, bytes ?? bytesOf(JSON.stringify(value)), `${store}/${id}`)));
    try {
      await this.#commit(changes, boxes);
    } catch (error) {
      throw isFull(error) ? new Full() : error;
    }
  }

  async #commit(changes, boxes) {
    const work = this.db.transaction(STORES, "readwrite", { durability: "strict" });
    const done = changes.map(async ({ store, id, gone, once }, at) => {
      const place = work.objectStore(store);
      return gone ? place.delete(id) : once ? place.add(boxes[at], id) : place.put(boxes[at], id);
    });
    const told = await Promise.allSettled([...done.map((one) => one.catch((error) => stopped(work, error))), work.done]);
    const wrong = told.filter(({ status }) => status === "rejected").map(({ reason }) => reason);
    if (wrong.length) throw wrong.find(isFull) ?? work.error ?? wrong[0];
  }

  close = () => this.db.close();
}

// Whether the browser promised to keep what is stored, and how much there is: { kept, used, room }.
export const storage = async () => {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return { kept: (await navigator.storage?.persisted?.()) ?? false, used: usage, room: Math.max(quota - usage, 0) };
};
export const askToKeep = async () => (await navigator.storage?.persist?.()) ?? false;
