// Slack's blocks as a reader sees them. What is not known is shown as it is, so that nothing is hidden.
import { act, link, make } from "./page.js";

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

function control(one, place) {
  const press = (value) => act({ act: "slack.press", action: one.action_id, value, ...place });
  if (one.type === "button") {
    if (one.url) return link(one.url, one.text.text);
    return make("button", { type: "button", class: one.style, onclick: () => press(one.value) }, one.text.text);
  }
  const options = one.options ?? one.option_groups?.flatMap((group) => group.options);
  if (options) {
    const select = make("select", { name: one.action_id }, make("option", { value: "" }, one.placeholder?.text ?? "⋯"),
      ...options.map((option) => make("option", { value: option.value }, option.text.text)));
    const first = one.initial_option ?? one.initial_options?.[0];
    if (first) select.value = first.value;
    if (place) select.addEventListener("change", () => { if (select.value) press(select.value); });
    return select;
  }
  return raw(one);
}

const raw = (one) => make("pre", { class: "unknown" }, JSON.stringify(one, null, 1));

const blocks = {
  header: (one) => make("h3", {}, one.text.text),
  section: (one, place) => make("div", {}, one.text ? lines(text(one.text)) : null,
    ...(one.fields ?? []).map((field) => lines(text(field))), one.accessory ? make("div", { class: "buttons" }, control(one.accessory, place)) : null),
  context: (one) => make("div", { class: "context" }, ...one.elements.map((piece) => (piece.text ? lines(text(piece)) : raw(piece)))),
  divider: () => make("hr"),
  rich_text: (one) => make("div", {}, ...one.elements.map((piece) => (rich[piece.type] ?? raw)(piece))),
  actions: (one, place) => make("div", { class: "buttons" }, ...one.elements.map((piece) => control(piece, place))),
  input: (one) => make("label", { "data-block": one.block_id, "data-action": one.element.action_id, "data-type": one.element.type },
    one.label.text, field(one.element), one.hint ? make("span", { class: "note" }, one.hint.text) : null, make("span", { class: "wrong" })),
};

function field(one) {
  if (one.options || one.option_groups) return control(one, null);
  if (one.type === "plain_text_input" && one.multiline) return make("textarea", { rows: 3 }, one.initial_value ?? "");
  if (/_(text_)?input$|^timepicker$|^datepicker$/.test(one.type)) {
    return make("input", { value: one.initial_value ?? one.initial_time ?? "", type: one.type === "timepicker" ? "time" : "text" });
  }
  return raw(one);
}

const drawn = (list, place) => (list ?? []).map((one) => (blocks[one.type] ?? raw)(one, place));

export function slackMessage(said, channel, reply) {
  const thread = said.thread_ts && said.thread_ts !== said.ts;
  const kinds = ["message", said.ephemeral && "private", thread && "reply"].filter(Boolean).join(" ");
  const body = said.blocks?.length ? drawn(said.blocks, { channel, ts: said.ts }) : [lines(mrkdwn(said.text ?? ""))];
  const note = said.ephemeral ? "only visible to you" : said.edited ? "edited" : "";
  return make("article", { class: kinds }, make("span", { class: "name" }, said.from), make("span", { class: "note" }, note),
    said.ephemeral || thread ? null : make("button", { type: "button", class: "act", onclick: () => reply(said.ts) }, "reply"), ...body);
}

function values(form) {
  const given = {};
  for (const label of form.querySelectorAll("label[data-block]")) {
    const { block, action, type } = label.dataset;
    const value = label.querySelector("input, textarea, select")?.value ?? "";
    const kept = type.includes("select") || type === "radio_buttons" ? { selected_option: value ? { value } : null }
      : type === "timepicker" ? { selected_time: value || null } : { value: value || null };
    given[block] = { [action]: { type, ...kept } };
  }
  return given;
}

export function slackView(view, done) {
  const place = { view: view.id };
  if (view.type === "home") return make("div", {}, ...drawn(view.blocks, place));
  const form = make("form", { method: "dialog" }, make("h3", {}, view.title), ...drawn(view.blocks, place),
    make("div", { class: "buttons" }, view.submit ? make("button", { class: "primary" }, view.submit) : null,
      make("button", { type: "button", onclick: done }, view.close || "Close")));
  form.style.display = "block";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = await act({ act: "slack.submit", view: view.id, values: values(form) });
    for (const label of form.querySelectorAll("label[data-block]")) label.querySelector(".wrong").textContent = said.errors?.[label.dataset.block] ?? "";
    if (!said.errors && !said.wrong && said.response_action !== "update") done();
  });
  return form;
}
