/** What is to be forgotten. */
export interface ErasureDue {
  accountId: string;
  /** People who belonged to this account and belong to no other. */
  userIds: readonly string[];
}

/** A condition on stored documents, in the words of the database. */
type Condition = Readonly<Record<string, unknown>>;

/** What becomes of a collection when an account is erased: documents that match are removed, or nothing, and why. */
export type ErasureRule =
  { readonly matching: (due: ErasureDue) => readonly Condition[] } | { readonly keptBecause: string };

/** Documents that carry the account's id are removed. */
export const erasedByAccount: ErasureRule = { matching: ({ accountId }) => [{ account_id: accountId }] };

/** Documents of people who belong to no other account are removed. @param field where the user's id is */
export const erasedByUser = (field: string): ErasureRule => ({
  matching: ({ userIds }) => [{ [field]: { $in: [...userIds] } }],
});

/** Documents of the account, and those of people who belong to no other, are removed. */
export const erasedByAccountAndUser = (field: string): ErasureRule => ({
  matching: ({ accountId, userIds }) => [{ account_id: accountId }, { [field]: { $in: [...userIds] } }],
});

/** Nothing is removed. @param reason goes into the record of the erasure */
export const keptBecause = (reason: string): ErasureRule => ({ keptBecause: reason });
