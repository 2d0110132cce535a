// Inline mode: who types the desk's name and words, in any chat, is offered articles to post there.
import { button, fill, make } from "./elements.js";
import { act } from "./page.js";

const PAUSE = 250; // milliseconds without a key, after which Telegram's apps ask

export function inline(field, box, here) {
  let asked = 0;
  let shown = [];
  const show = (offered) => { shown = offered; fill(box, offered.map((one) => [one.key, one]), draw); };
  const end = () => { asked += 1; field.value = ""; show([]); field.focus(); };

  function draw(one) {
    if (one.more) return button("More", () => ask(one.words, one.more));
    if (one.start) return button(one.text, () => { end(); act({ act: "telegram.say", chat: here.alone(), text: `/start ${one.start}` }); });
    const choose = () => { end(); act({ act: "telegram.choose", chat: here.chat(), query: one.query, result: one.id }); };
    return make("button", { type: "button", onclick: choose }, make("b", {}, one.title), make("span", { class: "note" }, one.description));
  }

  async function ask(words, offset = "") {
    asked += 1;
    const mine = asked;
    const said = await act({ act: "telegram.inline", text: words, offset });
    if (mine !== asked || !said.results) return;
    const results = said.results.map((one) => ({ key: `${said.query} ${one.id}`, query: said.query, id: one.id, title: one.title, description: one.description }));
    const notice = said.button ? [{ key: "notice", text: said.button.text, start: said.button.start_parameter }] : [];
    const more = said.next_offset ? [{ key: "more", more: said.next_offset, words }] : [];
    show([...notice, ...(offset ? shown.filter((one) => one.id) : []), ...results, ...more]);
  }

  field.addEventListener("input", () => {
    asked += 1;
    const mine = asked;
    const [name, ...words] = field.value.split(" ");
    if (!words.length || name.toLowerCase() !== `@${here.bot()}`.toLowerCase()) { show([]); return; }
    setTimeout(() => { if (mine === asked) ask(words.join(" ")); }, PAUSE);
  });
  for (const one of [field, box]) one.addEventListener("keydown", (event) => { if (event.key === "Escape" && shown.length) end(); });
}
