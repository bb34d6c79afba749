-- Tokens of desktops, tickets of the first step of the login, failed logins: known by digests only.
CREATE TABLE token (
    digest TEXT NOT NULL PRIMARY KEY,
    session TEXT NOT NULL,
    person TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX token_person ON token (person);
CREATE INDEX token_expiry ON token (expires_at);

CREATE TABLE login_ticket (
    digest TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    until TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE wrong_guess (
    digest TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX wrong_guess_last ON wrong_guess (last);
