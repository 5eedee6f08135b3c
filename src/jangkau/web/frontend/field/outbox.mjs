// From a finished form to the server's receipt. What is sealed never changes; it leaves the phone's keeping only against a receipt for the same bytes.
import { bytesOf, sha256, textOf } from "./secrets.mjs";
import { Away, Barred } from "./server.mjs";
import { UNSENT } from "./work.mjs";

const DAY = 24 * 3600_000;
const [AMENDED, WEEK] = [2 * DAY, 7 * DAY]; // how long what was sent may be put right here, and is named here
export const XML = "isian.xml";
export const draftPlace = (id, name) => `${id}/draf/${name}`;
const sealedPlace = (id, name) => `${id}/kirim/${name}`;

const listed = async (files) => Promise.all(files.map(async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, type: file.type, size: bytes.length, sha256: await sha256(bytes), bytes };
}));

// The draft becomes a record of the outbox, in one step: its XML and files as they are now, and their sums.
export const sealRecord = async (work, draft, { id, xml, files }) => {
  const bytes = bytesOf(xml);
  const held = await listed(files);
  const record = {
    ...draft, state: "menunggu", instance: id, sha256: await sha256(bytes), changed: Date.now(), offset: work.self.offset, tries: 0, answer: null,
    files: held.map(({ name, type, size, sha256: sum }) => ({ name, type, size, sha256: sum })),
  };
  const before = await work.book.keys("bytes", `${draft.id}/`);
  await work.keep([record],
    ...before.map((name) => ({ store: "bytes", id: name, gone: true })),
    { store: "bytes", id: sealedPlace(draft.id, XML), bytes, once: true },
    ...held.map((file) => ({ store: "bytes", id: sealedPlace(draft.id, file.name), bytes: file.bytes, once: true })));
  return record;
};

// The sealed bytes of a record. Throws where they are not those that were sealed.
export const sealed = async (work, record) => {
  const read = async (name, sum) => {
    const bytes = await work.book.bytes(sealedPlace(record.id, name));
    if (!bytes || (await sha256(bytes)) !== sum) throw new Error("Isian rusak di HP ini.");
    return bytes;
  };
  const files = [];
  for (const { name, type, sha256: sum } of record.files) files.push(new File([await read(name, sum)], name, { type }));
  return { xml: textOf(await read(XML, record.sha256)), files };
};

// What becomes of a record by the server's answer. Only an answer about these very bytes counts.
export const judged = (record, told) => {
  const answer = { words: told.words, receipt: told.receipt, at: told.at };
  const same = told.sha256 === record.sha256;
  if (told.status === 400 || told.status === 413) return { ...record, state: "ditolak", answer };
  if (!same) return { ...record, tries: record.tries + 1 };
  if (told.state === "ditolak") return { ...record, state: "ditolak", answer };
  if (told.state === "karantina") return { ...record, state: "karantina", answer };
  return told.missing ? { ...record, tries: record.tries + 1 } : { ...record, state: "terkirim", answer };
};

const settled = (state) => state === "terkirim" || state === "karantina";

// What the server stands by may be put right here for two days; then it gives back its room. Of the person only the name stays, for a week.
const settle = async (work, record) => {
  if (!settled(record.state)) return work.keep([record]);
  const { nik: _nik, lahir: _born, toldOf: _person, ...kept } = record;
  if (record.state === "karantina") return work.keep([kept], ...(await work.gone(record.id)).slice(1));
  return work.keep([{ ...kept, held: true }], ...(record.amends ? await work.gone(record.amends) : []));
};

const covered = async (work, record) => {
  const { nik, lahir } = record;
  if (!nik || !lahir || record.toldOf === `${nik} ${lahir}`) return record;
  const told = await work.server.covered(nik, lahir).catch(() => "");
  return { ...record, told };
};

const sendOne = async (work, record) => {
  const { xml, files } = await sealed(work, record);
  const after = judged(record, await work.server.send(xml, files));
  await settle(work, settled(after.state) ? await covered(work, after) : after);
};

const sendAll = async (work) => {
  for (const { id } of work.of("menunggu").reverse()) {
    try {
      const record = work.records.get(id);
      if (record?.state === "menunggu") await sendOne(work, record);
      work.barred = false;
    } catch (error) {
      if (error instanceof Barred) work.barred = true;
      if (error instanceof Barred || error instanceof Away) return work.told();
      await work.keep([{ ...work.records.get(id), fault: error.message }]);
    }
  }
};

const tidy = async (work) => {
  const older = (age) => work.of("terkirim", "karantina").filter(({ answer }) => answer?.at && work.now() - answer.at > age);
  for (const { id } of older(WEEK)) await work.drop(id);
  await work.release(older(AMENDED).filter(({ held }) => held).map(({ id }) => id));
};

// Whether what was sent can still be put right here: its bytes and its form are kept, and nothing of it is under way.
export const amendable = (work, { id, state, held, form }) =>
  state === "terkirim" && held && work.forms.has(form) && !work.of(...UNSENT).some(({ amends }) => amends === id);

// A refused record is opened again: its sealed bytes become a draft of the same submission.
export const reopen = async (work, record) => {
  const { xml, files } = await sealed(work, record);
  const names = await work.book.keys("bytes", `${record.id}/`);
  const bytes = await Promise.all(files.map(async (file) => ({ store: "bytes", id: draftPlace(record.id, file.name), bytes: new Uint8Array(await file.arrayBuffer()) })));
  const draft = { ...record, state: "draf", page: 0, changed: Date.now(), files: record.files.map(({ name, type }) => ({ name, type })) };
  await work.keep([draft], ...names.map((id) => ({ store: "bytes", id, gone: true })), { store: "bytes", id: draftPlace(record.id, XML), bytes: bytesOf(xml) }, ...bytes);
  return draft;
};

// Sends what waits, one sender at a time on this phone.
export const drain = (work) =>
  navigator.locks.request(`jangkau-kirim-${work.user.id}`, { ifAvailable: true }, async (held) => {
    if (!held || work.sending || !navigator.onLine) return;
    work.sending = true;
    work.told();
    await sendAll(work).finally(() => (work.sending = false));
    await tidy(work);
    work.told();
  });
