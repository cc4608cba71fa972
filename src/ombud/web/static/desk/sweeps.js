// One ruling on all held comments of a campaign: sent step by step, with progress, and taken back.
import { post, query, remove } from "./api.js";
import { askClause, dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { count, plain } from "./words.js";

const SUGGESTED = "repetition";

/** Asks once more before everything is approved: it is one key for very many comments. */
function sure(campaign) {
  return dialog(`Approve ${count(campaign.held, "comment")}?`, (close) => [
    h("p", {}, "All comments of this campaign that are held appear on the page. It can be taken back."),
    h("p", { class: "submit" }, h("button", { type: "button", class: "approve", autofocus: true, onclick: () => close(true) }, "Approve all"),
      h("button", { type: "button", class: "plain", onclick: () => close() }, "Cancel")),
  ]);
}

export class Sweeps {
  /** `place` shows how far a ruling is; `done` is called after each. */
  constructor(desk, done) {
    Object.assign(this, { desk, done, busy: false, last: null });
    this.bar = h("progress", { "aria-label": "Comments ruled on", hidden: true });
    this.said = h("span", { class: "hint", role: "status" });
    this.place = h("p", { class: "sweep" }, this.bar, this.said);
  }

  async approve(campaign) {
    if (this.#free(campaign) && (await sure(campaign))) await this.#rule(campaign, "approve");
  }

  async remove(campaign) {
    if (!this.#free(campaign)) return;
    const clause = await askClause(this.desk.clauses, SUGGESTED);
    if (clause) await this.#rule(campaign, "delete", clause);
  }

  /** Takes back the last ruling on a whole campaign, or the one given. */
  async undo(campaign, ruling = this.last?.campaign === campaign?.id ? this.last?.ruling : null) {
    if (this.busy || !campaign) return;
    if (!ruling) {
      this.desk.note("There is no ruling of yours to undo here.");
      return;
    }
    const taken = await this.#steps(campaign.comments, "taken back", (past) => remove(`/api/campaigns/${campaign.id}/rulings/${ruling}${query({ past })}`));
    if (taken !== null) this.last = null;
  }

  #free(campaign) {
    if (this.busy || !campaign) return false;
    if (!campaign.held) this.desk.note("Nothing of this campaign waits for a ruling.");
    return campaign.held > 0;
  }

  #rule({ id, held }, action, clause) {
    let ruling;
    return this.#steps(held, action === "approve" ? "approved" : "deleted", async (past) => {
      const step = await post(`/api/campaigns/${id}/rulings`, { action, clause, ruling, past, expected: past ? undefined : held });
      ruling = step.ruling ?? undefined;
      if (ruling) this.last = { campaign: id, ruling };
      return step;
    });
  }

  async #steps(most, deed, step) {
    this.busy = true;
    Object.assign(this.bar, { max: Math.max(most, 1), value: 0, hidden: false });
    let made = 0;
    let skipped = [];
    try {
      for (let more = true, past; more;) {
        const answer = await step(past);
        made += answer.ruled;
        skipped = [...skipped, ...answer.skipped];
        ({ more, past } = answer);
        this.bar.value = made;
        this.said.textContent = `${count(made, "comment")} ${deed}${more ? " so far…" : "."}`;
      }
      if (skipped.length) this.desk.note(`${count(skipped.length, "comment")} left alone: ${plain({ code: "conflict", message: skipped[0].detail })}`);
      return made;
    } catch (error) {
      if (made) this.said.textContent = `${count(made, "comment")} ${deed}; then it stopped. Do it again to go on.`;
      this.desk.fail(error);
      return null;
    } finally {
      this.busy = false;
      this.bar.hidden = true;
      this.done();
    }
  }
}

/** The buttons of a campaign, with their keys. */
export function deeds(sweeps, campaign, undo) {
  const button = (key, words, kind, press) => h("button", { type: "button", class: kind, onclick: press }, h("kbd", { "aria-hidden": "true" }, key), ` ${words}`);
  return h("p", { class: "deeds" },
    button("a", "Approve all", "approve", () => sweeps.approve(campaign())), button("d", "Delete all…", "delete", () => sweeps.remove(campaign())),
    button("u", "Undo", "plain", undo));
}
