// The language of the questions; whoever fills in chooses it once, for every form that speaks it.
import { h } from "./dom.mjs";

const CODE = /\s*\((\w{2,3}(?:-\w+)?)\)\s*$/;

export const codeOf = (name) => CODE.exec(name)?.[1] ?? "";
export const nameOf = (name) => name.replace(CODE, "") || name;

// A choice where there is one, else null.
export const chooser = (form, pick) => {
  if (form.languages.length < 2) return null;
  const choice = h("select", { class: "tongue", "aria-label": "Bahasa pertanyaan", onchange: () => pick(choice.value) },
    form.languages.map((name) => h("option", { value: name, lang: codeOf(name) || null }, nameOf(name))));
  choice.value = form.language;
  return choice;
};
