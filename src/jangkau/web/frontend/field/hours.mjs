// An hour, or a day with its hour: the phone's own picker; written with the phone's distance from Greenwich, as ODK Collect writes it.
import { h } from "./dom.mjs";

const two = (number) => String(number).padStart(2, "0");

// `+07:00` of a moment.
export const zone = (at) => {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

const picker = (type, length, moment) => (node, page, ids) => {
  const value = () => (input.value ? `${input.value.slice(0, length)}:00.000${zone(moment(input.value))}` : "");
  const input = h("input", { type, id: ids.control, class: "short", "aria-describedby": `${ids.hint} ${ids.fault}`, onchange: () => page.give(node, value()) });
  const update = () => {
    if (document.activeElement !== input) input.value = (node.answer ?? "").slice(0, length);
    input.readOnly = node.readonly;
  };
  return { el: input, update, fault: () => (input.validity.badInput ? "Jam itu belum lengkap." : "") };
};

export const time = picker("time", 5, () => new Date());
export const datetime = picker("datetime-local", 16, (text) => new Date(text));
