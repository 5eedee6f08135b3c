// What is shown of a form at once: groups, repeats and questions, kept in step with what the answers make relevant.
import { button, h } from "./dom.mjs";
import { note, question } from "./frame.mjs";

// Children as they are asked now: what stays keeps its place and its focus.
const holder = (el, nodes, page) => {
  const views = new Map();
  const update = () => {
    const now = nodes();
    const keys = new Set(now.map(({ key }) => key));
    for (const [key, view] of views) if (!keys.has(key) && views.delete(key)) view.el.remove();
    now.forEach((node, at) => {
      if (!views.has(node.key)) views.set(node.key, made(node, page));
      const { el: child } = views.get(node.key);
      if (el.children[at] !== child) el.insertBefore(child, el.children[at] ?? null);
    });
    for (const view of views.values()) view.update();
  };
  const wrong = () => [...views.values()].flatMap((view) => (view.all ? view.all() : view.wrong() ? [view] : []));
  return { el, update, all: wrong };
};

const made = (node, page) => {
  if (node.kind === "group" || node.kind === "instance") return group(node, page);
  if (node.kind === "repeat") return repeat(node, page);
  return node.kind === "note" || (node.kind === "text" && node.readonly) ? note(node) : question(node, page);
};

const group = (node, page) => {
  const title = h("h2", {});
  const inner = holder(h("div", {}), () => node.children, page);
  const update = () => {
    title.textContent = node.label;
    title.hidden = !node.label;
    inner.update();
  };
  return { el: h("section", { class: "group" }, title, inner.el), update, all: inner.all };
};

const turn = (node, page, title, remove) => {
  const inner = holder(h("div", {}), () => node.children, page);
  const head = h("h3", {});
  const bin = button("Hapus", remove, { kind: "small plain", sign: "bin" });
  const update = () => {
    head.textContent = title();
    bin.hidden = !node.parent.open;
    inner.update();
  };
  return { el: h("section", { class: "turn" }, h("div", { class: "turn-head" }, head, bin), inner.el), update, all: inner.all };
};

const repeat = (node, page) => {
  const label = () => node.label || "Isian";
  const views = new Map();
  const turns = h("div", {});
  const add = button("", () => page.change(() => node.add()), { sign: "plus" });
  const update = () => {
    const now = node.children;
    for (const [key, view] of views) if (!now.some((child) => child.key === key) && views.delete(key)) view.el.remove();
    now.forEach((child, at) => {
      const place = () => node.children.findIndex(({ key }) => key === child.key);
      if (!views.has(child.key)) views.set(child.key, turn(child, page, () => `${label()} ${place() + 1}`, () => page.change(() => node.remove(place()))));
      if (turns.children[at] !== views.get(child.key).el) turns.insertBefore(views.get(child.key).el, turns.children[at] ?? null);
    });
    add.lastChild.textContent = `Tambah ${label().toLowerCase()}`;
    add.hidden = !node.open;
    for (const view of views.values()) view.update();
  };
  return { el: h("section", { class: "repeat" }, turns, add), update, all: () => [...views.values()].flatMap((view) => view.all()) };
};

// The pages of a form: one a group or repeat; questions that stand alone in a row share one.
export const pagesOf = (form) => {
  const pages = [];
  for (const node of form.children) {
    const alone = node.kind !== "group" && node.kind !== "repeat";
    if (alone && pages.at(-1)?.alone) pages.at(-1).keys.push(node.key);
    else pages.push({ key: node.key, keys: [node.key], alone, title: alone ? "" : node.label });
  }
  return pages;
};

const nodesOf = (form, { alone, keys }) => {
  const here = form.children.filter(({ key }) => keys.includes(key));
  return alone || here[0]?.kind === "repeat" ? here : (here[0]?.children ?? []);
};

export const view = (form, which, page) => holder(h("div", { class: "page" }), () => nodesOf(form, which), page);

// Which page a node stands on.
export const pageOf = (pages, node) => {
  let top = node;
  while (top.parent) top = top.parent;
  return pages.findIndex(({ keys }) => keys.includes(top.key));
};
