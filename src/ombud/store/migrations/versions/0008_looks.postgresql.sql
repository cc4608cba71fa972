ALTER TABLE readers ADD COLUMN looks TEXT

CREATE INDEX ix_readers_outlet_looks ON readers (outlet, looks)
