// What lies on the phone is unreadable without the PIN: a key of each book of records, wrapped by what the PIN gives.
const ROUNDS = 600_000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const possible = () => Boolean(globalThis.crypto?.subtle);
export const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
export const bytesOf = (text) => encoder.encode(text);
export const textOf = (bytes) => decoder.decode(bytes);
const random = (count) => crypto.getRandomValues(new Uint8Array(count));

const fromPin = async (pin, { salt, rounds }) => {
  const raw = await crypto.subtle.importKey("raw", bytesOf(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
};

const wrapped = async (key, pin) => {
  const lock = { salt: random(16), rounds: ROUNDS, iv: random(12) };
  const wrap = await crypto.subtle.wrapKey("raw", key, await fromPin(pin, lock), { name: "AES-GCM", iv: lock.iv });
  return { ...lock, wrap: new Uint8Array(wrap) };
};

// The key behind a lock. Throws where the PIN is another.
export const unlock = async (lock, pin, extractable = false) => {
  const how = { name: "AES-GCM", iv: lock.iv };
  return crypto.subtle.unwrapKey("raw", lock.wrap, await fromPin(pin, lock), how, "AES-GCM", extractable, ["encrypt", "decrypt"]);
};

// A lock with a new key in it.
export const newLock = async (pin) =>
  wrapped(await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]), pin);

// The same key under another PIN.
export const relock = async (lock, pin, next) => wrapped(await unlock(lock, pin, true), next);

// `where` is bound to the sealed bytes: moved to another place they no longer open.
export const seal = async (key, bytes, where) => {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: bytesOf(where) };
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, key, bytes)) };
};

export const unseal = async (key, { iv, data }, where) =>
  new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytesOf(where) }, key, data));

// Why a PIN is too easy, or "".
export const weak = (pin) => {
  if (pin.length < 6) return "PIN paling sedikit 6 angka atau huruf.";
  const steps = new Set([...pin].slice(1).map((sign, at) => sign.charCodeAt(0) - pin.charCodeAt(at)));
  return steps.size === 1 && Math.abs([...steps][0]) < 2 ? "PIN terlalu mudah ditebak. Jangan berurutan atau sama semua." : "";
};

// Seconds to wait after so many wrong PINs in a row: none for three, then half a minute, doubled to a quarter of an hour.
export const delay = (wrong) => (wrong < 3 ? 0 : Math.min(30 * 2 ** (wrong - 3), 900));
