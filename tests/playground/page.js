// The page: what the server tells becomes elements, and what is done here goes back to it.
import { button, fill, make } from "./elements.js";
import { inline } from "./inline.js";
import { slackMessage } from "./slack.js";
import { slackHome, slackModal } from "./slack_views.js";
import { telegramAlert, telegramMessage } from "./telegram.js";

const token = document.querySelector("meta[name=token]").content;
const by = (id) => document.getElementById(id);
const at = { slack: null, telegram: null, home: false, thread: null, reply: null };
let scene = null;
let told = null;

export async function act(what) {
  const answer = await fetch("/act", {
    method: "POST", headers: { "X-Token": token, "Content-Type": "application/json" }, body: JSON.stringify(what),
  });
  const said = await answer.json();
  by("said").textContent = said.wrong ? `not done: ${said.wrong}` : "";
  return said;
}

function tabs(nav, listed) {
  fill(by(nav), listed.map(([key, label, pressed, , kind]) => [key, { label, pressed, kind, key }]), (one) => button(
    one.label, () => listed.find(([key]) => key === one.key)[3](),
    one.kind ? { class: one.kind } : { "aria-pressed": String(one.pressed) },
  ));
}

// What is written next goes there: into a thread, or as a reply; a press takes that back.
function aimed(place, label, name) {
  fill(by(place), at[name] ? [[name, label]] : [], () => button(`${label} ✕`, () => { at[name] = null; draw(); }));
}

function aim(name, field, to) {
  at[name] = to;
  draw();
  by(field).focus();
}

function drawSlack() {
  const { channels, home, modal, shortcuts } = scene.slack;
  const here = channels.find((one) => one.id === at.slack) ?? channels[0];
  at.slack = here?.id ?? null;
  const go = (to) => { Object.assign(at, { home: false, thread: null, ...to }); draw(); };
  tabs("slack-places", [
    ...channels.map((one) => [one.id, one.direct ? one.title : `# ${one.title}`, one.id === at.slack && !at.home, () => go({ slack: one.id })]),
    ["home", "Home", at.home, () => { go({ home: true }); act({ act: "slack.home" }); }],
    ...shortcuts.filter((one) => one.on === "global").map((one) => [`shortcut ${one.id}`, `⚡ ${one.name}`, false, () => act({ act: "slack.shortcut", shortcut: one.id }), "shortcut"]),
  ]);
  const offered = shortcuts.filter((one) => one.on === "message");
  const reply = (ts) => aim("thread", "slack-text", ts);
  if (at.home) fill(by("slack-messages"), [["home", home]], slackHome);
  else fill(by("slack-messages"), threaded(here?.messages ?? []).map((one) => [`${here.id} ${one.ts}`, one]), (one) => slackMessage(one, here.id, offered, reply));
  by("slack-form").hidden = at.home;
  aimed("slack-thread", "in the thread", "thread");
  drawDialog(by("slack-modal"), modal, slackModal);
}

function threaded(messages) {
  const heads = messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts);
  const known = new Set(heads.map((one) => one.ts));
  const rest = messages.filter((one) => one.thread_ts && one.thread_ts !== one.ts);
  return [...heads.flatMap((head) => [head, ...rest.filter((one) => one.thread_ts === head.ts)]), ...rest.filter((one) => !known.has(one.thread_ts))];
}

// A dialog is drawn once for what it shows: what is typed in it stays while the rest of the page changes. It is in the way
// of its own platform alone, so it is no modal to the browser, which would let nobody use the other one beside it.
function drawDialog(dialog, shown, draw) {
  const now = shown ? JSON.stringify(shown) : "";
  if (now === (dialog.told ?? "")) return;
  dialog.told = now;
  for (const beside of dialog.parentElement.children) beside.inert = Boolean(shown) && beside !== dialog;
  if (!shown) { dialog.close(); dialog.replaceChildren(); return; }
  dialog.replaceChildren(draw(shown));
  if (!dialog.open) dialog.show();
  dialog.querySelector("input, textarea, select, button")?.focus();
}
by("slack-modal").addEventListener("keydown", (event) => {
  if (event.key === "Escape") act({ act: "slack.close", view: scene.slack.modal.id });
});
by("telegram-alert").addEventListener("keydown", (event) => {
  if (event.key === "Escape") by("telegram-alert").close();
});

by("telegram-alert").addEventListener("close", () => drawDialog(by("telegram-alert"), null));

function drawTelegram() {
  const { chats, bot } = scene.telegram;
  const here = chats.find((one) => one.id === at.telegram) ?? chats[0];
  at.telegram = here?.id ?? null;
  const go = (id) => { Object.assign(at, { telegram: id, reply: null }); draw(); };
  tabs("telegram-places", chats.map((one) => [one.id, one.kind === "private" ? "Copydesk (you alone)" : one.title, one.id === at.telegram, () => go(one.id)]));
  const messages = (here?.messages ?? []).map((one) => ({ ...one, answers: here.messages.find((other) => one.reply_to && other.id === one.reply_to)?.text.slice(0, 120) }));
  const reply = (id) => aim("reply", "telegram-text", id);
  fill(by("telegram-messages"), messages.map((one) => [`${here.id} ${one.alone ?? ""} ${one.id}`, one]), (one) => telegramMessage(one, here, reply));
  aimed("telegram-thread", "as a reply", "reply");
  fill(by("telegram-menu"), (here?.menu ?? []).map((one) => [one.command, one]), (one) => make("option", { value: `/${one.command} ` }, one.description));
  by("telegram-text").placeholder = `/search bridge, or @${bot} bridge`;
}

// What the desk tells in answer to a press: over the chat, or as an alert that has to be read.
function drawTold() {
  const now = scene.telegram.told;
  const old = told;
  told = now?.id ?? "";
  if (old === null || !now || old === told) return;
  if (now.alert) drawDialog(by("telegram-alert"), now, (one) => telegramAlert(one, () => by("telegram-alert").close()));
  else by("said").textContent = now.text;
}

function drawFiles() {
  fill(by("files"), scene.files.map((one) => [one.path, one]), (one) => make("li", {},
    one.name, make("div", { class: "note" }, one.place === "inbox" ? "waits" : one.place),
    one.receipt ? make("details", {}, make("summary", { class: "note" }, "receipt"), make("pre", {}, one.receipt)) : null,
  ));
}

function draw() { drawSlack(); drawTelegram(); drawTold(); drawFiles(); }

function send(form, field, what) {
  by(form).addEventListener("submit", (event) => {
    event.preventDefault();
    const text = by(field).value.trim();
    by(field).value = "";
    by(field).dispatchEvent(new Event("input"));
    if (text) act(what(text));
  });
}
send("slack-form", "slack-text", (text) => ({ act: "slack.say", channel: at.slack, text, thread: at.thread }));
send("telegram-form", "telegram-text", (text) => ({ act: "telegram.say", chat: at.telegram, text, reply_to: at.reply }));
inline(by("telegram-text"), by("telegram-offers"), {
  bot: () => scene?.telegram.bot,
  chat: () => at.telegram,
  alone: () => scene.telegram.chats.find((one) => one.kind === "private")?.id,
});

async function drop(files) {
  for (const file of files) await act({ act: "drop", name: file.name, text: await file.text() });
}
by("file").addEventListener("change", (event) => { drop(event.target.files); });
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => { event.preventDefault(); drop(event.dataTransfer.files); });

const events = new EventSource(`/events?token=${encodeURIComponent(token)}`);
events.onmessage = (event) => { scene = JSON.parse(event.data); by("state").textContent = "live"; draw(); };
events.onerror = () => { by("state").textContent = "the desk is gone"; };
