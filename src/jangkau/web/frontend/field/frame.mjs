// The frame around every question: label, hint, control, fault. A control is { el, update(), fault? }, and `group` where it has many parts.
import { h, icon, newId } from "./dom.mjs";
import { audio, photo } from "./photo.mjs";
import { several, single, yes } from "./choices.mjs";
import { date, number, text } from "./typed.mjs";
import { datetime, time } from "./hours.mjs";
import { point } from "./place.mjs";
import { scale } from "./scale.mjs";

const CONTROLS = {
  text, barcode: text, integer: number, decimal: number, range: scale, date, time, datetime, select_one: single, select_multiple: several,
  acknowledge: yes, geopoint: point, image: photo, audio, file: audio,
};
const REQUIRED = "Wajib diisi.";
const WRONG = "Jawaban ini belum benar.";

// What keeps this answer from being right: of the control itself, of a condition, or, once `asked` for, of being empty.
export const faultOf = (node, control, asked) => {
  if (control.fault?.()) return control.fault();
  const found = node.fault;
  if (!found || (found.kind === "required" && !asked)) return "";
  return found.message ?? (found.kind === "required" ? REQUIRED : WRONG);
};

const words = () => [h("span", { class: "label" }), " ", h("span", { class: "free", hidden: true }, "boleh kosong")];

const framed = (node, page) => {
  const ids = { control: newId(), hint: newId(), fault: newId() };
  const control = CONTROLS[node.kind](node, page, ids);
  const hint = h("p", { class: "hint", id: ids.hint });
  const fault = h("p", { class: "fault", id: ids.fault, role: "alert" });
  const parts = [hint, control.el, fault];
  const el = control.group
    ? h("fieldset", { class: `ask ask-${node.kind}` }, h("legend", {}, words()), parts)
    : h("div", { class: `ask ask-${node.kind}` }, h("label", { for: ids.control, class: "title" }, words()), parts);
  return { el, control, hint, fault };
};

export const question = (node, page) => {
  if (!CONTROLS[node.kind]) return unknown(node);
  const { el, control, hint, fault } = framed(node, page);
  let touched = false;
  el.addEventListener("change", () => {
    touched = true;
    page.refresh();
  });
  const update = () => {
    el.querySelector(".label").textContent = node.label;
    el.querySelector(".free").hidden = node.required || node.readonly || node.kind === "acknowledge";
    hint.textContent = node.hint;
    hint.hidden = !node.hint;
    el.disabled = node.readonly;
    control.update();
    const said = touched || page.asked ? faultOf(node, control, page.asked) : "";
    if (fault.textContent !== said) fault.replaceChildren(...(said ? [icon("look"), said] : []));
    el.classList.toggle("wrong", Boolean(said));
  };
  return { el, update, wrong: () => Boolean(faultOf(node, control, true)), focus: () => el.querySelector("input, select, textarea, button")?.focus() };
};

const unknown = (node) => ({
  el: h("p", { class: "notice look" }, `Pertanyaan ini belum dapat ditampilkan: ${node.label}`),
  update() {}, wrong: () => Boolean(node.required), focus() {},
});

const conditional = (node) => {
  const told = node.inner.definition.bind?.relevant;
  return Boolean(told && !told.isDefaultExpression && told.expression !== "true()");
};

export const note = (node) => {
  const said = h("p", {});
  const el = conditional(node) ? h("div", { class: "notice look", role: "status" }, icon("look"), said) : h("div", { class: "read" }, said);
  return { el, update: () => (said.textContent = node.label), wrong: () => false, focus() {} };
};
