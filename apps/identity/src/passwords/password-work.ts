/** What a hashing thread is asked. */
export type PasswordWork =
  | { kind: 'hash'; password: string }
  | {
      kind: 'verify';
      password: string;
      stored: string;
      /** Set while hashes of former times are in use: every check then takes as long as one of this bcrypt cost. */
      formerCost?: number;
    };

/** What it answers: the hash, or whether the password is right. */
export type PasswordAnswer = { value: string | boolean } | { failure: string };
