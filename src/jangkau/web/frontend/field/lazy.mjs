// The engine of forms is fetched when a form is first opened, and ahead of that while nobody waits.
const load = () => import("./fill.mjs");
(globalThis.requestIdleCallback ?? setTimeout)(load);
export const fill = async (...given) => (await load()).fill(...given);
