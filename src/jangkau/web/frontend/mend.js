// Mending in the table of a list: Enter saves, Tab saves and opens the next problem, Esc leaves the cell as it was.
let pending = null; // the line that is about to come back, and what follows: "stay", "next" or "open" the next cell

const nextCell = (line) => {
  for (let row = line.nextElementSibling; row; row = row.nextElementSibling) {
    const cell = row.querySelector("[data-cell]");
    if (cell) return cell;
  }
  return null;
};

document.addEventListener("keydown", (event) => {
  const editor = event.target.closest("[data-editor][hx-post]");
  if (!editor || event.target.name !== "isi") return;
  const id = editor.closest("tr").id;
  const leave = editor.querySelector("[data-cancel]");
  if (event.key === "Escape") {
    pending = { id, then: "stay" };
    leave.click();
  } else if (event.key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    pending = { id, then: "open" };
    if (editor.elements.isi.value === editor.elements.semula.value) leave.click();
    else editor.requestSubmit();
  }
});

document.addEventListener("submit", (event) => {
  const editor = event.target.closest("[data-editor][hx-post]");
  if (editor && pending?.id !== editor.closest("tr").id) pending = { id: editor.closest("tr").id, then: "next" };
});

document.addEventListener("htmx:afterSettle", () => {
  const line = pending && document.getElementById(pending.id);
  const opened = document.querySelector("tr.open [name=isi]");
  if (line && !line.classList.contains("open")) {
    const next = nextCell(line);
    if (pending.then === "open" && next) next.click();
    ((pending.then !== "stay" && next) || line.querySelector("[data-cell]"))?.focus();
  } else if (opened) {
    opened.focus();
    opened.select();
  }
  pending = null;
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => document.querySelectorAll("[data-failed]").forEach((p) => { p.hidden = false; }));
}

// Words to copy.
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    document.querySelectorAll("[data-copied]").forEach((told) => { told.hidden = false; });
  });
});
