// Unsent records as a file, and back: sealed as they lie on the phone, opened with the PIN they were written under.
import { UNSENT } from "./work.mjs";
import { unlock, unseal, textOf } from "./secrets.mjs";

const KIND = "jangkau-isian-1";
const CHUNK = 0x8000;

const packed = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
};
const unpacked = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const packedBox = ({ iv, data }) => ({ iv: packed(iv), data: packed(data) });
const unpackedBox = ({ iv, data }) => ({ iv: unpacked(iv), data: unpacked(data) });
const packedLock = ({ salt, rounds, iv, wrap }) => ({ salt: packed(salt), rounds, iv: packed(iv), wrap: packed(wrap) });
const unpackedLock = ({ salt, rounds, iv, wrap }) => ({ salt: unpacked(salt), rounds, iv: unpacked(iv), wrap: unpacked(wrap) });

const lines = async function* (work) {
  yield { kind: KIND, lock: packedLock(work.user.lock), records: work.of(...UNSENT).length };
  for (const { id, form } of work.of(...UNSENT)) {
    if (work.forms.has(form)) yield { store: "forms", id: form, ...packedBox(await work.book.db.get("forms", form)) };
    for (const name of await work.book.keys("bytes", `${id}/`)) yield { store: "bytes", id: name, ...packedBox(await work.book.db.get("bytes", name)) };
    yield { store: "records", id, ...packedBox(await work.book.db.get("records", id)) };
  }
};

// A file of lines, a record after what belongs to it. Afterwards the user may leave the phone.
export const exported = async (work) => {
  const mark = work.unsentMark;
  const parts = [];
  for await (const line of lines(work)) parts.push(`${JSON.stringify(line)}\n`);
  return { file: new File(parts, `isian-${new Date().toISOString().slice(0, 10)}.jangkau`, { type: "application/octet-stream" }), mark };
};

export class WrongFile extends Error {}
export class WrongPin extends Error {}

// As far as the file is whole: cut short on its way, the records before the cut are still good.
const parsed = (text) => {
  const rows = [];
  for (const line of text.trim().split("\n")) {
    try {
      rows.push(JSON.parse(line));
    } catch {
      break;
    }
  }
  return rows;
};

const read = async (file) => {
  const [head, ...rows] = parsed(await file.text());
  if (head?.kind !== KIND) throw new WrongFile();
  return { head, rows };
};

const keyOf = async ({ lock }, pin) => {
  try {
    return await unlock(unpackedLock(lock), pin);
  } catch {
    throw new WrongPin();
  }
};

// What a line holds, or null where it is not what was sealed.
const opened = async (key, row) => {
  try {
    const bytes = await unseal(key, unpackedBox(row), `${row.store}/${row.id}`);
    return row.store === "bytes" ? { store: row.store, id: row.id, bytes } : { store: row.store, id: row.id, value: JSON.parse(textOf(bytes)) };
  } catch {
    return null;
  }
};

// { taken, here, lost }: records taken in, left as they are since they are here already, and broken or cut off. Throws WrongFile, WrongPin, Full.
export const imported = async (work, file, pin) => {
  const { head, rows } = await read(file);
  const key = await keyOf(head, pin);
  let [taken, here, waiting] = [0, 0, []];
  for (const row of rows) {
    const change = await opened(key, row);
    if (row.store === "forms") await takeForm(work, change);
    else if (row.store === "bytes") waiting.push(change);
    else {
      if (work.records.has(row.id)) here += 1;
      else if (change && waiting.every(Boolean)) taken += await takeRecord(work, change, waiting);
      waiting = [];
    }
  }
  return { taken, here, lost: head.records - taken - here };
};

const takeForm = async (work, change) => {
  if (!change || work.forms.has(change.id)) return;
  const value = { ...change.value, newest: false };
  await work.book.write({ ...change, value });
  work.forms.set(change.id, value);
};

const takeRecord = async (work, change, waiting) => {
  await work.keep([change.value], ...waiting);
  return 1;
};
