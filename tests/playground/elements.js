// Elements of the page. Texts are only ever set as text: whatever an article says, it is read and does nothing.

export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value ?? "";
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

export function link(address, ...children) {
  if (!/^https?:\/\//i.test(address)) return make("span", {}, ...children);
  return make("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, ...children);
}

export const button = (label, onclick, props = {}) => make("button", { type: "button", onclick, ...props }, label);

// What the box shows, as [key, thing] in order. What says the same as before stays the element that it was, with its
// focus, its scroll and what is typed in it; where the focus was in one that is drawn anew, it stands there again.
export function fill(box, things, draw) {
  const low = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  const before = new Map([...box.children].map((one) => [one.key, one]));
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  let lost = null;
  const now = things.map(([key, thing]) => {
    const told = JSON.stringify(thing);
    const old = before.get(key);
    if (old?.told === told) return old;
    const drawn = Object.assign(draw(thing), { key, told });
    if (focused && old?.contains(focused)) lost = drawn;
    return drawn;
  });
  const kept = new Set(now);
  for (const one of [...box.children]) if (!kept.has(one)) one.remove();
  now.forEach((one, index) => { if (box.children[index] !== one) box.insertBefore(one, box.children[index] ?? null); });
  const reached = lost ? [...lost.querySelectorAll("button, input, select, a, summary")] : [];
  (reached.find((one) => one.textContent === focused.textContent) ?? reached[0] ?? lost)?.focus({ preventScroll: true });
  if (low && box.matches(".messages")) box.scrollTop = box.scrollHeight;
}
