// Draws: elements, the list of chats, messages. It changes only what has changed, so that focus stays and a
// screen reader hears what is new alone.
export const $ = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "html") made.innerHTML = value; // rendered and escaped by the server
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

// Bring `box` to the wanted items, each {id, look, make}: what looks the same stays as it is.
export function keep(box, wanted) {
  const had = new Map([...box.children].map((child) => [child.dataset.id, child]));
  let before = box.firstElementChild;
  for (const { id, look, make } of wanted) {
    let child = had.get(String(id));
    had.delete(String(id));
    if (child?.dataset.look !== look) {
      const fresh = make();
      Object.assign(fresh.dataset, { id, look });
      const focused = child?.contains(document.activeElement);
      if (child) {
        if (before === child) before = fresh;
        child.replaceWith(fresh);
      } else box.insertBefore(fresh, before);
      if (focused) fresh.querySelector("button, a")?.focus();
      child = fresh;
    } else if (child !== before) box.insertBefore(child, before);
    if (child === before) before = child.nextElementSibling;
  }
  for (const gone of had.values()) gone.remove();
}

export function chatItem(one, { label, note, fresh, current, open }) {
  const make = () => element("li", {}, element("button",
    { type: "button", onclick: open, "aria-current": current ? "true" : undefined, "data-chat": one.id },
    element("span", { class: "names" }, element("b", { dir: "auto" }, label), element("small", {}, note)),
    ...(fresh ? [badge(fresh)] : [])));
  return { id: one.id, look: JSON.stringify([label, note, fresh, current]), make };
}

const badge = (fresh) => element("span", { class: "badge" }, fresh > 99 ? "99+" : String(fresh), element("span", { class: "hidden" }, " new"));

export function postItem(post, { writer, tap }) {
  const side = post.by === "bot" ? "" : post.by === writer ? " me" : " other";
  const button = (each) => each.url
    ? element("a", { href: each.url, rel: "noopener noreferrer", target: "_blank" }, each.label)
    : element("button", { type: "button", "data-value": each.value, onclick: () => tap(each.value, post.number) }, each.label);
  const rows = post.rows.map((row) => element("div", {}, ...row.map(button)));
  const make = () => element("li", { class: `post${side}${post.pinned ? " pinned" : ""}` },
    element("p", { class: "who" }, element("b", { dir: "auto" }, post.name), ` · ${post.at}`),
    element("div", { class: "words", dir: "auto", html: post.html }),
    ...(post.file ? [element("p", {}, element("a", { class: "file", href: `file/${post.file}`, download: post.file_name }, `↓ ${post.file_name}`))] : []),
    ...(rows.length ? [element("div", { class: "rows" }, ...rows)] : []),
    ...(post.chosen ? [element("p", { class: "chosen", html: "✓ " + post.chosen })] : []));
  return { id: post.number, look: JSON.stringify([post.rows, post.chosen, side, writer]), make };
}

export function quickButtons(box, words, send) {
  keep(box, words.map(([id, label]) => ({
    id, look: label, make: () => element("button", { type: "button", onclick: () => send(id) }, label),
  })));
}
