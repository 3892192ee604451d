/* Check draw: recomputes an opened bundle in the browser, step by step; sends nothing anywhere.
   Written from docs/reference/draw-bundle-format.md, as tools/check_draw.py was; a test holds both side by side. */

const ONE = 1000000n;
const WHOLE = 1n << 256n;
const LARGEST = 256 * 1024 * 1024;
const HEX = "[0-9a-f]{64}";
const NUMBER = "(0|[1-9][0-9]{0,8})";
const STRATUM = `stratum=([^\\n|]+)\\nunits=${NUMBER}\\ntake=${NUMBER}\\nreserve=${NUMBER}\\n`;
const SOURCE = `source=([^\\n|]+)\\|[^\\n|]+(?:\\|commit=(${HEX})\\|instead=([^\\n|]+))?\\n`;
const bare = (pattern) => pattern.replace(/\((?!\?)/g, "(?:");
const PLAN = new RegExp(
  `^draw-plan-v([12])\\ndraw=([^\\n]+)\\n(?:frame=(${HEX})\\n)?root=(${HEX})\\n((?:${bare(STRATUM)})+)method=pareto-ppm(-blind)?\\n` +
  `(?:keycommit=(${HEX})\\n)?((?:${bare(SOURCE)})*)(?:inspectors=${HEX}\\n)?(?:matching=[^\\n]+\\n)?(?:opens=[0-9]{4}-[0-9]{2}-[0-9]{2}\\n)?$`,
  "u"
);
const ROW = /^([^|\n]+)\|([^|\n]+)\|([1-9][0-9]{0,6})$/u;
const HASH = new RegExp(`^${HEX}$`);
const encoder = new TextEncoder();

/** The first step that does not recompute, and which of its reasons it was. */
export class Unequal extends Error {
  constructor(step, reason) { super(`${step}: ${reason}`); this.step = step; this.reason = reason; }
}
function demand(holds, step, reason) { if (!holds) { throw new Unequal(step, reason); } }

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
const whole = (bytes) => BigInt("0x" + hex(bytes));
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
async function sha(...parts) { return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts))); }
async function keyed(bytes) {
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (message) => new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

/** Many promises at a time, so that a large frame neither waits one by one nor fills the memory. */
async function each(values, work, told) {
  const found = [];
  for (let at = 0; at < values.length; at += 2000) {
    found.push(...await Promise.all(values.slice(at, at + 2000).map(work)));
    if (told) { told(found.length, values.length); }
  }
  return found;
}

/** Order by UTF-8 bytes: UTF-16 puts surrogates before the last of the plane, UTF-8 after. */
function compare(one, other) {
  const least = Math.min(one.length, other.length);
  for (let at = 0; at < least; at += 1) {
    let a = one.charCodeAt(at), b = other.charCodeAt(at);
    if (a !== b) {
      if (a >= 0xD800 && b >= 0xD800) { a = a >= 0xE000 ? a - 0x800 : a + 0x2000; b = b >= 0xE000 ? b - 0x800 : b + 0x2000; }
      return a - b;
    }
  }
  return one.length - other.length;
}

/** Refuse an object that states a key twice; the text is known to be JSON. */
function refuseTwice(text) {
  const open = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "{") { open.push(new Set()); expectsKey = true; }
    else if (sign === "[") { open.push(null); expectsKey = false; }
    else if (sign === "}" || sign === "]") { open.pop(); expectsKey = false; }
    else if (sign === ",") { expectsKey = open.length > 0 && open[open.length - 1] !== null; }
    else if (sign === '"') {
      const start = at;
      for (at += 1; text[at] !== '"'; at += 1) { if (text[at] === "\\") { at += 1; } }
      if (expectsKey) {
        const key = JSON.parse(text.slice(start, at + 1)), keys = open[open.length - 1];
        demand(!keys.has(key), "read", "twice");
        keys.add(key);
        expectsKey = false;
      }
    }
  }
}

const isList = Array.isArray;
const isObject = (value) => typeof value === "object" && value !== null && !isList(value);
const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

function read(raw) {
  demand(raw.byteLength <= LARGEST, "read", "large");
  let text, bundle;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
    bundle = JSON.parse(text);
  } catch (fault) { throw new Unequal("read", "json"); }
  refuseTwice(text);
  const blind = isObject(bundle) && bundle.version === "draw-bundle-v2";
  const kinds = { version: "text", plan: "text", frame: "list", sources: "list", drawn: "object", reserve: "object" };
  if (!blind) { kinds.salts = "object"; }
  const fits = { text: (value) => typeof value === "string", list: isList, object: isObject };
  const good = isObject(bundle) && (blind || bundle.version === "draw-bundle-v1") &&
    Object.keys(kinds).every((name) => has(bundle, name) && fits[kinds[name]](bundle[name])) &&
    Object.keys(bundle).every((name) => has(kinds, name) || name === "secret" || name === "teams");
  demand(good, "read", "shape");
  const texts = [bundle.plan].concat(bundle.frame, bundle.sources, blind ? [] : Object.values(bundle.salts));
  demand(texts.every((value) => typeof value === "string" && !/\p{Surrogate}/u.test(value)), "read", "shape");
  return { bundle, blind };
}

async function planned(bundle, blind) {
  const plan = PLAN.exec(bundle.plan);
  demand(plan && (plan[1] === "2") === blind && (plan[6] !== undefined) === blind && !(blind && plan[3]), "plan", "text");
  const strata = Array.from(plan[5].matchAll(new RegExp(STRATUM, "gu")), (found) => ({
    name: found[1], units: Number(found[2]), take: Number(found[3]), reserve: Number(found[4])
  }));
  demand(strata.every((stratum, at) => !at || compare(strata[at - 1].name, stratum.name) < 0), "plan", "order");
  const sources = Array.from(plan[8].matchAll(new RegExp(SOURCE, "gu")), (found) => ({ name: found[1], commit: found[2], instead: found[3] }));
  return { number: plan[2], frame: plan[3], root: plan[4], strata, commitment: plan[7], sources, hash: hex(await sha(encoder.encode(bundle.plan))) };
}

async function framed(bundle, blind, plan) {
  const rows = bundle.frame.map((row) => ROW.exec(row));
  demand(rows.length && rows.every(Boolean), "frame", "line");
  const units = rows.map((row) => ({ key: row[1], stratum: row[2], ppm: Number(row[3]) }));
  demand(units.every((unit, at) => !at || compare(units[at - 1].key, unit.key) < 0), "frame", "order");
  const counts = new Map(), sums = new Map();
  for (const unit of units) {
    counts.set(unit.stratum, (counts.get(unit.stratum) || 0) + 1);
    sums.set(unit.stratum, (sums.get(unit.stratum) || 0) + unit.ppm);
  }
  demand(counts.size === plan.strata.length && plan.strata.every((stratum) => counts.get(stratum.name) === stratum.units), "frame", "units");
  const adds = plan.strata.every((stratum) => sums.get(stratum.name) === stratum.take * 1000000);
  demand(adds && units.every((unit) => unit.ppm <= 1000000), "frame", "rates");
  const lines = bundle.frame.map((row) => encoder.encode(row + "\n"));
  demand(!plan.frame || plan.frame === hex(await sha(...lines)), "frame", "hash");
  if (!blind) {
    demand(Object.keys(bundle.salts).length === units.length && units.every((unit) => has(bundle.salts, unit.key)), "frame", "salts");
    demand(Object.values(bundle.salts).every((salt) => HASH.test(salt)), "frame", "salts");
  } else { demand(units.every((unit) => HASH.test(unit.key)), "frame", "line"); }
  const zero = Uint8Array.of(0), one = Uint8Array.of(1);
  let nodes = await each(units.map((unit, at) => ({ salt: blind ? new Uint8Array() : fromHex(bundle.salts[unit.key]), line: lines[at] })),
    ({ salt, line }) => sha(zero, salt, line));
  while (nodes.length > 1) {
    const pairs = [];
    for (let at = 0; at + 1 < nodes.length; at += 2) { pairs.push([nodes[at], nodes[at + 1]]); }
    const level = await each(pairs, ([left, right]) => sha(one, left, right));
    nodes = level.concat(nodes.slice(pairs.length * 2));
  }
  demand(hex(nodes[0]) === plan.root, "frame", "root");
  return units;
}

async function opened(bundle, plan) {
  const stated = has(bundle, "secret");
  demand(!stated || (typeof bundle.secret === "string" && HASH.test(bundle.secret)), "secret", "differs");
  const commitment = stated ? hex(await sha(fromHex(bundle.secret))) : undefined;
  demand(commitment === plan.commitment, "secret", "differs");
  return commitment;
}

async function seeded(bundle, blind, plan) {
  const sources = bundle.sources, named = plan.sources;
  demand(sources.length >= 2 && (!named.length || named.length === sources.length), "seed", "missing");
  demand(sources.every((value) => value && !value.includes("\n")), "seed", "missing");
  for (let at = 0; at < named.length; at += 1) {
    const { name, commit, instead } = named[at], value = sources[at], said = value.slice(name.length + 1);
    const own = value.startsWith(name + ":") && said && (!commit || commit === hex(await sha(encoder.encode(said))));
    const other = instead && value.startsWith(instead + ":") && value.length > instead.length + 1;
    demand(own || other, "seed", "other");
  }
  return sha(encoder.encode([`draw-seed-v${blind ? 2 : 1}`, plan.hash, ...sources].join("\n")));
}

async function ranked(units, plan, key, told) {
  const ticket = await keyed(key);
  const order = new Map(plan.strata.map((stratum) => [stratum.name, { certain: [], others: [] }]));
  const tickets = await each(units, (unit) => ticket(encoder.encode("enterprise\n" + unit.key)), told);
  units.forEach((unit, at) => {
    const layer = order.get(unit.stratum), u = whole(tickets[at]), p = BigInt(unit.ppm);
    if (p === ONE) { layer.certain.push(unit.key); return; }
    layer.others.push([((u * (ONE - p)) << 552n) / ((WHOLE - u) * p), unit.key]);
  });
  for (const layer of order.values()) {
    layer.others.sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : compare(one[1], other[1])));
  }
  return order;
}

function listed(bundle, plan, order) {
  const same = (stated, found) => isList(stated) && stated.length === found.length && stated.every((name, at) => name === found[at]);
  for (const { name, take, reserve } of plan.strata) {
    const all = order.get(name).certain.concat(order.get(name).others.map((pair) => pair[1]));
    demand(has(bundle.drawn, name) && same(bundle.drawn[name], all.slice(0, take)), "lists", "drawn");
    demand(has(bundle.reserve, name) && same(bundle.reserve[name], all.slice(take, take + reserve)), "lists", "reserve");
  }
  const count = plan.strata.length;
  demand(Object.keys(bundle.drawn).length === count && Object.keys(bundle.reserve).length === count, "lists", "strata");
}

/**
 * Recompute a bundle. Calls `tell(step, values)` for each step that holds, and `told(done, all)` while ranking.
 * Returns what was found; throws Unequal at the first step that does not hold.
 */
export async function checkBundle(raw, tell = () => {}, told = null) {
  const { bundle, blind } = read(raw);
  tell("read", { version: bundle.version, bytes: raw.byteLength });
  const plan = await planned(bundle, blind);
  tell("plan", { hash: plan.hash, number: plan.number });
  const units = await framed(bundle, blind, plan);
  tell("frame", { hash: plan.root, units: units.length });
  const commitment = await opened(bundle, plan);
  tell("secret", { hash: commitment || "" });
  const seed = await seeded(bundle, blind, plan);
  tell("seed", { hash: hex(seed), sources: bundle.sources });
  const key = commitment ? await (await keyed(fromHex(bundle.secret)))(seed) : seed;
  const order = await ranked(units, plan, key, told);
  tell("ranks", { hash: hex(key), units: units.length });
  listed(bundle, plan, order);
  const drawn = plan.strata.reduce((sum, stratum) => sum + stratum.take, 0);
  tell("lists", { drawn, units: units.length });
  return { plan, bundle, blind, drawn, units: units.length, hasTeams: has(bundle, "teams") };
}

/* ---- the page ---- */

const page = typeof document === "undefined" ? null : document.querySelector("[data-check-draw]");

function short(hash) { return hash.length === 64 ? `${hash.slice(0, 8)} … ${hash.slice(-8)}` : hash; }
function fill(text, values) { return text.replace(/\{(\w+)\}/g, (all, name) => (has(values, name) ? String(values[name]) : all)); }
function show(name, values = {}) {
  const place = page.querySelector(`[data-verdict="${name}"]`);
  page.querySelectorAll("[data-verdict]").forEach((other) => { other.hidden = other !== place; });
  place.querySelectorAll("[data-fill]").forEach((part) => { part.textContent = fill(part.dataset.fill, values); });
  return place;
}
function stateOf(step, state, value = "", full = "") {
  const row = page.querySelector(`[data-step="${step}"]`);
  row.querySelectorAll("[data-state]").forEach((chip) => { chip.hidden = chip.dataset.state !== state; });
  const said = row.querySelector("[data-value]");
  said.textContent = value;
  said.title = full;
}
function clear() {
  page.querySelectorAll("[data-step]").forEach((row) => stateOf(row.dataset.step, ""));
  page.querySelector("[data-drawn]").hidden = true;
}
function table(found) {
  const body = page.querySelector("[data-drawn] tbody");
  body.replaceChildren();
  for (const stratum of found.plan.strata) {
    const row = document.createElement("tr");
    const cells = [stratum.name, stratum.units, stratum.take, stratum.reserve, found.bundle.drawn[stratum.name].slice(0, 3).map(short).join(", ")];
    cells.forEach((value, at) => {
      const cell = document.createElement(at ? "td" : "th"), inside = document.createElement("span");
      if (!at) { cell.scope = "row"; }
      if (at > 0 && at < 4) { cell.className = "pb-num"; }
      cell.dataset.label = page.querySelectorAll("[data-drawn] thead th")[at].textContent;
      inside.textContent = String(value);
      if (at === 4) { inside.className = "pb-mono"; }
      cell.append(inside);
      row.append(cell);
    });
    body.append(row);
  }
  page.querySelector("[data-drawn]").hidden = false;
}

async function check(file) {
  clear();
  if (!globalThis.crypto || !crypto.subtle) { show("insecure").focus(); return; }
  show("working", { name: file.name, done: 0 });
  let next = "read";
  const steps = Array.from(page.querySelectorAll("[data-step]"), (row) => row.dataset.step);
  const tell = (step, values) => {
    const row = page.querySelector(`[data-step="${step}"]`);
    const text = step === "secret" && !values.hash ? row.dataset.without : row.dataset.says;
    stateOf(step, "equal", fill(text, { ...values, hash: short(values.hash || ""), sources: (values.sources || []).join(" · ") }), values.hash || "");
    next = steps[steps.indexOf(step) + 1] || step;
  };
  try {
    if (file.size > LARGEST) { throw new Unequal("read", "large"); }
    const found = await checkBundle(await file.arrayBuffer(), tell, (done, all) => show("working", { name: file.name, done: Math.floor((100 * done) / all) }));
    table(found);
    page.querySelector("[data-teams]").hidden = !found.hasTeams;
    show("holds", { number: found.plan.number, drawn: found.drawn, units: found.units, hash: found.plan.hash }).focus();
  } catch (fault) {
    const step = fault instanceof Unequal ? fault.step : next, reason = fault instanceof Unequal ? fault.reason : "failed";
    const place = page.querySelector(`[data-reason="${step}-${reason}"]`) || page.querySelector('[data-reason="failed"]');
    stateOf(step, "differs", place.textContent);
    show("differs", { step: page.querySelector(`[data-step="${step}"] h3`).textContent, reason: place.textContent }).focus();
  }
}

if (page) {
  const field = page.querySelector("input[type=file]"), zone = page.querySelector("[data-zone]");
  let turn = Promise.resolve();
  const take = (files) => { if (files.length) { turn = turn.then(() => check(files[0])); } };
  field.addEventListener("change", () => { take(Array.from(field.files)); field.value = ""; });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("pb-zone--over", name === "dragover");
      if (name === "drop") { take(Array.from(event.dataTransfer.files)); }
    });
  }
  page.classList.add("pb-live");
}
