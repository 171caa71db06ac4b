/** What a hashing thread is asked. */
export type PasswordWork = { kind: 'hash'; password: string } | { kind: 'verify'; password: string; stored: string };

/** What it answers: the hash, or whether the password is right. */
export type PasswordAnswer = { value: string | boolean } | { failure: string };
