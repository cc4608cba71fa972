DROP TRIGGER documents_update

ALTER TABLE documents ADD COLUMN erased_at BIGINT

ALTER TABLE documents RENAME COLUMN content TO given

ALTER TABLE documents ADD COLUMN content TEXT

UPDATE documents SET content = given

ALTER TABLE documents DROP COLUMN given

CREATE TRIGGER documents_update BEFORE UPDATE ON "documents" WHEN (OLD."id" IS NOT NEW."id"
  OR OLD."report" IS NOT NEW."report"
  OR OLD."name" IS NOT NEW."name"
  OR OLD."outlet_name" IS NOT NEW."outlet_name"
  OR OLD."by" IS NOT NEW."by"
  OR OLD."at" IS NOT NEW."at"
  OR (OLD."content" IS NOT NEW."content" AND NEW."content" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS NOT NEW.erased_at)) BEGIN SELECT RAISE(ABORT, 'documents never change'); END

CREATE TRIGGER documents_emptied BEFORE UPDATE ON "documents" WHEN (OLD."content" IS NOT NEW."content") AND NOT NEW.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'documents never change'); END
