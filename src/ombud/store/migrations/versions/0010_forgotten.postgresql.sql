DROP TRIGGER documents_update ON documents

ALTER TABLE documents ADD COLUMN erased_at BIGINT

ALTER TABLE documents ALTER COLUMN content DROP NOT NULL

CREATE TRIGGER documents_update BEFORE UPDATE ON "documents" FOR EACH ROW WHEN (OLD."id"::text IS DISTINCT FROM NEW."id"::text
  OR OLD."report"::text IS DISTINCT FROM NEW."report"::text
  OR OLD."name"::text IS DISTINCT FROM NEW."name"::text
  OR OLD."outlet_name"::text IS DISTINCT FROM NEW."outlet_name"::text
  OR OLD."by"::text IS DISTINCT FROM NEW."by"::text
  OR OLD."at"::text IS DISTINCT FROM NEW."at"::text
  OR (OLD."content"::text IS DISTINCT FROM NEW."content"::text AND NEW."content" IS NOT NULL)
  OR (OLD.erased_at IS NOT NULL AND OLD.erased_at IS DISTINCT FROM NEW.erased_at)) EXECUTE FUNCTION documents_update()

CREATE FUNCTION documents_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT NEW.erased_at IS NOT NULL THEN RAISE EXCEPTION 'documents never change' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$

CREATE TRIGGER documents_emptied BEFORE UPDATE ON "documents" FOR EACH ROW WHEN (OLD."content"::text IS DISTINCT FROM NEW."content"::text) EXECUTE FUNCTION documents_emptied()
