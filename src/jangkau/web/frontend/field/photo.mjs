// Photographs made small on the phone, and recordings as they are.
import { button, h, icon } from "./dom.mjs";
import { size } from "./time.mjs";

const PIXELS = 1280;
const QUALITY = 0.8;

const drawn = (image, scale) => {
  const canvas = h("canvas", {});
  [canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
};

// A JPEG of at most so many pixels a side, without what the camera noted beside it; a picture that cannot be read stays as it is.
export const shrunk = async (file, pixels = PIXELS) => {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const blob = await drawn(image, Math.min(1, pixels / Math.max(image.width, image.height)));
    image.close();
    return blob ? new File([blob], "foto.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
};

// Two photographs of a camera may have one name; a submission has room for one file of a name.
const named = (file, base) => {
  const ending = /\.\w{1,5}$/.exec(file.name)?.[0].toLowerCase() ?? "";
  return new File([file], `${base}-${crypto.randomUUID().slice(0, 8)}${ending}`, { type: file.type });
};

const taker = (node, page, ids, { accept, words, shown, made }) => {
  const input = h("input", {
    type: "file", accept, capture: "environment", id: ids.control, class: "visually-hidden", "aria-describedby": `${ids.hint} ${ids.fault}`,
    onchange: async () => {
      const [file] = input.files;
      input.value = "";
      if (file) page.give(node, await made(file));
      el.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  const [look, told] = [h("div", { class: "taken" }), h("span", {})];
  const take = h("label", { class: "button take", for: ids.control }, icon("camera"), told);
  const bin = button("Hapus", () => page.give(node, null), { kind: "small plain", sign: "bin" });
  let held;
  const update = () => {
    const file = node.answer;
    take.hidden = node.readonly;
    if (file === held) return;
    held = file;
    told.textContent = file ? words[1] : words[0];
    look.replaceChildren(...(file ? [shown(file), h("p", { class: "hint" }, size(file.size)), bin] : []));
  };
  told.textContent = words[0];
  const el = h("div", { class: "taker" }, look, input, take);
  return { el, update };
};

const url = (file, el) => {
  el.src = URL.createObjectURL(file);
  const free = () => URL.revokeObjectURL(el.src);
  el.addEventListener(el.tagName === "IMG" ? "load" : "emptied", free, { once: true });
  return el;
};

export const photo = (node, page, ids) =>
  taker(node, page, ids, {
    accept: "image/*", words: ["Ambil foto", "Ganti foto"], shown: (file) => url(file, h("img", { alt: `Foto: ${node.label}` })),
    made: async (file) => named(await shrunk(file, node.maxPixels ?? PIXELS), "foto"),
  });

export const audio = (node, page, ids) =>
  taker(node, page, ids, {
    accept: node.kind === "audio" ? "audio/*" : "*/*", words: ["Rekam atau pilih", "Ganti"], made: async (file) => named(file, "berkas"),
    shown: (file) => (node.kind === "audio" ? url(file, h("audio", { controls: true })) : h("strong", {}, file.name)),
  });
