// The page: shows the state, draws chats, sends what you say. No library, no network but this machine.
"use strict";
const $ = (id) => document.getElementById(id);
const seen = {};
let state = { people: [], chats: [] };
let chat = "";
let drawn = { posts: "", desk: "" };

const QUICK = {
  directors: ["round new Spring", "round open", "round status", "round close", "pairs", "round start", "queue", "report", "help"],
  private: ["/start", "/apply", "/status", "/partner", "/when", "/away", "/help"],
  room: ["/prompt", "/when", "/help"],
};

async function ask(path, body) {
  const answer = await fetch(path, body ? { method: "POST", body: JSON.stringify(body) } : undefined);
  return answer.json();
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "html") made.innerHTML = value; // rendered and escaped by the server
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

const person = (account) => state.people.find((one) => one.account === account);
const me = () => $("as").value;

function chatButton(one, label, note) {
  const fresh = one.posts - (seen[one.id] ?? 0);
  const open = () => show(one.id);
  return element("li", {}, element("button", { onclick: open, "aria-current": String(one.id === chat), "data-chat": one.id },
    element("span", { class: fresh > 0 && one.id !== chat ? "new" : "" }, label, " ", element("span", { class: "quiet" }, note)),
    ...(fresh > 0 && one.id !== chat ? [element("span", { class: "badge", "aria-label": `${fresh} new` }, String(fresh))] : [])));
}

function drawChats() {
  const mine = [], others = [];
  for (const one of state.chats) {
    if (one.kind === "directors") continue;
    const people = one.members.map(person).filter(Boolean);
    const hand = people.some((each) => each.by_hand);
    if (one.kind === "room") (hand ? mine : others).push(chatButton(one, `Room: ${one.title}`, ""));
    else (hand ? mine : others).push(chatButton(one, people[0].name,
      `${people[0].place} · ${people[0].time}${people[0].blocked ? " · has blocked the bot" : hand ? "" : " · " + people[0].temper}`));
  }
  const focused = document.activeElement?.dataset?.chat;
  $("mine").replaceChildren(...mine);
  $("others").replaceChildren(...others);
  if (focused) document.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus();
}

async function refresh() {
  state = await ask("state");
  $("now").textContent = state.now;
  $("next").textContent = state.next || "nothing";
  $("run").textContent = state.running ? "Pause" : "Run";
  $("run").dataset.clock = state.running ? "pause" : "run";
  $("run").setAttribute("aria-pressed", String(state.running));
  if (!chat) await show(state.chats.find((one) => one.kind === "private" && person(one.members[0])?.by_hand)?.id ?? "");
  drawChats();
}

function drawPost(post, of, writer) {
  const rows = post.rows.map((row) => element("div", {}, ...row.map((button) => button.url
    ? element("a", { href: button.url, rel: "noopener noreferrer", target: "_blank" }, button.label)
    : element("button", { type: "button", "data-value": button.value, onclick: () => tap(of, writer(), button.value, post.number) }, button.label))));
  const side = post.by === "bot" ? "" : post.by === writer() ? " me" : " other";
  return element("li", { class: `post${side}${post.pinned ? " pinned" : ""}`, "data-post": post.number },
    element("p", { class: "who" }, `${post.name} · ${post.at} UTC`),
    element("p", { class: "words", html: post.html }),
    ...(post.file ? [element("p", {}, element("a", { href: `file/${post.file}`, download: post.file_name }, post.file_name))] : []),
    ...(rows.length ? [element("div", { class: "rows" }, ...rows)] : []),
    ...(post.chosen ? [element("p", { class: "chosen", html: "✓ " + post.chosen })] : []));
}

async function draw(list, of, writer) {
  const found = await ask("chat?id=" + encodeURIComponent(of));
  if (!found.posts) return found;
  const same = JSON.stringify(found.posts) + writer();
  if (drawn[list] === same) return found;
  drawn[list] = same;
  const box = $(list), stay = box.scrollHeight - box.scrollTop - box.clientHeight > 120;
  box.replaceChildren(...found.posts.map((post) => drawPost(post, of, writer)));
  if (!stay) box.scrollTop = box.scrollHeight;
  seen[of] = state.chats.find((one) => one.id === of)?.posts ?? found.posts.length;
  return found;
}

function quick(box, words, input) {
  $(box).replaceChildren(...words.map((word) => element("button", { type: "button", onclick: () => { $(input).value = word; $(input).focus(); } }, word)));
}

async function show(id) {
  if (!id) return;
  chat = id;
  const one = state.chats.find((each) => each.id === id);
  const people = one.members.map(person).filter(Boolean);
  $("title").textContent = one.kind === "room" ? `Room: ${one.title}` : `${people[0].name} and the bot`;
  $("as").replaceChildren(...people.map((each) => element("option", { value: each.account }, each.name)));
  const hand = people.find((each) => each.by_hand);
  if (hand) $("as").value = hand.account;
  quick("quick", QUICK[one.kind], "text");
  drawn.posts = "";
  await draw("posts", id, me);
  part("chat");
  drawChats();
}

async function say(of, writer, input, sorry) {
  const text = $(input).value;
  if (!text.trim()) return;
  $(input).value = "";
  if (person(writer) && !person(writer).by_hand) await ask("hand", { account: writer, by_hand: true });
  $(sorry).textContent = (await ask("say", { as: writer, chat: of, text })).sorry ?? "";
}

async function tap(of, writer, value, post) {
  if (person(writer) && !person(writer).by_hand) await ask("hand", { account: writer, by_hand: true });
  const sorry = of === "directors" ? "desk-sorry" : "sorry";
  $(sorry).textContent = (await ask("tap", { as: writer, chat: of, value, post })).sorry ?? "";
}

function part(name) {
  const ids = { people: "people", chat: "talk", directors: "directors" };
  for (const [each, id] of Object.entries(ids)) $(id).classList.toggle("current", each === name);
  for (const button of document.querySelectorAll(".tabs button")) button.setAttribute("aria-current", String(button.dataset.part === name));
}

$("form").addEventListener("submit", (event) => { event.preventDefault(); say(chat, me(), "text", "sorry"); });
$("desk-form").addEventListener("submit", (event) => { event.preventDefault(); say("directors", "director", "desk-text", "desk-sorry"); });
$("as").addEventListener("change", () => { drawn.posts = ""; draw("posts", chat, me); });
for (const button of document.querySelectorAll(".tabs button")) button.addEventListener("click", () => part(button.dataset.part));
for (const button of document.querySelectorAll("[data-clock]")) button.addEventListener("click", async () => {
  button.disabled = true;
  await ask("clock", { do: button.dataset.clock });
  button.disabled = false;
  await refresh();
});
quick("desk-quick", QUICK.directors, "desk-text");

let busy = false, again = false;
async function news() {
  if (busy) { again = true; return; }
  busy = true;
  do {
    again = false;
    await refresh();
    if (chat) await draw("posts", chat, me);
    await draw("desk", "directors", () => "director");
  } while (again);
  busy = false;
}
const stream = new EventSource("stream");
stream.onmessage = news;
news();
