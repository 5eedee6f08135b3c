// Comfort only: every page works without it, but for live progress and the keys of the review.
import "htmx.org";
import "./passkey.js";
import "./drop.js";
import "./mend.js";


document.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]")) history.back();
  if (event.target.closest("[data-print]")) print();
});

// The menu is a closed <details> on a phone and always open on a wide screen.
const wide = matchMedia("(min-width: 62rem)");
const settle = () => document.querySelectorAll("details.menu").forEach((menu) => { menu.open = wide.matches; });
wide.addEventListener("change", settle);
settle();

// An open drop-down closes on Escape and on a click elsewhere.
const close = (except) => document.querySelectorAll("details.me[open]").forEach((d) => { if (d !== except) d.open = false; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
document.addEventListener("click", (event) => close(event.target.closest("details.me")));

// A slider tells its number while it moves.
document.addEventListener("input", (event) => {
  const shown = event.target.dataset.shows && document.getElementById(event.target.dataset.shows);
  if (shown) shown.textContent = event.target.value;
});

// Keys of the review: a letter presses the button that bears it, unless someone is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]:not([disabled])`);
  if (button) { event.preventDefault(); button.click(); }
});
// A verdict, or what makes something new, is sent once.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  else if (event.target.closest(".verdicts, [data-once]")) event.target.dataset.sent = "1";
});
