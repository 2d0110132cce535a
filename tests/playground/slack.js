// Slack's blocks as a reader sees them. What is not known is shown as it is, so that nothing is hidden.
import { button, link, make } from "./elements.js";
import { act } from "./page.js";
import { input } from "./slack_views.js";

const decoded = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

// mrkdwn: links and mentions in angle brackets, then *strong*, _quiet_, ~struck~ and `code`.
function mrkdwn(text) {
  const parts = text.split(/(<[^<>]+>|`[^`\n]+`)/);
  return parts.flatMap((part) => {
    if (/^<.+>$/.test(part)) {
      const [address, label] = part.slice(1, -1).split("|");
      return [link(decoded(address), decoded(label ?? address))];
    }
    if (/^`.+`$/.test(part)) return [make("code", {}, decoded(part.slice(1, -1)))];
    return part.split(/(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/).map((piece) => {
      const tag = { "*": "b", _: "i", "~": "s" }[piece[0]];
      return tag && piece.length > 2 && piece.at(-1) === piece[0] ? make(tag, {}, decoded(piece.slice(1, -1))) : decoded(piece);
    });
  });
}

const text = (one) => (one.type === "mrkdwn" ? mrkdwn(one.text) : [one.text]);
const lines = (nodes) => make("p", { style: undefined, class: "lines" }, ...nodes.flatMap((node) => (typeof node === "string" ? node.split(/(\n)/).map((part) => (part === "\n" ? make("br") : part)) : [node])));

function element(one) {
  if (one.type === "date") return new Date(1000 * one.timestamp).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  let node = one.type === "link" ? link(one.url, one.text ?? one.url) : one.type === "emoji" ? `:${one.name}:` : (one.text ?? "");
  const style = one.style ?? {};
  for (const [name, tag] of [["code", "code"], ["bold", "b"], ["italic", "i"], ["strike", "s"]]) if (style[name]) node = make(tag, {}, node);
  return node;
}

const rich = {
  rich_text_section: (one) => lines(one.elements.map(element)),
  rich_text_quote: (one) => make("blockquote", {}, lines(one.elements.map(element))),
  rich_text_preformatted: (one) => make("pre", {}, ...one.elements.map(element)),
  rich_text_list: (one) => make(one.style === "ordered" ? "ol" : "ul", {}, ...one.elements.map((item) => make("li", {}, ...item.elements.map(element)))),
};

// A control that acts at once: what is pressed or chosen goes to the desk.
function control(one, place) {
  const press = (value) => act({ act: "slack.press", action: one.action_id, value, ...place });
  if (one.type === "button") {
    if (one.url) return link(one.url, one.text.text);
    return button(one.text.text, () => press(one.value), { class: one.style });
  }
  if (!optionsOf(one)) return raw(one);
  const select = choice(one, { "aria-label": one.placeholder?.text ?? "more" });
  select.addEventListener("change", () => { if (select.value) press(select.value); });
  return select;
}

const optionsOf = (one) => one.options ?? one.option_groups?.flatMap((group) => group.options);

// A list to choose one of; nothing, where nothing is chosen yet.
export function choice(one, props) {
  const first = one.initial_option ?? one.initial_options?.[0];
  const select = make("select", props, first ? null : make("option", { value: "" }, one.placeholder?.text ?? "⋯"),
    ...optionsOf(one).map((option) => make("option", { value: option.value }, option.text.text)));
  if (first) select.value = first.value;
  return select;
}

export const raw = (one) => make("pre", { class: "unknown" }, JSON.stringify(one, null, 1));

const blocks = {
  header: (one) => make("h3", {}, one.text.text),
  section: (one, place) => make("div", {}, one.text ? lines(text(one.text)) : null,
    ...(one.fields ?? []).map((field) => lines(text(field))), one.accessory ? make("div", { class: "buttons" }, control(one.accessory, place)) : null),
  context: (one) => make("div", { class: "context" }, ...one.elements.map((piece) => (piece.text ? lines(text(piece)) : raw(piece)))),
  divider: () => make("hr"),
  rich_text: (one) => make("div", {}, ...one.elements.map((piece) => (rich[piece.type] ?? raw)(piece))),
  actions: (one, place) => make("div", { class: "buttons" }, ...one.elements.map((piece) => control(piece, place))),
  input,
};

export const drawn = (list, place) => (list ?? []).map((one) => (blocks[one.type] ?? raw)(one, place));

export function slackMessage(said, channel, shortcuts, reply) {
  const thread = said.thread_ts && said.thread_ts !== said.ts;
  const kinds = ["message", said.ephemeral && "private", thread && "reply"].filter(Boolean).join(" ");
  const body = said.blocks?.length ? drawn(said.blocks, { channel, ts: said.ts }) : [lines(mrkdwn(said.text ?? ""))];
  const note = said.ephemeral ? "only visible to you" : said.edited ? "edited" : "";
  const acts = said.ephemeral ? [] : [
    ...(thread ? [] : [button("reply", () => reply(said.ts), { class: "act" })]),
    ...shortcuts.map((one) => button(one.name, () => act({ act: "slack.shortcut", shortcut: one.id, channel, ts: said.ts }), { class: "act" })),
  ];
  return make("article", { class: kinds, tabindex: -1 }, make("span", { class: "name" }, said.from), make("span", { class: "note" }, note), make("span", { class: "acts" }, ...acts), ...body);
}
