// A Telegram message as a reader sees it: entities count UTF-16 units, as JavaScript's strings do.
import { button, link, make } from "./elements.js";
import { act } from "./page.js";

const wraps = {
  bold: (inner) => make("b", {}, ...inner),
  italic: (inner) => make("i", {}, ...inner),
  underline: (inner) => make("u", {}, ...inner),
  strikethrough: (inner) => make("s", {}, ...inner),
  code: (inner) => make("code", {}, ...inner),
  pre: (inner) => make("pre", {}, ...inner),
  spoiler: (inner) => make("details", {}, make("summary", {}, "spoiler"), ...inner),
  blockquote: (inner) => make("blockquote", {}, ...inner),
  expandable_blockquote: (inner) => make("blockquote", {}, make("details", {}, make("summary", {}, "more"), ...inner)),
  text_link: (inner, one) => link(one.url, ...inner),
  date_time: (inner, one) => new Date(1000 * one.unix_time).toLocaleString([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  url: (inner, one, words) => link(words, ...inner),
};

// Entities nest or stand side by side; of those that begin together the longest is outermost.
function formatted(text, entities, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  const rest = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  while (rest.length) {
    const one = rest.shift();
    const end = one.offset + one.length;
    if (one.offset < at || end > to) continue;
    if (one.offset > at) nodes.push(text.slice(at, one.offset));
    const inside = [];
    while (rest.length && rest[0].offset < end) inside.push(rest.shift());
    const inner = formatted(text, inside, one.offset, end);
    nodes.push(...(wraps[one.type] ? [wraps[one.type](inner, one, text.slice(one.offset, end))] : inner));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

export function telegramMessage(said, chat, reply) {
  const via = said.via ? make("span", { class: "note" }, `via @${said.via}`) : null;
  const bubble = make("div", { class: "bubble" },
    chat.kind !== "private" || said.own || via ? make("div", { class: "name" }, said.from, via ? " " : "", via) : null,
    said.answers ? make("div", { class: "quoted" }, said.answers) : null,
    ...formatted(said.text, said.entities));
  const foot = make("div", { class: "note" }, said.alone ? "only visible to you" : said.edited ? "edited " : "", 
    said.alone ? null : make("span", { class: "acts" }, button("reply", () => reply(said.id), { class: "act" })));
  const press = (one) => () => act({ act: "telegram.press", chat: chat.id, message: said.id, alone: said.alone, data: one.callback_data });
  const keyboard = make("div", { class: "keyboard" }, ...said.keyboard.map((row) => make("div", {}, ...row.map((one) => (
    one.url ? link(one.url, one.text) : one.callback_data ? button(one.text, press(one)) : make("pre", { class: "unknown" }, JSON.stringify(one)))))));
  return make("article", { class: said.own ? "message" : "message mine", tabindex: -1 }, bubble, said.keyboard.length ? keyboard : null, foot);
}

export function telegramAlert(told, done) {
  return make("div", {}, make("p", { id: "telegram-alert-text" }, told.text), make("div", { class: "buttons" }, button("OK", done)));
}
