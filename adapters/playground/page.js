// The page: asks this machine for the state and the chats, and sends what you say, tap and do with the clock.
import { $, chatItem, element, keep, postItem, quickButtons } from "./draw.js";

const ANSWER = "~answer";
const MINE = [[ANSWER, "Answer for me"], ...["/start", "/apply", "/status", "/partner", "/when", "/away", "/help"].map((each) => [each, each])];
const ROOM = ["Hello! How are you?", "When shall we meet?", "/prompt", "/when", "/help"].map((each) => [each, each]);
const DESK = {
  none: ["round new Spring", "help"],
  draft: ["round open", "round status", "help"],
  open: ["round status", "round close", "queue", "help"],
  closed: ["round status", "help"],
  proposed: ["pairs", "round start", "round status", "help"],
  running: ["round status", "queue", "report", "people", "help"],
  ended: ["report", "round status", "round new Autumn", "help"],
  cancelled: ["round new Autumn", "help"],
};
const STOPPED = "The playground does not answer. Was it stopped? Start it again with make play; it begins anew.";
const seen = {};
// The chats in which something is new since they were drawn.
const changed = new Set();
let state = { people: [], chats: [], round: {} };
let chat = "";
let current = "chat";
let moving = false;

class Sorry extends Error {}

async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(path, body ? { method: "POST", body: JSON.stringify(body) } : undefined);
  } catch {
    throw new Sorry(STOPPED);
  }
  const told = await answer.json().catch(() => ({ sorry: "That did not work here. Try it once more." }));
  if (told.sorry) throw new Sorry(told.sorry);
  return told;
}

// Do something for a part of the page, and say there what did not work.
async function attempt(sorry, deed) {
  $(sorry).textContent = "";
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof Sorry)) throw error;
    $(sorry).textContent = error.message;
    return undefined;
  }
}

const person = (account) => state.people.find((one) => one.account === account);
const board = (id) => state.chats.find((one) => one.id === id);
const me = () => $("as").value;
const visible = (id) => $(id).offsetParent !== null;
const fresh = (one) => one.posts - (seen[one.id] ?? 0);

function described(one) {
  if (one.kind === "room") return { label: one.title, note: "their room" };
  const who = person(one.members[0]);
  const mood = who.blocked ? " · has blocked the bot" : who.by_hand ? "" : ` · ${who.temper}`;
  return { label: who.name, note: `${who.place} · ${who.time}${mood}` };
}

function drawChats() {
  const lists = { mine: [], others: [], rooms: [] };
  for (const one of state.chats.filter((each) => each.kind !== "directors")) {
    const list = one.mine ? "mine" : one.kind === "room" ? "rooms" : "others";
    const words = described(one);
    if (one.mine && one.kind === "room") words.note = "your room";
    lists[list].push(chatItem(one, { ...words, fresh: one.mine && one.id !== chat ? fresh(one) : 0,
      current: one.id === chat, open: () => { show(one.id); part("chat"); } }));
  }
  for (const [list, items] of Object.entries(lists)) keep($(list), items);
  $("rooms-group").hidden = !lists.rooms.length;
  const count = (of) => of.reduce((sum, one) => sum + Math.max(0, fresh(one)), 0);
  badge("people-new", count(state.chats.filter((one) => one.mine && one.id !== chat)));
  badge("chat-new", visible("posts") ? 0 : count(state.chats.filter((one) => one.mine && one.id === chat)));
  badge("directors-new", visible("desk") ? 0 : count(state.chats.filter((one) => one.kind === "directors")));
}

function badge(id, count) {
  const words = count > 99 ? "99+" : count ? String(count) : "";
  if ($(id).dataset.words === words) return;
  $(id).dataset.words = words;
  $(id).replaceChildren(...(words ? [words, element("span", { class: "hidden" }, " new")] : []));
}

const isBusy = () => moving || state.share !== null;

function drawClock() {
  const busy = isBusy();
  $("round").textContent = state.round.line;
  $("now").textContent = state.now;
  $("next").textContent = state.next ? `next due ${state.next}` : "nothing is due";
  $("run").textContent = busy || state.running ? "Pause" : "Run";
  $("run").dataset.clock = busy || state.running ? "pause" : "run";
  for (const button of document.querySelectorAll("[data-clock]:not(#run)")) button.disabled = busy && !state.running;
  $("progress").hidden = state.share === null || state.running;
  $("progress").value = state.share ?? 0;
  if (busy) document.body.setAttribute("aria-busy", "true");
  // While the clock moves, a screen reader hears the sum at the end and not every message.
  for (const list of ["posts", "desk"]) $(list).setAttribute("aria-live", busy || state.running ? "off" : "polite");
  for (const step of document.querySelectorAll("[data-when]")) {
    if (step.dataset.when.split(" ").includes(state.round.state)) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

async function refresh() {
  const before = state.game;
  state = await ask("state");
  if (before && before !== state.game) location.reload();
  $("trouble").textContent = "";
  drawClock();
  quickButtons($("desk-quick"), (DESK[state.round.state] ?? DESK.none).map((each) => [each, each]), (word) => say("directors", "director", word, "desk-sorry"));
  if (!chat) show(state.chats.find((one) => one.kind === "private" && one.mine)?.id ?? state.chats[1].id);
  drawHand();
}

async function draw(list, of, writer) {
  const key = JSON.stringify([of, writer]);
  if ($(list).dataset.key === key && !changed.has(of)) {
    if (visible(list)) seen[of] = $(list).dataset.count;
    return;
  }
  changed.delete(of);
  const found = await ask("chat?id=" + encodeURIComponent(of));
  if (list === "posts" && of !== chat) return;
  const box = $(list);
  const other = box.dataset.key !== key;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
  const last = box.lastElementChild?.dataset.id;
  const sorry = list === "desk" ? "desk-sorry" : "sorry";
  keep(box, found.posts.map((post) => postItem(post, { writer, tap: (value, number) => tap(of, writer, value, number, sorry) })));
  Object.assign(box.dataset, { key, count: found.count });
  const newest = found.posts.at(-1);
  if (other || atEnd || (newest?.by === writer && last !== String(newest.number))) toEnd(list);
  if (visible(list)) seen[of] = found.count;
}

const toEnd = (list) => { $(list).scrollTop = $(list).scrollHeight; };

function show(id) {
  chat = id;
  const one = board(id);
  const people = one.members.map(person);
  $("title").textContent = one.kind === "room" ? one.title : `${people[0].name} and the bot`;
  $("as").replaceChildren(...people.map((each) => element("option", { value: each.account }, each.name)));
  $("as").value = (people.find((each) => each.by_hand) ?? people[0]).account;
  $("as-label").hidden = people.length < 2;
  quickButtons($("quick"), one.kind === "room" ? ROOM : MINE, (word) => say(chat, me(), word, "sorry"));
  $("sorry").textContent = "";
  drawHand();
  news();
}

function drawHand() {
  $("hand").checked = person(me())?.by_hand ?? false;
  $("hand").setAttribute("aria-label", `Play ${person(me())?.name} by hand`);
}

async function byHand(account) {
  if (person(account) && !person(account).by_hand) await ask("hand", { account, by_hand: true });
}

function say(of, writer, text, sorry) {
  return attempt(sorry, async () => {
    await byHand(writer);
    await (text === ANSWER ? ask("answer", { account: writer }) : ask("say", { as: writer, chat: of, text }));
    return true;
  });
}

function tap(of, writer, value, post, sorry) {
  return attempt(sorry, async () => {
    await byHand(writer);
    await ask("tap", { as: writer, chat: of, value, post });
  });
}

async function send(of, writer, input, sorry) {
  const text = $(input).value;
  if (!text.trim()) return;
  $(input).value = "";
  if (!(await say(of, writer, text, sorry)) && !$(input).value) $(input).value = text;
}

function part(name) {
  current = name;
  const ids = { people: "people", chat: "talk", directors: "directors" };
  for (const [each, id] of Object.entries(ids)) $(id).classList.toggle("current", each === name);
  for (const button of document.querySelectorAll(".tabs button")) {
    if (button.dataset.part === name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  toEnd("posts");
  toEnd("desk");
  news();
}

const written = () => state.chats.reduce((sum, one) => sum + (one.mine || one.kind === "directors" ? one.posts : 0), 0);

async function clock(how) {
  const before = written();
  $("note").textContent = "";
  moving = !["run", "pause"].includes(how);
  drawClock();
  const told = await attempt("trouble", () => ask("clock", { do: how }));
  moving = false;
  await news();
  if (!told || how === "run" || how === "pause") return;
  const found = board(told.chat);
  if (found && found.kind !== "directors") { show(found.id); if (current !== "people") part("chat"); }
  const count = written() - before;
  const where = found ? ` in: ${found.kind === "directors" ? "Directors' channel" : found.kind === "room" ? found.title : "your chat with the bot"}` : " for you";
  $("note").textContent = told.note ?? (count ? `${count} new${where}.` : "Nothing new for you.");
}

let busy = null, again = false;
// Bring the page up to date; asked again meanwhile, once more.
function news() {
  if (busy) { again = true; return busy; }
  busy = (async () => {
    do {
      again = false;
      await attempt("trouble", async () => {
        await refresh();
        await draw("posts", chat, me());
        await draw("desk", "directors", "director");
        drawChats();
      });
    } while (again);
    // Not before all of it is drawn.
    document.body.setAttribute("aria-busy", String(isBusy()));
    busy = null;
  })();
  return busy;
}

let asked = 0;
function soon(event) {
  for (const id of event.data ? JSON.parse(event.data) : []) changed.add(id);
  // Many things happen in one second of a moving clock: a few looks are enough.
  if (!asked) asked = setTimeout(() => { asked = 0; news(); }, moving ? 250 : 60);
}

$("form").addEventListener("submit", (event) => { event.preventDefault(); send(chat, me(), "text", "sorry"); });
$("desk-form").addEventListener("submit", (event) => { event.preventDefault(); send("directors", "director", "desk-text", "desk-sorry"); });
$("as").addEventListener("change", () => { drawHand(); news(); });
$("hand").addEventListener("change", () => attempt("sorry", () => ask("hand", { account: me(), by_hand: $("hand").checked })));
for (const button of document.querySelectorAll(".tabs button")) button.addEventListener("click", () => part(button.dataset.part));
for (const button of document.querySelectorAll("[data-clock]")) button.addEventListener("click", () => clock(button.dataset.clock));
addEventListener("resize", () => { toEnd("posts"); toEnd("desk"); drawChats(); });

const narrow = matchMedia("(max-width: 62rem)").matches;
part(narrow ? "people" : "chat");
const stream = new EventSource("stream");
stream.onmessage = soon;
stream.onopen = soon;
stream.onerror = () => { $("trouble").textContent = STOPPED; };
