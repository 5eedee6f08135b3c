// What tests do inside the page of the field: pressing many times, looking at what lies in the phone, a full memory, a wrong clock.
(() => {
  const TWO_YEARS = 2 * 365 * 24 * 3600 * 1000;
  const pause = () => new Promise((go) => setTimeout(go, 5));
  const seen = async (find) => {
    let found = find();
    while (!found) {
      await pause();
      found = find();
    }
    return found;
  };
  const main = (words) =>
    seen(() => [...document.querySelectorAll(".foot .main:not(:disabled)")].find((one) => one.textContent === words));
  const asked = (request) => new Promise((go) => (request.onsuccess = () => go(request.result)));
  const put = IDBObjectStore.prototype.put;

  globalThis.uji = {
    full: false,

    // Fills in and seals the form "Catatan" so many times.
    async many(count) {
      for (let at = 1; at <= count; at += 1) {
        (await seen(() => document.querySelector('.start[data-form^="catatan@"]'))).click();
        const input = await seen(() => document.querySelector(".page input"));
        input.value = `Warga ${at}`;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        (await main("Lanjut")).click();
        (await main("Kirim")).click();
        await seen(() => document.querySelectorAll("li.record.wait").length === at);
      }
    },

    // Everything that lies in the databases of the page, as text.
    async everything() {
      const words = [];
      for (const { name } of await indexedDB.databases()) {
        const db = await asked(indexedDB.open(name));
        for (const store of db.objectStoreNames) {
          const rows = await asked(db.transaction(store).objectStore(store).getAll());
          const bytes = rows.map((row) => row.data ?? new TextEncoder().encode(JSON.stringify(row)));
          words.push(...bytes.map((one) => new TextDecoder("latin1").decode(one)));
        }
        db.close();
      }
      return words.join("\n");
    },

    // A photograph of 2,000 pixels, as a camera would give it.
    async photo() {
      const canvas = Object.assign(document.createElement("canvas"), { width: 2000, height: 1500 });
      canvas.getContext("2d").fillRect(0, 0, 900, 900);
      const blob = await new Promise((go) => canvas.toBlob(go, "image/jpeg"));
      return [...new Uint8Array(await blob.arrayBuffer())];
    },

    slowClock() {
      const now = Date;
      globalThis.Date = class extends now {
        constructor(...told) {
          super(...(told.length ? told : [now.now() - TWO_YEARS]));
        }
        static now() {
          return now.now() - TWO_YEARS;
        }
      };
    },
  };

  // As IndexedDB tells of a full memory: the quota that Chromium can be given for tests does not bind IndexedDB.
  IDBObjectStore.prototype.put = function (...given) {
    if (globalThis.uji.full) throw new DOMException("", "QuotaExceededError");
    return put.apply(this, given);
  };
})();
