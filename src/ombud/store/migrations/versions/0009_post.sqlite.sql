ALTER TABLE mails ADD COLUMN settled TEXT

ALTER TABLE mails ADD COLUMN settled_why TEXT

ALTER TABLE mails ADD COLUMN settled_by TEXT

ALTER TABLE mails ADD COLUMN settled_at BIGINT

CREATE INDEX ix_mails_settled_kind_at ON mails (settled, kind, at)
