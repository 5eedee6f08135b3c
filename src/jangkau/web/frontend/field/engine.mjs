// One filled form over the engine of ODK: nodes to show, answers in, the submission out. Shows nothing itself.
//
//   const form = await open(xform, { files: async (name) => Blob | Response | string | null, draft, deviceId, language });
//   form.children                                    the nodes of the first level that are asked (Node below)
//   form.at("/data/ktp/nik").answer = "1705..."      answers are given and read as the text of the submission
//   form.faults()                                    [{ node, kind: "constraint" | "required", message }]
//   const { id, xml, files } = await form.save()     the submission as text and its File objects, whole or not
//   await open(xform, { files, draft: { xml, files } })   goes on where `save()` stopped, under the same id
//   await open(xform, { files, edited: { xml, files } })  puts right what was sent, under an id of its own that names the first as deprecated;
//   `deprecates`, the id of the first, is given where a draft of that is gone on with
import { loadForm } from "@getodk/xforms-engine";

const KINDS = { int: "integer", geopoint: "geopoint", dateTime: "datetime", string: "text" };
const HOLDERS = { group: "group", "repeat-instance": "instance", "repeat-range:controlled": "repeat", "repeat-range:uncontrolled": "repeat" };

// What the phone knows of the file; an empty list is still a list.
const fetched = (files) => async (url) => {
  const held = await files(decodeURIComponent(url.href.split("/").pop()));
  return held === null || held === undefined ? new Response(null, { status: 404 }) : held instanceof Response ? held : new Response(held);
};

const instanceData = ({ xml, files = [] }) => {
  const data = new FormData();
  data.set("xml_submission_file", new File([xml], "xml_submission_file", { type: "text/xml" }));
  for (const file of files) data.set(file.name, file);
  return { data: [data] };
};

// Phones call every photo the same; two of one record must never share a name.
let photographed = 0;
const named = ({ writtenAt, extension }) => `${writtenAt.getTime()}-${++photographed}${extension ?? ""}`;

const begun = async (loaded, { draft, edited }, config) => {
  if (edited) return loaded.editInstance({ inputType: "FORM_INSTANCE_INPUT_RESOLVED", ...instanceData(edited) }, config);
  return draft ? loaded.restoreInstance(instanceData(draft), config) : loaded.createInstance(config);
};

// The engine forgets for which submission a draft stands, since forms have no place for it: said again beside its own id.
const standingFor = (xml, id) =>
  !id || xml.includes("deprecatedID>") ? xml : xml.replace(/<([\w:]*)instanceID>[^<]*<\/\1instanceID>/, (own, prefix) => `${own}<${prefix}deprecatedID>${id}</${prefix}deprecatedID>`);

// The form as it is begun, gone on with where a draft is given, or put right. Throws where the form or a list of it cannot be read.
export const open = async (xform, { files = async () => null, draft = null, edited = null, deprecates = "", deviceId = "", language = "" } = {}) => {
  const loaded = await loadForm(xform, { fetchFormAttachment: fetched(files) });
  if (loaded.status === "failure") throw loaded.error;
  const config = { preloadProperties: { deviceID: deviceId }, instanceAttachments: { fileNameFactory: named } };
  const { root } = await begun(loaded, { draft, edited }, config);
  const form = new Form(root, deprecates);
  await form.read();
  if (language) form.language = language;
  return form;
};

export class Form {
  #nodes = new Map();

  constructor(root, deprecates = "") {
    Object.assign(this, { root, deprecates });
  }

  // One Node for each node of the engine, so that a page may keep what it knows of it.
  node = (inner) => {
    if (!this.#nodes.has(inner.nodeId)) this.#nodes.set(inner.nodeId, new Node(this, inner));
    return this.#nodes.get(inner.nodeId);
  };

  get children() {
    return shown(this.root).map(this.node);
  }

  // Names of languages as the form gives them, the first being its own; empty where it has but one.
  get languages() {
    return this.root.languages.map(({ language }) => language).filter(Boolean);
  }

  get language() {
    return this.root.currentState.activeLanguage.language;
  }

  set language(name) {
    const found = this.root.languages.find(({ language }) => language === name);
    if (found) this.root.setLanguage(found);
  }

  // Every node, asked or computed, in the order of the form.
  *walk(inner = this.root) {
    for (const child of inner.currentState.children ?? []) {
      yield this.node(child);
      yield* this.walk(child);
    }
  }

  // The node at a path; in a repeat `/data/anak[2]/nama`, and the first also without a number. null where there is none.
  at(path) {
    const wanted = plain(path);
    for (const node of this.walk()) if (plain(node.path) === wanted) return node;
    return null;
  }

  // What keeps the form from being sent, in the order of the form. Nothing of what is not relevant.
  faults() {
    return this.root.validationState.violations.map(({ nodeId, violation }) => ({
      node: this.#nodes.get(nodeId) ?? [...this.walk()].find((node) => node.key === nodeId),
      kind: violation.condition,
      message: violation.message?.asString || null,
    }));
  }

  // Photos of a draft are read by the engine in its own time; saved before that they would be missing.
  async read() {
    while (this.uploads().some(({ inner }) => inner.currentState.attachmentState.loading)) await new Promise((done) => setTimeout(done));
  }

  uploads() {
    return [...this.walk()].filter(({ inner }) => inner.nodeType === "upload");
  }

  // The same id each time, also after a draft is gone on with. Photos are taken from the nodes: the engine's own payload leaves out those of the draft.
  async save() {
    const payload = await this.root.prepareInstancePayload({ payloadType: "monolithic" });
    const files = this.uploads().filter(({ relevant, answer }) => relevant && answer).map(({ answer }) => answer);
    return { id: this.id, xml: standingFor(await payload.data[0].get("xml_submission_file").text(), this.deprecates), files };
  }

  // `uuid:...`, fixed when the form is begun.
  get id() {
    return [...this.walk()].find(({ path }) => path.endsWith("/instanceID"))?.answer ?? "";
  }
}

// A group, a repeat, one turn of a repeat, or a question. Everything is read afresh each time.
export class Node {
  constructor(form, inner) {
    Object.assign(this, { form, inner, key: inner.nodeId });
  }

  get path() {
    return this.inner.currentState.reference;
  }

  // group, repeat, instance; note, text, integer, decimal, date, time, datetime, geopoint, barcode, select_one, select_multiple,
  // rank, range, acknowledge, image, audio, file; value (computed: never shown).
  get kind() {
    const { nodeType, valueType, selectType, nodeOptions } = this.inner;
    if (HOLDERS[nodeType]) return HOLDERS[nodeType];
    if (nodeType === "select") return selectType === "select" ? "select_multiple" : "select_one";
    if (nodeType === "upload") return ["image", "audio"].find((type) => type === nodeOptions.media.type) ?? "file";
    if (nodeType === "input") return KINDS[valueType] ?? valueType;
    return { trigger: "acknowledge", "model-value": "value" }[nodeType] ?? nodeType;
  }

  get label() {
    return this.inner.currentState.label?.asString ?? "";
  }

  get hint() {
    return this.inner.currentState.hint?.asString ?? "";
  }

  get appearances() {
    return this.inner.appearances ? [...this.inner.appearances] : [];
  }

  get relevant() {
    return this.inner.currentState.relevant;
  }

  get required() {
    return this.inner.currentState.required;
  }

  get readonly() {
    return this.inner.currentState.readonly;
  }

  get parent() {
    return this.inner.parent === this.form.root ? null : this.form.node(this.inner.parent);
  }

  // What is asked now: relevant, and not merely computed.
  get children() {
    return shown(this.inner).map(this.form.node);
  }

  // [{ value, label }] of selects and rankings, filtered as the form says; null elsewhere.
  get choices() {
    return this.inner.currentState.valueOptions?.map((item) => ({ value: item.value, label: item.label.asString })) ?? null;
  }

  // { start, end, step } of a range.
  get bounds() {
    const { start, end, step } = this.inner.definition.bounds;
    return { start: Number(start), end: Number(end), step: Number(step) };
  }

  get maxPixels() {
    return this.inner.maxPixels ?? null;
  }

  // The text of the submission; of a photo its File, or null.
  get answer() {
    return this.inner.nodeType === "upload" ? this.inner.currentState.value : this.inner.currentState.instanceValue;
  }

  // Text as in the submission ("" or null empties); choices of several by blanks or as an array; a photo as File.
  set answer(given) {
    const { nodeType } = this.inner;
    if (nodeType === "upload") this.inner.setValue(given || null);
    else if (nodeType === "select") this.inner.selectValues(words(given));
    else if (nodeType === "rank") this.inner.setValues(words(given));
    else if (nodeType === "trigger") this.inner.setValue(given === true || given === "OK");
    else this.inner.setValue(given === "" || given === null ? (this.inner.valueType === "string" ? "" : null) : given);
  }

  // { kind, message } of what is wrong with this answer now, or null.
  get fault() {
    const found = this.inner.validationState.violation;
    return found ? { kind: found.condition, message: found.message?.asString || null } : null;
  }

  // Whether the number of turns is the enumerator's to choose, and not computed.
  get open() {
    return this.inner.nodeType === "repeat-range:uncontrolled";
  }

  add() {
    this.inner.addInstances();
    return this.children.at(-1);
  }

  remove(index) {
    this.inner.removeInstances(index);
  }
}

const words = (given) => (Array.isArray(given) ? given : (given ?? "").split(" ")).filter(Boolean);
const plain = (path) => path.replaceAll("[1]", "");
const shown = (inner) =>
  (inner.currentState.children ?? []).filter(({ nodeType, definition, currentState }) =>
    nodeType !== "model-value" && (nodeType !== "group" || definition.bodyElement) && currentState.relevant);
