// Files and whole folders dropped on the form; the folders' names go along, since a list may be named by them alone.
const walk = async (entry) => {
  if (entry.isFile) return new Promise((done, fail) => entry.file((file) => done([{ file, path: entry.fullPath.slice(1) }]), fail));
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a reader gives a hundred at a time
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const inner of some) found.push(...await walk(inner));
  }
};

document.querySelectorAll("[data-drop]").forEach((form) => {
  const berkas = form.elements.berkas;
  const map = form.elements.map;
  const jalur = form.elements.jalur;
  const told = form.querySelector("[data-chosen]");
  let dropped = [];
  const tell = () => {
    const paths = [...berkas.files].map((file, at) => dropped[at] || file.name);
    paths.push(...[...map.files].map((file) => file.webkitRelativePath || file.name));
    jalur.value = JSON.stringify(paths);
    told.textContent = paths.length ? `${paths.length} berkas dipilih.` : "";
  };
  berkas.addEventListener("change", () => { dropped = []; tell(); });
  map.addEventListener("change", tell);
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
    });
  }
  form.addEventListener("drop", async (event) => {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const found = (await Promise.all(entries.map(walk))).flat();
    const carrier = new DataTransfer();
    found.forEach((one) => carrier.items.add(one.file));
    berkas.files = carrier.files;
    dropped = found.map((one) => one.path);
    tell();
  });
});
