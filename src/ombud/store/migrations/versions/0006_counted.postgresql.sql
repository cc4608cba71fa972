CREATE TABLE counted (
  outlet TEXT NOT NULL,
  day INTEGER NOT NULL,
  seq BIGINT NOT NULL,
  figures TEXT NOT NULL,
  CONSTRAINT pk_counted PRIMARY KEY (outlet, day)
)
