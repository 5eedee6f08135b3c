// A new version of the page waits until the user asks for it; what is stored on the phone is another matter, and stays.
let registration = null;

export const waiting = () => Boolean(registration?.waiting && navigator.serviceWorker.controller);

export const register = async (onNews) => {
  if (!navigator.serviceWorker) return;
  registration = await navigator.serviceWorker.register("/isi/sw.js", { scope: "/isi/" }).catch(() => null);
  registration?.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", onNews));
};

// A page that stays open for days asks by itself.
export const look = () => registration?.update().catch(() => null);

export const renew = () => {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("sekarang");
};
