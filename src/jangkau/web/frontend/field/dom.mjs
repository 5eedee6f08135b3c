// Elements and icons, without a word of HTML in strings.
const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  away: "M3 3l18 18M8.5 16.5a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 5-2.7M2 8.8a15 15 0 0 1 4.2-2.6M22 8.8a15 15 0 0 0-11.3-3.7M19 12.9a10 10 0 0 0-2.5-1.8M12 20h0",
  send: "M22 2L11 13M22 2l-7 20-4-9-9-4z",
  done: "M20 6L9 17l-5-5",
  look: "M12 9v4M12 17h0M10.3 3.9L1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z",
  pen: "M12 20h9M16.5 3.5a2.1 2.1 0 0 1 3 3L7 19l-4 1 1-4z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
  disk: "M5 4h11l3 3v13H5zM8 4v5h7V4M12 17a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  receipt: "M6 3v18l2-1.5L10 21l2-1.5L14 21l2-1.5L18 21V3zM9 8h6M9 12h6",
  store: "M4 6c0-4 16-4 16 0s-16 4-16 0v12c0 4 16 4 16 0V6M4 12c0 4 16 4 16 0",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
  place: "M12 21s7-6.4 7-11.5a7 7 0 1 0-14 0C5 14.600 12 21 12 21M12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  gear: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5",
  plus: "M12 5v14M5 12h14",
  bin: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  back: "M15 5l-7 7 7 7",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
};

export const h = (tag, props = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") made[name] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};

export const icon = (name) => {
  const made = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) made.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  made.append(path);
  return made;
};

export const button = (words, onclick, { kind = "", sign = "", ...more } = {}) =>
  h("button", { type: "button", class: `button ${kind}`, onclick, ...more }, sign && icon(sign), h("span", {}, words));

export const notice = (kind, sign, title, words = "", ...more) =>
  h("div", { class: `notice ${kind}` }, icon(sign), h("div", {}, title && h("strong", {}, title), words && h("p", {}, words), ...more));

let number = 0;
export const newId = () => `u${(number += 1)}`;

// Puts the screen in the place of the one before, and the reader at its beginning.
export const show = (screen) => {
  document.getElementById("isi").replaceChildren(screen);
  scrollTo(0, 0);
};

// What a screen is made of, put in place of the last; the focus stays where it was.
export const renew = (screen, parts) => {
  const buttons = () => [...screen.querySelectorAll("button")];
  const at = buttons().indexOf(document.activeElement);
  const words = document.activeElement?.textContent;
  screen.replaceChildren(...parts);
  const now = at < 0 ? null : buttons()[at];
  if (now?.textContent === words) now.focus({ preventScroll: true });
};
