// Who sits at the desk: asks the server, and shows the way in.
import { get, post } from "./api.js";
import { field, h } from "./dom.js";
import { plain } from "./words.js";

/** Returns `{name, role, outlets}`, or null where nobody is signed in. */
export async function whoami() {
  try {
    return await get("/api/session");
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

/** The form to sign in; calls `enter` with who it was.  The code is asked for only if need be. */
export function signIn(enter, name = "") {
  const fault = h("p", { class: "fault", role: "alert" });
  const given = h("input", { name: "name", autocomplete: "username", required: true, autocapitalize: "none", spellcheck: "false", value: name, autofocus: !name });
  const password = h("input", { name: "password", type: "password", autocomplete: "current-password", required: true, autofocus: Boolean(name) });
  const code = h("input", { name: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: 10 });
  const asked = field("Code", code, "The six digits that your authenticator app shows now.");
  asked.hidden = true;
  const button = h("button", { type: "submit" }, "Sign in");
  const form = h("form", { class: "signin", method: "post", "aria-label": "Sign in" },
    field("Name", given), field("Password", password), asked, h("p", { class: "submit" }, button), fault);
  const fail = (words, at) => {
    fault.textContent = words;
    at.focus();
    at.select();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.textContent = "";
    button.disabled = true;
    try {
      const body = { name: given.value.trim(), password: password.value, code: code.value.trim() || undefined };
      enter(await post("/api/session", body));
    } catch (error) {
      const needed = error.code === "code_needed" || error.code === "code_wrong";
      if (needed && asked.hidden) {
        asked.hidden = false;
        fail("Now the code from your authenticator app.", code);
      } else if (needed) fail("That code is not right, or too old. Try the one that is shown now.", code);
      else if (error.status === 401) fail("Name or password is wrong. Try again.", password);
      else fail(plain(error), given);
    } finally {
      button.disabled = false;
    }
  });
  return form;
}
