// Slack's Home tab and its modals, and what is filled in there.
import { button, make } from "./elements.js";
import { act } from "./page.js";
import { choice, drawn, raw } from "./slack.js";

// An input block: its label, what is typed or chosen, what helps, and what was wrong with it.
export function input(block, place) {
  const { element } = block;
  const id = `${place.view}-${block.block_id}`.replace(/\s/g, "_");
  const field = fieldOf(element, { id, "aria-describedby": `${block.hint ? `${id}-hint ` : ""}${id}-wrong`, required: !block.optional });
  if (block.dispatch_action) dispatched(field, element, place);
  return make("div", { class: "field", "data-block": block.block_id, "data-action": element.action_id, "data-type": element.type },
    make("label", { for: id }, block.label.text, block.optional ? make("span", { class: "note" }, " (optional)") : null), field,
    block.hint ? make("div", { class: "note", id: `${id}-hint` }, block.hint.text) : null, make("div", { class: "wrong", id: `${id}-wrong`, role: "alert" }));
}

function fieldOf(one, props) {
  if (one.options || one.option_groups) return choice(one, props);
  const typed = { ...props, placeholder: one.placeholder?.text, minlength: one.min_length, maxlength: one.max_length };
  if (one.type === "plain_text_input" && one.multiline) return make("textarea", { rows: 3, ...typed }, one.initial_value ?? "");
  const kind = { timepicker: "time", datepicker: "date", number_input: "number", email_text_input: "email", url_text_input: "url", plain_text_input: "text" }[one.type];
  return kind ? make("input", { type: kind, value: one.initial_value ?? one.initial_time ?? one.initial_date, ...typed }) : raw(one);
}

// What acts before anything is handed in: a box with its Enter, a list with each choice.
function dispatched(field, element, place) {
  const press = () => { if (field.value) act({ act: "slack.press", action: element.action_id, value: field.value, ...place }); };
  if (field.tagName === "SELECT") field.addEventListener("change", press);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || field.tagName !== "INPUT") return;
    event.preventDefault();
    press();
  });
}

export function slackHome(view) {
  if (!view) return make("p", { class: "note" }, "The app shows nothing here.");
  return make("div", { class: "home", tabindex: -1 }, ...drawn(view.blocks, { view: view.id }));
}

function valueOf(field) {
  const { value } = field.querySelector("input, textarea, select") ?? { value: "" };
  const { type } = field.dataset;
  if (type.includes("select") || type === "radio_buttons") return { type, selected_option: value ? { value } : null };
  const name = { timepicker: "selected_time", datepicker: "selected_date" }[type] ?? "value";
  return { type, [name]: value || null };
}

const fieldsOf = (form) => [...form.querySelectorAll(".field")];

// What is wrong stands beside its field, and the first of these is where one goes on.
function showErrors(form, errors) {
  for (const field of fieldsOf(form)) {
    const wrong = errors[field.dataset.block] ?? "";
    field.querySelector(".wrong").textContent = wrong;
    field.querySelector("input, textarea, select")?.setAttribute("aria-invalid", String(Boolean(wrong)));
  }
  form.querySelector("[aria-invalid=true]")?.focus();
}

export function slackModal(view) {
  const trouble = make("div", { class: "wrong", role: "alert" });
  const submit = view.submit ? make("button", { class: "primary" }, view.submit) : null;
  const close = button(view.close || "Close", () => act({ act: "slack.close", view: view.id }));
  const form = make("form", {}, make("h3", { id: "slack-modal-title" }, view.title), ...drawn(view.blocks, { view: view.id }), trouble, make("div", { class: "buttons" }, submit, close));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const given = Object.fromEntries(fieldsOf(form).map((field) => [field.dataset.block, { [field.dataset.action]: valueOf(field) }]));
    const said = await act({ act: "slack.submit", view: view.id, values: given });
    submit.disabled = false;
    trouble.textContent = said.wrong ?? "";
    showErrors(form, said.errors ?? {});
  });
  return form;
}
