// One of a list, several of a list, or yes. Long lists are searched, and never shown whole.
import { button, h, icon, newId } from "./dom.mjs";

const CARDS = 12;
const MOST = 8;
const ABREAST = 5; // of a scale in words, side by side on the narrowest phone

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

const card = (type, name, { value, label }, checked, onpick) =>
  h("label", { class: "card" }, h("input", { type, name, value, checked, onchange: onpick }), h("span", {}, label));

// `picked()` gives the values held; `pick(value, on)` changes them.
const list = (node, page, { type, picked, pick }) => {
  const [name, el] = [newId(), h("div", { class: "choices" })];
  let [held, drawn, wanted] = [null, "", ""];
  const all = () => node.choices;
  const draw = () => {
    const choices = all();
    const searched = choices.length > CARDS || node.appearances.some((kind) => kind === "autocomplete" || kind === "search");
    const looks = (name) => !searched && node.appearances.includes(name);
    el.classList.toggle("two", looks("horizontal"));
    el.classList.toggle("likert", looks("likert") && choices.length <= ABREAST);
    el.replaceChildren(...(searched ? found(choices) : choices.map(one)));
  };
  const one = (choice) => card(type, name, choice, picked().includes(choice.value), (event) => pick(choice.value, event.target.checked));
  const search = h("input", { type: "search", class: "search", placeholder: "Ketik untuk mencari", "aria-label": "Cari dalam daftar", autocomplete: "off", oninput: () => {
    wanted = plain(search.value);
    rows();
  } });
  const place = h("div", { class: "found" });
  const found = (choices) => {
    const chosen = choices.find(({ value }) => picked()[0] === value);
    if (type === "radio" && chosen) return [h("div", { class: "chosen" }, icon("done"), h("strong", {}, chosen.label), button("Ganti", () => again(), { kind: "small" }))];
    rows();
    return [h("div", { class: "searching" }, icon("search"), search), place];
  };
  const rows = () => {
    const choices = all();
    const fit = choices.filter(({ value, label }) => picked().includes(value) || plain(label).includes(wanted));
    const rest = fit.length - MOST;
    place.replaceChildren(...fit.slice(0, MOST).map(one), rest > 0 ? h("p", { class: "hint" }, `Masih ada ${rest.toLocaleString("id-ID")} lagi. Ketik beberapa huruf.`) : fit.length ? "" : h("p", { class: "hint" }, choices.length ? "Tidak ada yang cocok." : "Daftarnya kosong."));
  };
  const again = () => {
    [wanted, search.value] = ["", ""];
    pick("", false);
    search.focus();
  };
  const update = () => {
    const [options, now] = [node.inner.currentState.valueOptions, picked().join(" ")];
    if (options === held && now === drawn) return;
    const redraw = options !== held || type === "radio" || !el.childElementCount;
    [held, drawn] = [options, now];
    if (redraw && !sameCards()) draw();
  };
  // Cards that stand already are ticked in place: whoever walks them with the keys keeps the focus.
  const sameCards = () => {
    const boxes = [...el.querySelectorAll(":scope > .card > input")];
    if (boxes.length !== node.choices.length || boxes.some((box, at) => box.value !== node.choices[at].value)) return false;
    for (const box of boxes) box.checked = picked().includes(box.value);
    return true;
  };
  return { el, update, group: true };
};

export const single = (node, page) =>
  list(node, page, { type: "radio", picked: () => (node.answer ? [node.answer] : []), pick: (value) => page.give(node, value) });

export const several = (node, page) => {
  const picked = () => (node.answer ?? "").split(" ").filter(Boolean);
  const pick = (value, on) => page.give(node, on ? [...picked(), value] : picked().filter((other) => other !== value));
  return list(node, page, { type: "checkbox", picked, pick });
};

export const yes = (node, page, ids) => {
  const box = h("input", { type: "checkbox", id: ids.control, "aria-describedby": `${ids.hint} ${ids.fault}`, onchange: () => page.give(node, box.checked) });
  return { el: h("span", { class: "tick" }, box), update: () => (box.checked = node.answer === "OK") };
};
