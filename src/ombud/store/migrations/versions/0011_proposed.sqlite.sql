CREATE TABLE proposals (
  id INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  article INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  "before" INTEGER NOT NULL,
  "after" INTEGER NOT NULL,
  replaces INTEGER,
  newest INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  at BIGINT NOT NULL,
  outcome TEXT,
  reason TEXT,
  ended_by TEXT,
  ended_at BIGINT,
  correction INTEGER,
  CONSTRAINT pk_proposals PRIMARY KEY (id),
  CONSTRAINT ck_proposals_kind CHECK (kind IN ('correction', 'clarification')),
  CONSTRAINT ck_proposals_outcome CHECK (outcome IS NULL OR outcome IN ('published', 'refused', 'withdrawn')),
  CONSTRAINT ck_proposals_ended CHECK ((outcome IS NULL) = (ended_by IS NULL)),
  CONSTRAINT ck_proposals_published CHECK ((outcome IS NOT NULL AND outcome = 'published') = (correction IS NOT NULL)),
  CONSTRAINT fk_proposals_before FOREIGN KEY(article, "before") REFERENCES editions (article, number),
  CONSTRAINT fk_proposals_after FOREIGN KEY(article, "after") REFERENCES editions (article, number),
  CONSTRAINT fk_proposals_outlet FOREIGN KEY(outlet) REFERENCES outlets (id),
  CONSTRAINT fk_proposals_article FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT fk_proposals_replaces FOREIGN KEY(replaces) REFERENCES corrections (id),
  CONSTRAINT uq_proposals_correction UNIQUE (correction),
  CONSTRAINT fk_proposals_correction FOREIGN KEY(correction) REFERENCES corrections (id)
)

CREATE INDEX ix_proposals_article_id ON proposals (article, id)

CREATE INDEX ix_proposals_outlet_outcome_id ON proposals (outlet, outcome, id)

ALTER TABLE steps ADD COLUMN proposal INTEGER CONSTRAINT fk_steps_proposal REFERENCES proposals (id)

DROP TRIGGER steps_update

CREATE TRIGGER proposals_update BEFORE UPDATE ON "proposals" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."outlet" IS NOT NEW."outlet"
  OR OLD."article" IS NOT NEW."article"
  OR OLD."kind" IS NOT NEW."kind"
  OR OLD."text" IS NOT NEW."text"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."after" IS NOT NEW."after"
  OR OLD."replaces" IS NOT NEW."replaces"
  OR OLD."newest" IS NOT NEW."newest"
  OR OLD."edition" IS NOT NEW."edition"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD.outcome IS NOT NULL AND OLD.outcome IS NOT NEW.outcome)
  OR (OLD.reason IS NOT NULL AND OLD.reason IS NOT NEW.reason)
  OR (OLD.ended_by IS NOT NULL AND OLD.ended_by IS NOT NEW.ended_by)
  OR (OLD.ended_at IS NOT NULL AND OLD.ended_at IS NOT NEW.ended_at)
  OR (OLD.correction IS NOT NULL AND OLD.correction IS NOT NEW.correction)) BEGIN SELECT RAISE(ABORT, 'proposals never change'); END

CREATE TRIGGER proposals_delete BEFORE DELETE ON "proposals" BEGIN SELECT RAISE(ABORT, 'proposals are never removed'); END

CREATE TRIGGER proposals_replace BEFORE INSERT ON "proposals" WHEN EXISTS (SELECT 1 FROM "proposals" WHERE ("id" = NEW."id")
  OR ("correction" = NEW."correction")) BEGIN SELECT RAISE(ABORT, 'proposals are never removed'); END

CREATE TRIGGER steps_update BEFORE UPDATE ON "steps" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."assertion" IS NOT NEW."assertion"
  OR OLD."deed" IS NOT NEW."deed"
  OR OLD."before" IS NOT NEW."before"
  OR OLD."after" IS NOT NEW."after"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR OLD."correction" IS NOT NEW."correction"
  OR OLD."undoes" IS NOT NEW."undoes"
  OR OLD."proposal" IS NOT NEW."proposal"
  OR (OLD."reason" IS NOT NEW."reason" AND NEW."reason" IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'steps never change'); END
