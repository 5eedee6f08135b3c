// Forms and their lists on the phone. A version stays as long as a record of it may be opened again.
import { formKey } from "./work.mjs";

const SPACE = "https://jangkau.id/xforms";

// Paths of the questions that are columns of a village's list: { nik: "/data/ktp/nik", ... }.
export const columnsOf = (xform) => {
  const found = {};
  for (const bind of new DOMParser().parseFromString(xform, "text/xml").getElementsByTagName("bind")) {
    const column = bind.getAttributeNS(SPACE, "usulan");
    if (column) found[column] = bind.getAttribute("nodeset");
  }
  return found;
};

const withFiles = async (server, listed, before) => {
  const files = {};
  for (const { name, hash, path } of await server.files(listed.manifest)) {
    const same = before?.files[name]?.hash === hash;
    files[name] = same ? before.files[name] : { hash, text: await server.text(path) };
  }
  return files;
};

const fetched = async (work, listed) => {
  const before = work.forms.get(formKey(listed));
  const same = before?.hash === listed.hash;
  const xform = same ? before.xform : await work.server.text(listed.path);
  const { id, name, version, hash } = listed;
  return { id, name, version, hash, xform, columns: same ? before.columns : columnsOf(xform), newest: true, files: await withFiles(work.server, listed, before) };
};

const needed = (work, form) =>
  form.newest || work.of("draf", "ditolak", "terkirim").some((record) => record.form === formKey(form) && (record.held ?? record.state !== "terkirim"));

// The forms as the server has them now: whole, or as they were. Throws Away, Barred, Full.
export const refresh = async (work) => {
  const now = new Map();
  for (const listed of await work.server.forms()) now.set(formKey(listed), await fetched(work, listed));
  const changes = [...now].map(([id, value]) => ({ store: "forms", id, value }));
  for (const [id, form] of work.forms) {
    if (now.has(id)) continue;
    const old = { ...form, newest: false };
    if (needed(work, old)) now.set(id, old);
    changes.push({ store: "forms", id, ...(now.has(id) ? { value: old } : { gone: true }) });
  }
  if (changes.length) await work.book.write(...changes);
  work.forms = now;
  work.told();
};

// Whether the phone has the form that a record was filled in against.
export const formOf = (work, record) => work.forms.get(record.form) ?? null;
