// Nothing is drawn anew under a finger that is down: its tap would be lost.
const later = new Set();
let down = false;
const free = () => {
  down = false;
  setTimeout(() => {
    if (down) return;
    const paints = [...later];
    later.clear();
    for (const paint of paints) paint();
  });
};
addEventListener("pointerdown", () => (down = true), { capture: true, passive: true });
for (const name of ["pointerup", "pointercancel", "blur"]) addEventListener(name, free, { capture: true, passive: true });
export const whenFree = (paint) => (down ? later.add(paint) : paint());
