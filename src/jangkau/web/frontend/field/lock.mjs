// The door: who uses this phone, with which PIN; and a new user by the office's link.
import { button, h, icon, notice, show } from "./dom.mjs";
import { delay, newLock, possible, unlock, weak } from "./secrets.mjs";
import { Away, Barred, Server } from "./server.mjs";
import { keepUser, users } from "./store.mjs";

const LINK = /^#k=([\w-]{16,})$/;
const UNSAFE = "Halaman ini perlu alamat https:// supaya isian dapat disandikan di HP. Minta tautan yang benar ke kantor.";

// The key in the address, taken out of it at once so that it stays neither in the bar nor in the history.
export const takeKey = () => {
  const found = LINK.exec(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname);
  return found?.[1] ?? "";
};

const brand = () => h("p", { class: "brand" }, h("span", { class: "ring" }), "Jangkau");
const door = (title, ...rest) => h("main", { class: "door" }, brand(), h("h1", {}, title), ...rest);
const pinField = (id, words, more = {}) =>
  h("p", { class: "ask" }, h("label", { class: "title", for: id }, words), h("input", { id, type: "password", inputmode: "numeric", autocomplete: "off", minlength: 6, required: true, ...more }));
const said = () => h("p", { class: "fault", role: "alert" });
const tell = (place, words) => place.replaceChildren(...(words ? [icon("look"), words] : []));
const formOf = (onsubmit, ...rest) => h("form", { onsubmit: (event) => { event.preventDefault(); onsubmit(); } }, ...rest);

export const begin = async (key, enter) => {
  if (!possible()) return show(door("Belum dapat dipakai", notice("harm", "lock", UNSAFE)));
  const known = await users();
  if (known.length) return known.length === 1 ? ask(known[0], key, enter) : choose(known, key, enter);
  return key ? welcome(key, enter) : show(door("Buka tautan dari kantor", h("p", {}, "Pindai kode QR dari pengawas dengan kamera HP, atau buka tautannya di sini."), linkForm(enter)));
};

const linkForm = (enter) => {
  const wrong = said();
  const input = h("input", { id: "tautan", type: "url", autocomplete: "off" });
  const go = () => {
    const found = /#k=([\w-]{16,})$/.exec(input.value.trim());
    return found ? welcome(found[1], enter) : tell(wrong, "Tautan itu tidak lengkap. Salin seluruhnya.");
  };
  return formOf(go, h("p", { class: "ask" }, h("label", { class: "title", for: "tautan" }, "Tautan"), input, wrong), h("button", { class: "button main" }, "Lanjut"));
};

// ---- a new user
const WHY = new Map([[Barred, "Tautan ini tidak berlaku lagi. Minta tautan baru ke kantor."], [Away, "Perlu sinyal untuk pertama kali. Cari tempat yang ada sinyal, lalu muat ulang."]]);

export const welcome = async (key, enter) => {
  try {
    newUser(key, await new Server(key).whoAmI(), enter);
  } catch (error) {
    show(door("Belum dapat dimulai", notice("look", "look", WHY.get(error.constructor) ?? WHY.get(Away)), button("Coba lagi", () => welcome(key, enter), { kind: "main" })));
  }
};

const newUser = (key, who, enter) => {
  const wrong = said();
  const [pin, again] = ["pin", "pin-lagi"].map((id, at) => pinField(id, at ? "Ulangi PIN" : "Buat PIN", { autocomplete: "new-password" }));
  const go = async () => {
    const [first, second] = [pin, again].map((one) => one.lastChild.value);
    const fault = weak(first) || (first === second ? "" : "Kedua PIN tidak sama.");
    if (fault) return tell(wrong, fault);
    await made(key, who, first, enter);
  };
  show(door(who.pendata || who.perangkat,
    h("p", { class: "lead" }, who.wilayah),
    h("p", {}, "PIN membuka isian di HP ini. Isian disandikan dengannya: bila PIN lupa, isian yang belum terkirim tidak dapat dibuka siapa pun."),
    formOf(go, pin, again, wrong, h("button", { class: "button main" }, "Mulai"))));
  pin.lastChild.focus();
};

const made = async (key, who, pin, enter) => {
  const user = { id: crypto.randomUUID(), name: who.pendata || who.perangkat, lock: await newLock(pin), wrong: 0, waitUntil: 0 };
  await keepUser(user);
  await enter(user, await unlock(user.lock, pin), { token: key, who });
};

// ---- users who are known
const choose = (known, key, enter) => {
  const list = known.map((user) => button(user.name, () => ask(user, key, enter), { sign: "lock" }));
  const fresh = key ? [button("Pemakai baru dengan tautan ini", () => welcome(key, enter), { sign: "plus" })]
    : [h("h2", {}, "Pemakai baru"), h("p", {}, "Pindai kode QR dari pengawas, atau salin tautannya ke sini."), linkForm(enter)];
  show(door("Siapa yang mengisi?", h("div", { class: "stack" }, list, fresh)));
};

const waiting = (user) => Math.ceil(Math.min(user.waitUntil - Date.now(), 900_000) / 1000);

const ask = (user, key, enter) => {
  const wrong = said();
  const field = pinField("pin", "PIN");
  const go = async () => {
    const left = waiting(user);
    if (left > 0) return tell(wrong, `Terlalu sering salah. Tunggu ${left} detik.`);
    const opened = await tried(user, field.lastChild.value);
    if (opened) return enter(user, opened, key ? { token: key } : {});
    field.lastChild.value = "";
    tell(wrong, waiting(user) > 0 ? `PIN salah. Tunggu ${waiting(user)} detik.` : "PIN salah.");
  };
  const others = button("Pemakai lain", async () => choose(await users(), key, enter), { kind: "plain" });
  show(door(user.name, key && notice("look", "lock", "Tautan baru", "Masukkan PIN untuk memakainya. Isian yang ada tetap tersimpan."), formOf(go, field, wrong, h("button", { class: "button main" }, "Buka")), h("div", { class: "stack" }, others)));
  field.lastChild.focus();
};

const tried = async (user, pin) => {
  try {
    const opened = await unlock(user.lock, pin);
    await keepUser(Object.assign(user, { wrong: 0, waitUntil: 0 }));
    return opened;
  } catch {
    const wrong = user.wrong + 1;
    await keepUser(Object.assign(user, { wrong, waitUntil: Date.now() + delay(wrong) * 1000 }));
    return null;
  }
};
