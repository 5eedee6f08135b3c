// Fills a form as an enumerator does, from the first question to the last, with the engine of the offline page.
import { open } from "../../src/jangkau/web/frontend/field/engine.mjs";

const plain = (path) => path.replaceAll("[1]", "").replace("/data/", "");

// What is told, as JavaRosa's filler tells it, and the submission.
globalThis.fill = async ({ form: xform, lists, answers: given, device }) => {
  const phone = { files: async (name) => lists[name] ?? null, deviceId: device };
  const form = await open(xform, phone);
  const answers = new Map(Object.entries(given).map(([path, value]) => [plain(path), value]));
  const told = [];
  for (const node of form.walk()) {
    if (node.kind === "repeat" && node.open) grow(node, answers);
    else if (answers.has(plain(node.path)) && asked(node)) told.push(...answer(node, answers.get(plain(node.path))));
  }
  const [fault] = form.faults();
  const first = await form.save();
  const again = await (await open(xform, { ...phone, draft: first })).save();
  return { told: fault ? [...told, `? ${plain(fault.node.path)}`] : told, xml: first.xml, again: again.xml, sent: first.files.length, kept: again.files.length };
};

const asked = (node) => node.kind !== "value" && node.relevant && !node.readonly && !node.children.length;

const grow = (node, answers) => {
  for (let turn = node.children.length + 1; [...answers.keys()].some((path) => path.startsWith(plain(`${node.path}[${turn}]/`))); turn++) node.add();
};

const answer = (node, value) => {
  const before = node.answer;
  node.answer = ["image", "audio"].includes(node.kind) ? new File(["isi"], value) : value;
  if (node.fault?.kind !== "constraint") return [];
  node.answer = before;
  return [`! ${plain(node.path)}: constraint`];
};
