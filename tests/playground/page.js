// The page: what the server tells becomes elements, and what is done here goes back to it.
// Texts are only ever set as text: whatever an article says, it is read and does nothing.
import { slackMessage, slackView } from "./slack.js";
import { telegramMessage } from "./telegram.js";

const token = document.querySelector("meta[name=token]").content;
const by = (id) => document.getElementById(id);
const at = { slack: null, telegram: null, home: false, thread: null, reply: null };
const closed = new Set();
let scene = { slack: { channels: [], views: [] }, telegram: { chats: [] }, files: [] };

export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (name === "class") element.className = value;
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

export function link(address, ...children) {
  if (!/^https?:\/\//i.test(address)) return make("span", {}, ...children);
  return make("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, ...children);
}

export async function act(what) {
  const answer = await fetch("/act", {
    method: "POST", headers: { "X-Token": token, "Content-Type": "application/json" }, body: JSON.stringify(what),
  });
  const said = await answer.json();
  by("state").textContent = said.wrong ? `not done: ${said.wrong}` : "live";
  return said;
}

function fill(place, ...children) {
  const box = by(place);
  const low = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  box.replaceChildren(...children);
  if (low) box.scrollTop = box.scrollHeight;
}

function tab(label, pressed, onclick) {
  return make("button", { type: "button", "aria-pressed": String(pressed), onclick }, label);
}

function drawSlack() {
  const { channels, views } = scene.slack;
  const here = channels.find((one) => one.id === at.slack) ?? channels[0];
  at.slack = here?.id ?? null;
  const go = (id, home) => () => { Object.assign(at, { slack: id, home, thread: null }); if (home) act({ act: "slack.home" }); draw(); };
  by("slack-places").replaceChildren(
    ...channels.map((one) => tab(one.direct ? one.title : `# ${one.title}`, one.id === at.slack && !at.home, go(one.id, false))),
    tab("Home", at.home, go(at.slack, true)),
  );
  const home = views.find((one) => one.type === "home");
  if (at.home) fill("slack-messages", home ? slackView(home) : make("p", { class: "note" }, "The app shows nothing here."));
  else fill("slack-messages", ...threaded(here?.messages ?? []).map((one) => slackMessage(one, here.id, (ts) => { at.thread = ts; draw(); by("slack-text").focus(); })));
  by("slack-form").hidden = at.home;
  by("slack-thread").replaceChildren(...(at.thread ? [tab("in the thread ✕", true, () => { at.thread = null; draw(); })] : []));
  const modal = views.findLast((one) => one.type === "modal" && !closed.has(one.id));
  drawModal(modal);
}

function threaded(messages) {
  const heads = messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts);
  const known = new Set(heads.map((one) => one.ts));
  const rest = messages.filter((one) => one.thread_ts && one.thread_ts !== one.ts);
  return [...heads.flatMap((head) => [head, ...rest.filter((one) => one.thread_ts === head.ts)]), ...rest.filter((one) => !known.has(one.thread_ts))];
}

let shown = "";
function drawModal(view) {
  const now = view ? JSON.stringify(view) : "";
  if (now === shown) return;
  shown = now;
  const dialog = by("modal");
  if (!view) { dialog.close(); return; }
  const done = () => { closed.add(view.id); draw(); };
  dialog.replaceChildren(slackView(view, done));
  if (!dialog.open) dialog.showModal();
  dialog.onclose = done;
}

function drawTelegram() {
  const { chats } = scene.telegram;
  const here = chats.find((one) => one.id === at.telegram) ?? chats[0];
  at.telegram = here?.id ?? null;
  by("telegram-places").replaceChildren(...chats.map((one) => tab(
    one.kind === "private" ? "Copydesk (you alone)" : one.title, one.id === at.telegram,
    () => { Object.assign(at, { telegram: one.id, reply: null }); draw(); },
  )));
  fill("telegram-messages", ...(here?.messages ?? []).map((one) => telegramMessage(one, here, (id) => { at.reply = id; draw(); by("telegram-text").focus(); })));
  by("telegram-thread").replaceChildren(...(at.reply ? [tab("as a reply ✕", true, () => { at.reply = null; draw(); })] : []));
}

function drawFiles() {
  fill("files", ...scene.files.map((one) => make("li", {},
    one.name, make("div", { class: "note" }, one.place === "inbox" ? "waits" : one.place),
    one.receipt ? make("details", {}, make("summary", { class: "note" }, "receipt"), make("pre", {}, one.receipt)) : null,
  )));
}

function draw() { drawSlack(); drawTelegram(); drawFiles(); }

function send(form, field, what) {
  by(form).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = by(field).value.trim();
    by(field).value = "";
    if (text) act(what(text));
  });
}
send("slack-form", "slack-text", (text) => ({ act: "slack.say", channel: at.slack, text, thread: at.thread }));
send("telegram-form", "telegram-text", (text) => ({ act: "telegram.say", chat: at.telegram, text, reply_to: at.reply }));

async function drop(files) {
  for (const file of files) await act({ act: "drop", name: file.name, text: await file.text() });
}
by("file").addEventListener("change", (event) => { drop(event.target.files); });
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => { event.preventDefault(); drop(event.dataTransfer.files); });

const events = new EventSource(`/events?token=${encodeURIComponent(token)}`);
events.onmessage = (event) => { scene = JSON.parse(event.data); by("state").textContent = "live"; draw(); };
events.onerror = () => { by("state").textContent = "the desk is gone"; };
