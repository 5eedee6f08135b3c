// A form as phones show it, walked through at the office: nothing is kept, and nothing is sent.
import { button, h, notice, show } from "./dom.mjs";
import { open } from "./engine.mjs";
import { Filling } from "./fill.mjs";

const CLOSING = ["Kembali ke formulir", () => location.assign("../")];

const fetched = async (path) => {
  const answer = await fetch(path);
  return answer.ok ? answer : null;
};

// Stands where a Draft stands.
class Trial {
  static async open() {
    const xform = await (await fetched("xform")).text();
    const form = await open(xform, { files: (name) => fetched(`berkas/${encodeURIComponent(name)}`), deviceId: "percobaan" });
    const name = new DOMParser().parseFromString(xform, "text/xml").querySelector("title")?.textContent ?? "";
    return Object.assign(new Trial(), { form, definition: { name }, name: "", record: { page: 0 }, about: {}, begun: true, closing: CLOSING, kept: "Tidak disimpan: ini percobaan." });
  }

  async save(change) {
    Object.assign(this.record, change);
  }

  async seal() {
    this.xml = (await this.form.save()).xml;
  }

  speak() {}
}

const ended = (trial) => show(h("main", { class: "door" },
  notice("good", "done", "Selesai dicoba.", "Semua jawaban lengkap. Tidak ada yang disimpan atau dikirim."),
  h("details", {}, h("summary", {}, "Isian seperti yang akan dikirim telepon"), h("pre", { tabindex: 0 }, trial.xml)),
  button("Coba lagi", begin, { kind: "main" }), button(...CLOSING)));

const begin = async () => {
  try {
    const trial = await Trial.open();
    new Filling(trial, () => ended(trial)).begin();
  } catch {
    show(h("main", { class: "door" }, notice("harm", "look", "Formulir ini tidak dapat dibuka."), button(...CLOSING)));
  }
};

begin();
