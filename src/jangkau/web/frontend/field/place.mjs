// Where the phone is: the best point found so far is shown, and taken by itself once it is good enough.
import { button, h, icon } from "./dom.mjs";

const GOOD = 15; // metres
const WHY = {
  1: "Izin lokasi ditolak. Beri izin lokasi untuk situs ini di setelan peramban, lalu coba lagi.",
  2: "Titik belum didapat. Nyalakan GPS, keluar rumah sebentar, lalu coba lagi.",
  3: "Titik belum didapat. Keluar rumah sebentar, lalu coba lagi.",
};

const written = ({ latitude, longitude, altitude, accuracy }) =>
  [latitude.toFixed(7), longitude.toFixed(7), (altitude ?? 0).toFixed(1), accuracy.toFixed(1)].join(" ");
const metres = (value) => `${Math.round(Number(value)).toLocaleString("id-ID")} m`;
const sums = (text) => text.split(" ").map(Number);
const degrees = (value) => value.toLocaleString("id-ID", { minimumFractionDigits: 5, maximumFractionDigits: 5 });

export const point = (node, page) => {
  const good = node.inner.nodeOptions?.accuracyThreshold ?? GOOD;
  let [watch, best, why] = [null, null, ""];
  const told = h("div", { class: "point", role: "status" });
  const acts = h("div", { class: "acts" });
  const stop = () => {
    navigator.geolocation.clearWatch(watch);
    watch = null;
  };
  const take = () => {
    stop();
    page.give(node, written(best));
    draw();
  };
  const seen = ({ coords }) => {
    if (!el.isConnected) return stop();
    if (!best || coords.accuracy <= best.accuracy) best = coords;
    return best.accuracy <= good ? take() : draw();
  };
  const failed = ({ code }) => {
    if (best && code === 3) return;
    why = WHY[code];
    stop();
    draw();
  };
  const begin = () => {
    [best, why] = [null, ""];
    watch = navigator.geolocation.watchPosition(seen, failed, { enableHighAccuracy: true, timeout: 60_000, maximumAge: 0 });
    draw();
  };
  const state = () => {
    if (watch !== null) return [icon("place"), best ? `Ketelitian ${metres(best.accuracy)}, masih dicari yang lebih teliti.` : "Mencari titik. Tunggu di tempat terbuka."];
    if (why) return [icon("look"), why];
    if (!node.answer) return [];
    const [lat, lon, , near] = sums(node.answer);
    return [icon("done"), `Titik tersimpan: ${degrees(lat)}; ${degrees(lon)}, ketelitian ${metres(near)}.`];
  };
  const choices = () => {
    if (watch === null) return [button(node.answer ? "Ambil ulang" : "Ambil titik GPS", begin, { sign: "place", kind: node.answer ? "" : "main" })];
    return [best && button("Pakai titik ini", take, { kind: "main" }), button("Berhenti", () => { stop(); draw(); })].filter(Boolean);
  };
  const draw = () => {
    told.classList.toggle("good", watch === null && !why && Boolean(node.answer));
    told.replaceChildren(...state());
    acts.replaceChildren(...choices());
  };
  const el = h("div", {}, told, acts);
  let drawn = null;
  const update = () => {
    if (drawn === node.answer) return;
    drawn = node.answer;
    draw();
  };
  return { el, update, group: true };
};
