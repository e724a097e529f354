import { onKey } from "./keys.js";

const press = (id) => () => {
  const element = document.getElementById(id);
  if (element && !element.disabled) element.click();
};
for (const name of ["accept", "reject", "later", "undo"]) onKey(name, press(name));
onKey("edit", () => {
  const edit = document.getElementById("edit");
  if (!edit) return;
  edit.open = true;
  edit.querySelector("select").focus();
});
