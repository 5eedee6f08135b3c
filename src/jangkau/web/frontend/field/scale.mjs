// A number on a scale: slid by a thumb, or step by step. Nothing is chosen until it is touched.
import { button, h } from "./dom.mjs";

const words = (text) => (text === "" ? "" : Number(text).toLocaleString("id-ID"));

// `value` moved by `steps`, within the bounds, as the submission writes it. Whole steps are counted, so that no fraction gathers.
export const moved = ({ start, end, step }, value, steps) => {
  const at = Math.round((Number(value) - start) / step) + steps;
  const places = (String(step).split(".")[1] ?? "").length;
  return String(Number((start + Math.min(Math.max(at, 0), Math.floor((end - start) / step + 1e-9)) * step).toFixed(places)));
};

export const scale = (node, page, ids) => {
  const bounds = node.bounds;
  const told = h("output", { class: "scale-value", for: ids.control });
  const slide = h("input", {
    type: "range", id: ids.control, min: bounds.start, max: bounds.end, step: bounds.step, "aria-describedby": `${ids.hint} ${ids.fault}`,
    oninput: () => (told.textContent = words(slide.value)),
    onchange: () => page.give(node, slide.value),
    onclick: () => node.answer || page.give(node, slide.value), // where the thumb lies already, nothing changes by pressing it
  });
  const middle = moved(bounds, bounds.start, Math.floor((bounds.end - bounds.start) / bounds.step / 2));
  const by = (steps) => () => page.give(node, node.answer ? moved(bounds, node.answer, steps) : slide.value);
  const steps = [button("−", by(-1), { kind: "small", "aria-label": "Kurangi" }), button("+", by(1), { kind: "small", "aria-label": "Tambah" })];
  const clear = button("Kosongkan", () => page.give(node, ""), { kind: "small plain" });
  const update = () => {
    const value = node.answer ?? "";
    slide.value = value || middle;
    for (const one of [slide, ...steps]) one.disabled = node.readonly;
    told.textContent = words(value) || "Belum dipilih";
    slide.classList.toggle("empty", value === "");
    clear.hidden = value === "" || node.required || node.readonly;
  };
  const ends = [bounds.start, bounds.end].map((end) => h("span", {}, words(end)));
  const el = h("div", { class: "scale" }, told, h("div", { class: "scale-row" }, steps[0], slide, steps[1]), h("div", { class: "scale-ends", "aria-hidden": "true" }, ends), clear);
  return { el, update };
};
