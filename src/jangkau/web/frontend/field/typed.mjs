// Answers that are typed: words, numbers, dates.
import { button, h, icon } from "./dom.mjs";
import { MONTHS } from "./time.mjs";

const COUNTED = 8; // digits from which a long number shows how many there are

const describe = (ids) => ({ id: ids.control, "aria-describedby": `${ids.hint} ${ids.fault}` });
const holds = (el) => document.activeElement === el;
const shownAnswer = (node) => node.answer ?? "";

export const text = (node, page, ids) => {
  const digits = node.appearances.includes("numbers");
  const long = node.appearances.includes("multiline");
  const input = h(long ? "textarea" : "input", {
    ...describe(ids), ...(long ? { rows: 3 } : { type: "text", inputmode: digits ? "numeric" : null }), autocomplete: "off", autocapitalize: digits ? "off" : "words",
    oninput: () => page.later(node, () => given(input.value, digits)),
    onchange: () => page.give(node, given(input.value, digits)),
  });
  const count = h("p", { class: "count", "aria-hidden": "true" });
  const update = () => {
    if (!holds(input)) input.value = shownAnswer(node);
    input.readOnly = node.readonly;
    if (digits) counted(count, input.value.replace(/\D/g, "").length, node.fault);
  };
  return { el: h("div", { class: "typed" }, input, digits && count), update };
};

const given = (value, digits) => (digits ? value.replace(/[\s.-]/g, "") : value.trim());

const counted = (count, length, fault) => {
  const told = length < COUNTED ? [] : fault ? [`${length} angka`] : [icon("done"), `${length} angka`];
  count.classList.toggle("good", length >= COUNTED && !fault);
  if (count.textContent !== told.at(-1)) count.replaceChildren(...told);
};

const FORMS = { integer: [/^-?\d{1,9}$/, "numeric"], decimal: [/^-?\d{1,12}([.,]\d{1,9})?$/, "decimal"] };

export const number = (node, page, ids) => {
  const [form, inputmode] = FORMS[node.kind];
  const good = () => input.value.trim() === "" || form.test(input.value.trim());
  const value = () => (good() ? input.value.trim().replace(",", ".") : "");
  const input = h("input", {
    ...describe(ids), type: "text", inputmode, autocomplete: "off", class: "short",
    oninput: () => page.later(node, value), onchange: () => page.give(node, value()),
  });
  const update = () => {
    if (!holds(input) && good()) input.value = shownAnswer(node).replace(".", ",");
    input.readOnly = node.readonly;
  };
  return { el: input, update, fault: () => (good() ? "" : "Tulis angka saja.") };
};

// Day, month and year apart: nobody pages a calendar back to 1958. Returns "" for nothing, null for no such day.
export const dateOf = (day, month, year) => {
  if (!day && !month && !year) return "";
  const made = new Date(Date.UTC(year, month - 1, day));
  const told = /^\d{4}$/.test(year) && made.getUTCMonth() === month - 1 && made.getUTCDate() === Number(day);
  return told ? made.toISOString().slice(0, 10) : null;
};

const localDay = (at) => [at.getFullYear(), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
const recent = (node) => !/lahir/.test(node.path); // nobody who is registered was born today

const part = (name, more) => h("label", { class: "part" }, h("span", {}, name), more);

export const date = (node, page, ids) => {
  const typed = { type: "text", inputmode: "numeric", autocomplete: "off", oninput: () => page.later(node, value), onchange: () => page.give(node, value()) };
  const day = h("input", { ...typed, id: ids.control, maxlength: 2 });
  const month = h("select", { onchange: () => page.give(node, value()) }, h("option", { value: "" }, ""), MONTHS.map((name, at) => h("option", { value: at + 1 }, name)));
  const year = h("input", { ...typed, maxlength: 4 });
  const parts = [day, month, year];
  const today = button("Hari ini", () => page.give(node, localDay(new Date())), { kind: "small plain" });
  const read = () => dateOf(...parts.map((one) => one.value.trim()));
  const value = () => read() ?? "";
  const update = () => {
    for (const one of parts) one.disabled = node.readonly;
    const told = shownAnswer(node).slice(0, 10);
    today.hidden = Boolean(told) || node.readonly || !recent(node);
    if (parts.some(holds) || told === (read() ?? "?") || (!told && read() === null)) return;
    const [y = "", m = "", d = ""] = told ? told.split("-") : [];
    [day.value, month.value, year.value] = [d && String(Number(d)), m && String(Number(m)), y];
  };
  const fault = () => (read() === null && !parts.some(holds) ? "Tanggal itu belum lengkap atau tidak ada." : "");
  return { el: h("div", { class: "date" }, part("Tanggal", day), part("Bulan", month), part("Tahun", year), today), update, fault, group: true };
};
