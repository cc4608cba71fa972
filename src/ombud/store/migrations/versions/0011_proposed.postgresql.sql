CREATE TABLE proposals (
  id BIGSERIAL NOT NULL,
  outlet TEXT NOT NULL,
  article BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  before INTEGER NOT NULL,
  after INTEGER NOT NULL,
  replaces BIGINT,
  newest BIGINT NOT NULL,
  edition INTEGER NOT NULL,
  by TEXT NOT NULL,
  at BIGINT NOT NULL,
  outcome TEXT,
  reason TEXT,
  ended_by TEXT,
  ended_at BIGINT,
  correction BIGINT,
  CONSTRAINT pk_proposals PRIMARY KEY (id),
  CONSTRAINT ck_proposals_kind CHECK (kind IN ('correction', 'clarification')),
  CONSTRAINT ck_proposals_outcome CHECK (outcome IS NULL OR outcome IN ('published', 'refused', 'withdrawn')),
  CONSTRAINT ck_proposals_ended CHECK ((outcome IS NULL) = (ended_by IS NULL)),
  CONSTRAINT ck_proposals_published CHECK ((outcome IS NOT NULL AND outcome = 'published') = (correction IS NOT NULL)),
  CONSTRAINT fk_proposals_before FOREIGN KEY(article, before) REFERENCES editions (article, number),
  CONSTRAINT fk_proposals_after FOREIGN KEY(article, after) REFERENCES editions (article, number),
  CONSTRAINT fk_proposals_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_proposals_article FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT fk_proposals_replaces FOREIGN KEY(replaces) REFERENCES corrections (id),
  CONSTRAINT uq_proposals_correction UNIQUE (correction),
  CONSTRAINT fk_proposals_correction FOREIGN KEY(correction) REFERENCES corrections (id)
)

CREATE INDEX ix_proposals_article_id ON proposals (article, id)

CREATE INDEX ix_proposals_outlet_outcome_id ON proposals (outlet, outcome, id)

ALTER TABLE steps ADD COLUMN proposal BIGINT

ALTER TABLE steps ADD CONSTRAINT fk_steps_proposal FOREIGN KEY(proposal) REFERENCES proposals (id)

DROP TRIGGER steps_update ON steps

CREATE FUNCTION proposals_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proposals never change' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER proposals_update BEFORE UPDATE ON "proposals" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."outlet"::text IS DISTINCT FROM NEW."outlet"::text
  OR OLD."article"::text IS DISTINCT FROM NEW."article"::text
  OR OLD."kind"::text IS DISTINCT FROM NEW."kind"::text
  OR OLD."text"::text IS DISTINCT FROM NEW."text"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."after"::text IS DISTINCT FROM NEW."after"::text
  OR OLD."replaces"::text IS DISTINCT FROM NEW."replaces"::text
  OR OLD."newest"::text IS DISTINCT FROM NEW."newest"::text
  OR OLD."edition"::text IS DISTINCT FROM NEW."edition"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD.outcome IS NOT NULL AND OLD.outcome IS DISTINCT FROM NEW.outcome)
  OR (OLD.reason IS NOT NULL AND OLD.reason IS DISTINCT FROM NEW.reason)
  OR (OLD.ended_by IS NOT NULL AND OLD.ended_by IS DISTINCT FROM NEW.ended_by)
  OR (OLD.ended_at IS NOT NULL AND OLD.ended_at IS DISTINCT FROM NEW.ended_at)
  OR (OLD.correction IS NOT NULL AND OLD.correction IS DISTINCT FROM NEW.correction)) EXECUTE FUNCTION proposals_update()

CREATE FUNCTION proposals_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'proposals are never removed' USING ERRCODE = 'restrict_violation'; END $$

CREATE TRIGGER proposals_delete BEFORE DELETE ON "proposals" FOR EACH ROW EXECUTE FUNCTION proposals_delete()

CREATE TRIGGER proposals_truncate BEFORE TRUNCATE ON "proposals" FOR EACH STATEMENT EXECUTE FUNCTION proposals_delete()

CREATE TRIGGER steps_update BEFORE UPDATE ON "steps" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."assertion"::text IS DISTINCT FROM NEW."assertion"::text
  OR OLD."deed"::text IS DISTINCT FROM NEW."deed"::text
  OR OLD."before"::text IS DISTINCT FROM NEW."before"::text
  OR OLD."after"::text IS DISTINCT FROM NEW."after"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR OLD."correction"::text IS DISTINCT FROM NEW."correction"::text
  OR OLD."undoes"::text IS DISTINCT FROM NEW."undoes"::text
  OR OLD."proposal"::text IS DISTINCT FROM NEW."proposal"::text
  OR (OLD."reason"::text IS DISTINCT FROM NEW."reason"::text AND NEW."reason" IS NOT NULL)) EXECUTE FUNCTION steps_update()
