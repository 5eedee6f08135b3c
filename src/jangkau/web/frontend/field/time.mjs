// Moments in words. The phone's clock dates what it writes; the server's time is noted beside it and never trusted more than that.
const SHORT = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });

export const moment = (at) => SHORT.format(at).replace(" pukul", ",");
export const clock = (at) => CLOCK.format(at);
export const day = (at) => DAY.format(at);
export const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

const MINUTE = 60_000;
const UNITS = [[365 * 24 * 60, "tahun"], [24 * 60, "hari"], [60, "jam"], [1, "menit"]];

// How far the phone's clock is off, in words; "" where it is within ten minutes. `offset`: server less phone, ms.
export const clockFault = (offset) => {
  const minutes = Math.round(Math.abs(offset) / MINUTE);
  if (minutes <= 10) return "";
  const [size, unit] = UNITS.find(([least]) => minutes >= least);
  return `${Math.round(minutes / size)} ${unit} ${offset > 0 ? "terlambat" : "terlalu cepat"}`;
};

export const size = (bytes) => {
  const [amount, unit] = bytes >= 1e9 ? [bytes / 1e9, "GB"] : bytes >= 1e6 ? [bytes / 1e6, "MB"] : [bytes / 1e3, "kB"];
  return `${amount.toLocaleString("id-ID", { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit}`;
};
