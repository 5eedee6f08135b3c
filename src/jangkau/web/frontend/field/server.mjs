// What is said with the server, under the key of this phone. Answers carry the server's time.
export class Away extends Error {} // no signal, or the server is not well: try later
export class Barred extends Error {} // the key is no longer accepted

const QUICK = 20_000;
const SLOW = 180_000;
const MOST_BYTES = 8_000_000; // the server takes 10 MB at once, words around the bytes included

export class Server {
  constructor(token, onTime = () => {}) {
    Object.assign(this, { token, onTime });
  }

  async ask(path, { timeout = QUICK, ...more } = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), timeout);
    let answer;
    try {
      const headers = { "X-OpenRosa-Version": "1.0", ...more.headers };
      answer = await fetch(path.startsWith("/") ? path : `/k/${this.token}/${path}`, { credentials: "omit", cache: "no-store", signal: stop.signal, ...more, headers });
    } catch {
      throw new Away();
    } finally {
      clearTimeout(timer);
    }
    return this.#checked(answer);
  }

  #checked(answer) {
    const told = Date.parse(answer.headers.get("Date") ?? "");
    if (told && answer.headers.has("X-OpenRosa-Version")) this.onTime(told - Date.now());
    if (answer.status === 403) throw new Barred();
    if (answer.status >= 500 || answer.status === 429) throw new Away();
    return answer;
  }

  whoAmI = async () => (await this.ask("saya")).json();

  async forms() {
    const list = parsed(await (await this.ask("formList")).text());
    return [...list.querySelectorAll("xform")].map((form) => ({
      id: inside(form, "formID"), name: inside(form, "name"), version: inside(form, "version"), hash: inside(form, "hash"),
      path: pathOf(inside(form, "downloadUrl")), manifest: pathOf(inside(form, "manifestUrl")),
    }));
  }

  async files(manifest) {
    if (!manifest) return [];
    const list = parsed(await (await this.ask(manifest)).text());
    return [...list.querySelectorAll("mediaFile")].map((file) => ({
      name: inside(file, "filename"), hash: inside(file, "hash"), path: pathOf(inside(file, "downloadUrl")),
    }));
  }

  text = async (path) => (await this.ask(path, { timeout: SLOW })).text();

  // Whether somebody is covered: the server's words, or "" where it does not say.
  async covered(nik, born) {
    const answer = await this.ask("cek", { method: "POST", body: new URLSearchParams({ nik, lahir: born }) });
    return answer.ok ? (await answer.json()).kata : "";
  }

  // The submission with its files, in as many parts as the server's limit asks. The last answer counts: { status, receipt, sha256, state, missing, words, at }.
  async send(xml, files) {
    let told = null;
    const parts = portions(files);
    for (const [at, some] of parts.entries()) {
      const body = new FormData();
      body.set("xml_submission_file", new File([xml], "submission.xml", { type: "text/xml" }));
      for (const file of some) body.set(file.name, file);
      if (at < parts.length - 1) body.set("*isIncomplete*", "yes");
      told = await this.#receipt(await this.ask("submission", { method: "POST", body, timeout: SLOW }));
      if (told.status >= 300) return told;
    }
    return told;
  }

  async #receipt(answer) {
    const named = (name) => answer.headers.get(`X-Jangkau-${name}`) ?? "";
    const words = inside(parsed(await answer.text()), "message");
    return {
      status: answer.status, words, receipt: named("Receipt"), sha256: named("SHA256"), state: named("State"),
      missing: Number(named("Missing") || 0), at: Date.parse(answer.headers.get("Date") ?? "") || 0,
    };
  }
}

export const portions = (files, most = MOST_BYTES) => {
  const parts = [[]];
  let size = 0;
  for (const file of files) {
    if (size + file.size > most && parts.at(-1).length) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1).push(file);
    size += file.size;
  }
  return parts;
};

const parsed = (text) => new DOMParser().parseFromString(text, "text/xml");
const inside = (holder, name) => holder.querySelector(name)?.textContent.trim() ?? "";
const pathOf = (address) => (address ? new URL(address, location.origin).pathname : "");
